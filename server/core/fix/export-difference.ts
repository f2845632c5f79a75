import { CsvEntry } from "../csv/row.ts";
import { LdifChange } from "../ldif/record.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey, parentDn } from "../model/dn.ts";
import { detachText, type EntryRecord, type SourceRecord } from "../model/source-record.ts";
import { AccountNames } from "./account-names.ts";
import { type AddedEntries, judgeAdded, planAdds } from "./added-entries.ts";
import { brokenLines, isOlder, lostTypes, uncertain, whyNotCertain } from "./certainty.ts";
import { differenceOf, type Refusal, type Shows } from "./difference.ts";
import { ExportDoubts, TORN } from "./export-doubts.ts";
import { type DnRecord, dnRecordOf, ExportSide } from "./export-side.ts";
import { LinkSettling } from "./link-settling.ts";
import { detachedRecord, type PlannedChangesByKey } from "./planned-changes.ts";
import { inSteps, type PlannedRecord } from "./planned-record.ts";
import { type PlannedDeletes, planDeletes } from "./removed-entries.ts";
import { isSameRdn, type RenamedEntry, RenamePlan } from "./rename-plan.ts";
import { differenceBesidesName, whyNotRenamed } from "./renamed-entry.ts";
import {
  addUnpaired,
  leaveOutTaken,
  type NameHolders,
  noteTwiceHeld,
  wantedNames,
  whyNamesTaken,
} from "./taken-names.ts";
import { ALL_OBJECTS, whyUnnamed } from "./unnamed.ts";
import { guidOf, IS_CHANGE, pairByGuid, type Unpaired, type UnpairedSides } from "./unpaired.ts";

const NOT_REMOVED = "is missing in the edited export: it is not removed unless that is asked for";
const CUT_OFF =
  "may be cut off in the edited export: the last entry of the original is missing in it. Nothing is added or removed; if the last entry is to go, move one that stays behind it, since the order makes no difference";
const NO_COLUMN = "is no column of the edited export any more: its values are left as they are";

export interface DifferenceOptions {
  /** Entries that the edited export does not have any more are removed. */
  readonly allowDelete?: boolean;
  /** The edited export may be the older one of the two: what has come since then is taken back. */
  readonly allowOlder?: boolean;
}

/** What turns a directory as the original export shows it into what the edited one shows. */
export interface ExportChanges {
  /** Added entries, changed values, renamed entries, removed entries: in the order in which they are to be applied. */
  readonly records: readonly PlannedRecord[];
  readonly refusals: readonly Refusal[];
  /** The DNs of entries that are missing, and are not removed only because that is not allowed. */
  readonly removable: readonly string[];
}

/**
 * The difference between an export as it was and as it is now. The records of both may come in any order and in turn; the more
 * they keep step, the less has to be remembered. `finish` when both have ended.
 */
export class ExportDifference {
  readonly #original = new ExportSide();
  readonly #edited = new ExportSide();
  readonly #paired = new Set<string>();
  readonly #twice = new Set<string>();
  readonly #modifies: PlannedChangesByKey = new Map();
  readonly #refusals: Refusal[] = [];
  /** Entries of the same DN that are not the same object. */
  readonly #exchanged: { readonly original: EntryRecord; readonly edited: EntryRecord }[] = [];
  /** Objects whose DN differs only in the capitals of their own name. */
  readonly #respelled: { readonly original: EntryRecord; readonly edited: EntryRecord }[] = [];
  /** Entries that get what their class does not hold, unless another entry of the original shows that it does. */
  readonly #uncommon: { readonly key: string; readonly original: EntryRecord; readonly edited: EntryRecord }[] = [];
  readonly #names = new AccountNames();
  /** An entry that is older in the edited export than in the original. */
  #older: string | undefined;
  #unnamed: Refusal | undefined;
  #goneTypes: ReadonlySet<string> | undefined;

  original(record: SourceRecord): void {
    this.#add(record, this.#original, this.#edited, (key, own, other) => this.#compare(key, own, other));
  }

  edited(record: SourceRecord): void {
    this.#add(record, this.#edited, this.#original, (key, own, other) => this.#compare(key, other, own));
  }

