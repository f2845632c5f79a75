import { type Checker, isInScope } from "../engine/checker.ts";
import { readLdif } from "../ldif/reader.ts";
import { writeLine } from "../ldif/writer.ts";
import { commonName } from "../model/common-name.ts";
import { dnKey, domainDn, parentDn } from "../model/dn.ts";
import { EditedEntry, type ValueChange } from "../model/edited-entry.ts";
import type { Entry } from "../model/entry.ts";
import type { GroupScope } from "../model/group.ts";
import { detachText, type EntryRecord } from "../model/source-record.ts";
import { type CopiedGroup, isPrimaryGroup } from "./copied-group.ts";
import { CopyMembers } from "./copy-members.ts";
import { isNamedAsCopy, TakenNames } from "./copy-name.ts";
import { differenceOf } from "./difference.ts";
import { inSteps, type PlannedAdd, type PlannedRecord } from "./planned-record.ts";

/** Something that a person should know about a copy, and the objects that it is about. */
export interface CopyNote {
  readonly message: string;
  readonly dns: readonly string[];
}

/** A group that synchronizes in place of one that is a part of the directory itself. */
export interface SynchronizingCopy {
  readonly cn: string;
  readonly scope: GroupScope;
  readonly memberCount: number;
  readonly entry: PlannedAdd;
  /** What makes it a member of the group that it is a copy of. */
  readonly change: ValueChange;
  readonly notes: readonly CopyNote[];
  /** Both, to be written. */
  readonly records: readonly PlannedRecord[];
}

/** groupType of a security group (MS-ADTS 2.2.12). Accounts of all domains are in a universal one, which a domain local one can hold. */
const GROUP_TYPES = { global: "-2147483646", universal: "-2147483640" } as const;

/**
 * Plans a copy of a built-in group that synchronizes, as Microsoft's support article 2643629 has it: a new group with the same
 * members, which is itself a member of the built-in one. `note` every entry of the export, and of those that are checked together with
 * it; then `finish`. What the plan needs of them it keeps, and not the entries.
 */
export class SynchronizingCopyPlan {
  readonly #group: CopiedGroup;
  readonly #checker: Checker;
  readonly #key: string;
  readonly #domain: string;
  readonly #names = new TakenNames();
  readonly #members: CopyMembers;
  /** How many groups of the domain stand where, where the settings have only some places in scope. */
  readonly #containers = new Map<string, { readonly dn: string; count: number }>();
  #showsMembers = false;
  #showsPrimaryGroups = false;
  #count = 0;

  /** `checker` knows which attributes the group's export does not carry. */
  constructor(group: CopiedGroup, checker: Checker) {
    this.#group = group;
    this.#checker = checker;
    this.#key = dnKey(group.record.dn.text);
    this.#domain = dnKey(group.domain);
    this.#members = new CopyMembers(group);
  }

  /** `checker` is that of the entry's own export. */
  note(entry: Entry, checker = this.#checker): void {
    const dn = entry.dn.text;
    const key = dnKey(dn);
    if (key === this.#key) this.#count++;
    this.#names.add(dn);
    for (const name of [commonName(entry), entry.values("sAMAccountName")[0]?.text]) if (name) this.#names.add(name);
    const isGroup = entry.objectType === "group";
    this.#showsMembers ||= isGroup && entry.values("member").length > 0;
    const primaryGroup = entry.values("primaryGroupID")[0]?.text.trim();
    this.#showsPrimaryGroups ||= primaryGroup !== undefined;
    const isInDomain = key.endsWith(`,${this.#domain}`) && dnKey(domainDn(dn)) === this.#domain;
    if (isInDomain && isGroup) this.#noteContainer(parentDn(dn));
    const isPrimary = isInDomain && primaryGroup !== undefined && primaryGroup === this.#group.rid;
    this.#members.note(key, entry, checker, isPrimary);
  }

  /** The copy; or why there is none, as the end of a sentence that begins with the group. */
  finish(): SynchronizingCopy | string {
    const { record, cn, accountName, scope } = this.#group;
    const existing = this.#members.all.find(({ dn }) => isNamedAsCopy(dn, cn));
    if (existing !== undefined) return `has a synchronizing copy already: ${existing.dn}`;
    const unknown = this.#whyUnknown();
    if (unknown !== undefined) return unknown;
    const place = this.#place();
    if (place === undefined) return "would have its copy in no place that the settings have in scope";
    const name = this.#names.free(cn, accountName);
    const ownScope = scope === "global" ? "global" : "universal";
    const dn = `${name.rdn},${place}`;
    const { taken, notes } = this.#members.finish(ownScope);
    const attributes: [string, readonly string[]][] = [
      ["objectClass", classesOf(record)],
      ["cn", [name.cn]],
      ["sAMAccountName", [name.accountName]],
      ["displayName", [name.cn]],
      ["description", [`Synchronizing copy of the built-in group ${cn}`]],
      ["groupType", [GROUP_TYPES[ownScope]]],
      ["member", taken],
    ];
    const entry = plannedAdd(dn, attributes);
    const change = { attribute: record.values("member")[0]?.description ?? "member", text: dn };
    const difference = differenceOf(record, EditedEntry.of(record).with(change));
    if (difference.record === undefined) return difference.refusals[0]?.reason ?? "is a member of itself";
    return {
      cn: name.cn,
      scope: ownScope,
      memberCount: taken.length,
      entry,
      change,
      notes: [...this.#ownNotes(place), ...notes, ...this.#findingsOf(entry)],
      records: [...inSteps(entry), difference.record],
    };
  }

  #noteContainer(dn: string): void {
    const { scope } = this.#checker.settings;
    if (scope.include.length + scope.exclude.length === 0 || !isInScope(dn, scope)) return;
    const key = detachText(dnKey(dn));
    const container = this.#containers.get(key) ?? { dn: detachText(dn), count: 0 };
    container.count++;
    this.#containers.set(key, container);
  }

  #whyUnknown(): string | undefined {
    if (this.#count > 1) return "is more than once in the export";
    if (!this.#showsMembers) return "cannot be copied, since the export shows members of no group: export member, too";
    if (!isPrimaryGroup(this.#group) || this.#showsPrimaryGroups) return undefined;
    return "has members by their primaryGroupID, which the export does not show: export primaryGroupID, too";
  }

  /** Beside the group, unless that is one of the directory's own containers; else in CN=Users, or where most groups are. */
  #place(): string | undefined {
    const { container, domain } = this.#group;
    const { scope } = this.#checker.settings;
    const isOwn = ["cn=builtin", "cn=users"].some((rdn) => dnKey(container) === `${rdn},${this.#domain}`);
    const groups = [...this.#containers.values()].sort((one, other) => other.count - one.count);
    return [...(isOwn ? [] : [container]), `CN=Users,${domain}`, ...groups.map(({ dn }) => dn)].find((dn) =>
      isInScope(dn, scope),
    );
  }

  #ownNotes(place: string): CopyNote[] {
    const { cn } = this.#group;
    return [
      { message: `The copy stands in ${place}. It can be moved to any place that synchronizes`, dns: [] },
      {
        message: `Put new members into the copy, since those of ${cn} alone do not reach Entra ID`,
        dns: [],
      },
      {
        message: `Whoever may change the members of the copy gives people the rights of ${cn}: protect it as well`,
        dns: [],
      },
    ];
  }

  /** What is to be told of the copy itself, such as that it has too many members. */
  #findingsOf({ dn, attributes }: PlannedAdd): CopyNote[] {
    const style = { lineEnd: "\n", width: undefined } as const;
    const lines = attributes.flatMap(({ attribute, values }) => values.map((one) => writeLine(attribute, one, style)));
    const [record] = readLdif([writeLine("dn", { text: dn }, style), ...lines, ""].join("\n"));
    if (record?.entry === undefined) return [];
    return this.#checker
      .check(record.entry)
      .findings.filter(
        ({ severity, rule }) => severity === "error" || severity === "warning" || rule.effect === "excluded",
      )
      .map(({ message, rule }) => ({ message: `Of the copy, ${rule.id} says: ${message}`, dns: [] }));
  }
}

/** The classes as the export shows them, without those that have been added to this one group. */
function classesOf(record: EntryRecord): string[] {
  const own = record.values("objectClass").map(({ text }) => text);
  const known = own.filter((name) => ["top", "group"].includes(name.toLowerCase()));
  return known.some((name) => name.toLowerCase() === "group") ? known : ["top", "group"];
}

function plannedAdd(dn: string, attributes: readonly (readonly [string, readonly string[]])[]): PlannedAdd {
  return {
    changeType: "add",
    dn,
    attributes: attributes
      .filter(([, texts]) => texts.length > 0)
      .map(([attribute, texts]) => ({ attribute, values: texts.map((text) => ({ text })) })),
  };
}