  /** What is written, and what is not. It can be asked more than once, with different options. */
  finish({ allowDelete = false, allowOlder = false }: DifferenceOptions = {}): ExportChanges {
    const reason = this.#whyNotComparable(allowOlder);
    if (reason !== undefined) return { records: [], refusals: [{ dn: ALL_OBJECTS, reason }], removable: [] };
    const refusals = [...this.#refusals];
    const planned = new Map(this.#modifies);
    if (this.#unnamed !== undefined) refusals.push(this.#unnamed);
    for (const attribute of this.#goneColumns()) refusals.push({ dn: ALL_OBJECTS, attribute, reason: NO_COLUMN });
    const unpaired = this.#unpaired();
    refusals.push(...unpaired.refusals);
    const doubts = new ExportDoubts(this.#original, this.#edited, unpaired);
    const { isCutOff } = doubts;
    for (const { entry } of unpaired.before) if (entry !== undefined) this.#original.shown.note(entry);
    for (const { entry } of unpaired.after) if (entry !== undefined) this.#edited.shown.note(entry);
    this.#planUncommon(planned, refusals);
    const added = this.#judgeAdded(isCutOff ? [] : unpaired.added, unpaired, doubts);
    const renames = this.#planRenames(unpaired, added.refused, planned, refusals);
    this.#leaveOutDoubtful(planned, doubts, unpaired, refusals);
    const adds = planAdds(added, renames, (key) => this.#original.waiting.has(key));
    refusals.push(...added.refusals, ...adds.refusals);
    const removed = this.#planRemovals(unpaired, doubts, renames);
    const { missing } = unpaired;
    if (allowDelete || isCutOff) refusals.push(...removed.refusals);
    else refusals.push(...missing.map(({ dn }) => ({ dn: dn.text, reason: NOT_REMOVED })));
    const deletes = allowDelete ? removed.deletes : [];
    const links = new LinkSettling(renames, deletes, adds.refused);
    const modifies = [...planned.values()].sort((one, other) => one.order - other.order).map(({ record }) => record);
    const records = [
      ...adds.adds.flatMap((record) => inSteps(links.settledAdd(record))),
      ...[...adds.links, ...modifies].flatMap((record) => links.settledModify(record)),
      ...renames.records,
      ...deletes,
    ];
    refusals.push(...links.refusals);
    return { records, refusals, removable: allowDelete ? [] : removed.deletes.map(({ dn }) => dn) };
  }

  /** Leaves out changes of values that nobody may have meant, and those that would take what another entry has. */
  #leaveOutDoubtful(
    planned: PlannedChangesByKey,
    doubts: ExportDoubts,
    unpaired: UnpairedSides,
    refusals: Refusal[],
  ): void {
    doubts.withdrawTornRecords(planned, refusals);
    for (const key of this.#twice) planned.delete(key);
    doubts.leaveWhatIsNotShown(planned, refusals);
    doubts.withdrawCutRecord(planned, refusals);
    const holders = this.#holders(wantedNames(planned, []), unpaired);
    leaveOutTaken(planned, holders, refusals);
    noteTwiceHeld(planned, holders);
  }

  #add(
    source: SourceRecord,
    own: ExportSide,
    others: ExportSide,
    compare: (key: string, record: DnRecord, other: DnRecord) => void,
  ): void {
    const record = dnRecordOf(source);
    if (record === undefined) {
      own.addStray(source);
      return;
    }
    if (record instanceof CsvEntry) {
      const unnamed = whyUnnamed(record);
      this.#unnamed ??= unnamed;
      if (unnamed !== undefined) return;
    }
    const key = own.add(record);
    const other = others.waiting.get(key);
    if (own.waiting.has(key) || this.#paired.has(key)) {
      if (!this.#twice.has(key)) {
        this.#refusals.push({ dn: record.dn.text, reason: "is more than once in one of the exports" });
      }
      this.#twice.add(key);
    } else if (other === undefined) own.waiting.set(key, record.packed());
    else {
      others.waiting.delete(key);
      this.#paired.add(key);
      compare(key, record, dnRecordOf(other())!);
    }
  }

  #compare(key: string, original: DnRecord, edited: DnRecord): void {
    if (original.text === edited.text) {
      this.#note(key, original, original);
      return;
    }
    const dn = original.dn.text;
    if (original instanceof LdifChange || edited instanceof LdifChange) {
      if (original.text.trim() === edited.text.trim()) return;
      this.#refusals.push({ dn, reason: IS_CHANGE });
      return;
    }
    if (isOlder(edited, original)) this.#older ??= detachText(dn);
    const guids = [guidOf(original), guidOf(edited)];
    if (guids[0] !== guids[1] && !guids.includes(undefined)) {
      this.#exchanged.push({ original: detached(original), edited: detached(edited) });
      return;
    }
    this.#note(key, original, edited);
    const reason = whyNotCertain(original, edited);
    if (reason !== undefined) {
      this.#refusals.push({ dn, reason });
      return;
    }
    if (!isSameRdn(dn, edited.dn.text)) {
      if (guids[0] !== undefined) {
        this.#respelled.push({ original: detached(original), edited: detached(edited) });
        return;
      }
      this.#refusals.push({ dn, reason: "is written in other capitals: that is a rename, which needs objectGUID" });
    }
    let isUncommon = false;
    const { record, refusals } = differenceOf(original, edited, this.#except(original, edited), () => {
      isUncommon = true;
      return true;
    });
    if (isUncommon) this.#uncommon.push({ key, original: detached(original), edited: detached(edited) });
    else {
      if (record !== undefined) this.#modifies.set(key, { order: original.start, record: detachedRecord(record) });
      this.#refusals.push(...refusals);
    }
  }

  /** Notes what an entry tells about the others: the names that it holds in both exports, and what its class may hold. */
  #note(key: string, original: DnRecord, edited: DnRecord): void {
    if (original.entry === undefined || edited.entry === undefined) return;
    this.#names.note(key, original.entry, edited.entry);
    this.#original.shown.note(original.entry);
    this.#edited.shown.note(edited.entry);
  }

  readonly #shows: Shows = (classes, type) => this.#original.shown.has(classes, type);

  #planUncommon(planned: PlannedChangesByKey, refusals: Refusal[]): void {
    for (const { key, original, edited } of this.#uncommon) {
      const difference = differenceOf(original, edited, this.#except(original, edited), this.#shows);
      if (difference.record !== undefined) planned.set(key, { order: original.start, record: difference.record });
      refusals.push(...difference.refusals);
    }
  }

  #planRemovals(unpaired: UnpairedSides, doubts: ExportDoubts, renames: RenamePlan): PlannedDeletes {
    const { missing, renamed, before } = unpaired;
    const why = doubts.whyNothingRemoved(this.#twice.size > 0, this.#unnamed !== undefined);
    if (doubts.isCutOff) return { deletes: [], refusals: [{ dn: ALL_OBJECTS, reason: CUT_OFF }] };
    if (why !== undefined && before.length > renamed.length) {
      return { deletes: [], refusals: [{ dn: ALL_OBJECTS, reason: why }] };
    }
    const going = new Set<DnRecord>([...missing, ...renamed.map(({ original }) => original)]);
    const staying = before.filter((record) => !going.has(record)).map(({ dn }) => dnKey(dn.text));
    return planDeletes({ missing, count: this.#original.order.length, edited: this.#edited.order, staying, renames });
  }

  /** What is to be added, and the keys of all that only the edited export has and that is neither added nor renamed. */
  #judgeAdded(candidates: readonly EntryRecord[], unpaired: UnpairedSides, doubts: ExportDoubts): AddedEntries {
    const holders = this.#holders(wantedNames(new Map(), candidates), unpaired);
    const broken = (entry: EntryRecord) => brokenLines(entry).map((line) => ({ reason: uncertain(line) }));
    const torn = (entry: EntryRecord) => (doubts.isTorn(dnKey(entry.dn.text)) ? [{ reason: TORN }] : []);
    const added = judgeAdded(candidates, {
      objections: (entry) => [...broken(entry), ...torn(entry), ...whyNamesTaken(entry, dnKey(entry.dn.text), holders)],
      shows: this.#shows,
    });
    const known = new Set([
      ...added.entries.map(({ dn }) => dnKey(dn)),
      ...unpaired.renamed.map(({ edited }) => dnKey(edited.dn.text)),
    ]);
    const others = unpaired.after.map(({ dn }) => dnKey(dn.text)).filter((key) => !known.has(key));
    return { ...added, refused: new Set([...added.refused, ...others]) };
  }

  /** Who holds names, of all entries of both exports. */
  #holders(wanted: ReadonlySet<string>, unpaired: UnpairedSides): NameHolders {
    const holders = this.#names.holders(wanted);
    if (wanted.size > 0) addUnpaired(holders, wanted, unpaired);
    return holders;
  }

  /** The attribute types, in lower case, of which one of the two does not have the values. */
  #except(original: EntryRecord, edited: EntryRecord): ReadonlySet<string> {
    return new Set([...this.#gone(), ...lostTypes(original), ...lostTypes(edited)]);
  }

  #whyNotComparable(allowOlder: boolean): string | undefined {
    const [original, edited] = [this.#original.domains, this.#edited.domains];
    if (original.size > 0 && edited.size > 0 && ![...original].some((domain) => edited.has(domain))) {
      return `are of different domains in the two exports, ${[...original][0]} and ${[...edited][0]}: nothing is compared`;
    }
    if (this.#older === undefined || allowOlder) return undefined;
    return `may be the wrong way round: ${this.#older} was changed later (whenChanged) in the export that is given as the original`;
  }

  #unpaired(): UnpairedSides {
    const isOnce = ({ dn }: DnRecord) => !this.#twice.has(dnKey(dn.text));
    const before = [...this.#original.unpaired(), ...this.#exchanged.map(({ original }) => original)];
    const after = [...this.#edited.unpaired(), ...this.#exchanged.map(({ edited }) => edited)];
    return { ...pairByGuid(before.filter(isOnce), after.filter(isOnce)), before, after };
  }

  /** The renames, and besides, what else changes in the entries that are renamed. */
  #planRenames(
    { renamed }: Unpaired,
    notAdded: ReadonlySet<string>,
    planned: PlannedChangesByKey,
    refusals: Refusal[],
  ): RenamePlan {
    const isOnce = ({ original }: { readonly original: EntryRecord }) => !this.#twice.has(dnKey(original.dn.text));
    const entries = [...renamed, ...this.#respelled.filter(isOnce)].map(({ original, edited }): RenamedEntry => {
      const refusal = notAdded.has(dnKey(parentDn(edited.dn.text)))
        ? { dn: original.dn.text, reason: "is below an entry now that is not added" }
        : whyNotRenamed(original, edited);
      if (refusal !== undefined) refusals.push(refusal);
      else {
        const difference = differenceBesidesName(original, edited, this.#except(original, edited), this.#shows);
        refusals.push(...difference.refusals);
        const { record } = difference;
        if (record !== undefined) planned.set(dnKey(original.dn.text), { order: original.start, record });
      }
      return { from: original.dn.text, to: edited.dn.text, isRefused: refusal !== undefined };
    });
    const has = (side: ExportSide) => (key: string) => this.#paired.has(key) || side.waiting.has(key);
    const renames = new RenamePlan(entries, has(this.#original), has(this.#edited));
    refusals.push(...renames.refusals);
    return renames;
  }

  /** The attribute types whose columns are no longer there, in lower case. */
  #gone(): ReadonlySet<string> {
    this.#goneTypes ??= new Set(this.#goneColumns().map(attributeType));
    return this.#goneTypes;
  }

  #goneColumns(): string[] {
    const [original, edited] = [this.#original.header, this.#edited.header];
    if (original === undefined || edited === undefined || original === edited) return [];
    return [...original.byType].flatMap(([type, [column]]) =>
      edited.byType.has(type) || !column ? [] : [column.attribute],
    );
  }
}

function detached(record: EntryRecord): EntryRecord {
  return record.detached() as EntryRecord;
}
