import type { CancellationToken } from "vscode-languageserver";
import {
  type DecisionAction,
  dnKey,
  type Entry,
  type FindingIdentity,
  type FindingObject,
  FindingTable,
  findingIdentity,
  identityKey,
  isTableName,
  type LivePiece,
  type PlacedFinding,
  parentDn,
} from "../core/index.ts";
import { Analysis } from "./analysis.ts";
import { fileName } from "./context.ts";
import type { OpenExports } from "./documents.ts";
import { ExportDocument } from "./export-document.ts";
import type { Decision } from "./findings-protocol.ts";
import type { Host } from "./host.ts";
import { inSlices } from "./slices.ts";
import { uriKey } from "./uri.ts";

/** So many findings are put into a table between two pauses. */
const STEP = 500;

/** The findings of an export as they are now, ready to be looked through. */
export interface ShownFindings {
  readonly version: number;
  readonly analysis: Analysis;
  readonly table: FindingTable<PlacedFinding>;
  readonly decisions: Decisions;
}

interface Viewed {
  readonly uri: string;
  readonly decisions: Decisions;
  shown: ShownFindings | undefined;
  /** So often decisions were put down that the table has to be made with. */
  restored: number;
  /** The version of the document that the table was made of. */
  made: number;
  building: Promise<void> | undefined;
  /** The check of a file that is not open, and the state of the file that it belongs to. */
  disk: { readonly stamp: string; readonly analysis: Analysis } | undefined;
}

/** What has been decided about findings of an export, by what the findings are: an edit elsewhere leaves it alone. */
export class Decisions {
  readonly #byKey = new Map<string, Decision>();
  /** The objects that decisions are about, with how many there are. */
  readonly #subjects = new Map<string, number>();

  all(): readonly Decision[] {
    return [...this.#byKey.values()];
  }

  /** What is decided about a finding of an object; of one about the file, without a DN. */
  of(analysis: Analysis, placed: PlacedFinding, dn: string | undefined): Decision | undefined {
    if (this.#byKey.size === 0 || !this.#subjects.has(subjectOf(dn))) return undefined;
    return this.#byKey.get(identityKey(identityOf(analysis, placed, dn)));
  }

  put(decision: Decision): void {
    const key = identityKey(decision.identity);
    this.delete(key);
    this.#byKey.set(key, decision);
    this.#count(decision, 1);
  }

  delete(key: string): void {
    const known = this.#byKey.get(key);
    if (known === undefined) return;
    this.#byKey.delete(key);
    this.#count(known, -1);
  }

  #count({ identity }: Decision, change: 1 | -1): void {
    const subject = subjectOf(identity.dn);
    const count = (this.#subjects.get(subject) ?? 0) + change;
    if (count > 0) this.#subjects.set(subject, count);
    else this.#subjects.delete(subject);
  }
}

function subjectOf(dn: string | undefined): string {
  return dn === undefined ? "" : dnKey(dn);
}

export function identityOf(analysis: Analysis, placed: PlacedFinding, dn: string | undefined): FindingIdentity {
  const { finding } = placed;
  const whole = dn === undefined ? finding : { ...finding, entry: { dn: { text: dn } } };
  // A finding about the format has no attribute: the text at its place tells it from others.
  const record = finding.attribute === undefined ? analysis.recordOf(placed) : undefined;
  return findingIdentity(whole, fileName(analysis.uri), record);
}

/** The findings of the exports that somebody looks at as tables: made once for each check, and kept until nobody looks any more. */
export class FindingTables {
  readonly #exports: OpenExports;
  readonly #host: Host;
  readonly #viewed = new Map<string, Viewed>();
  /** What was read of the entries with findings: an edit leaves it as it is in all other pieces. */
  #objects = new WeakMap<LivePiece, ReadonlyMap<number, FindingObject>>();
  #versions = 0;

  constructor(exports: OpenExports, host: Host) {
    this.#exports = exports;
    this.#host = host;
  }

  /** `undefined` where the export cannot be read, or nobody waits any more. */
  async of(uri: string, token?: CancellationToken): Promise<ShownFindings | undefined> {
    const viewed = this.#viewedAs(uri);
    for (;;) {
      const analysis = await this.#analysis(viewed, token);
      if (analysis === undefined || token?.isCancellationRequested === true) return undefined;
      const { shown } = viewed;
      if (shown?.analysis === analysis && viewed.made === analysis.version) return shown;
      viewed.building ??= this.#build(viewed, analysis).finally(() => {
        viewed.building = undefined;
      });
      await viewed.building;
    }
  }

  /** The findings of a version that a client knows. */
  async at(uri: string, version: number, token?: CancellationToken): Promise<ShownFindings | undefined> {
    const shown = await this.of(uri, token);
    return shown?.version === version ? shown : undefined;
  }

  restore(uri: string, decisions: readonly Decision[]): void {
    const viewed = this.#viewedAs(uri);
    for (const decision of decisions) viewed.decisions.put(decision);
    viewed.shown = undefined;
    viewed.restored++;
  }

  close(uri: string): void {
    this.#viewed.delete(uriKey(uri));
  }

  #viewedAs(uri: string): Viewed {
    const key = uriKey(uri);
    let viewed = this.#viewed.get(key);
    if (viewed === undefined) {
      const decisions = new Decisions();
      viewed = { uri, decisions, shown: undefined, restored: 0, made: -1, building: undefined, disk: undefined };
      this.#viewed.set(key, viewed);
    }
    return viewed;
  }

  /** The check of an export that is open, or else of the file. */
  async #analysis(viewed: Viewed, token?: CancellationToken): Promise<Analysis | undefined> {
    const { uri } = viewed;
    const open = await this.#exports.current(uri, token);
    if (open !== undefined) {
      viewed.disk = undefined;
      return open;
    }
    const stamp = (await this.#host.fileState(uri))?.stamp;
    if (stamp === undefined) return undefined;
    if (viewed.disk?.stamp === stamp) return viewed.disk.analysis;
    const file = await this.#host.readFile(uri);
    if (file === undefined) return undefined;
    const document = new ExportDocument(uri, isTableName(fileName(uri)) ? "csv" : "ldif", 0, file.text);
    if (!document.isExport) return undefined;
    const surroundings = await this.#exports.surroundings(uri);
    const analysis = new Analysis(document, surroundings, this.#host.pieceScanner);
    const isWanted = () => token?.isCancellationRequested !== true;
    if ((await inSlices(analysis.update(), isWanted)) === undefined) return undefined;
    viewed.disk = { stamp, analysis };
    return analysis;
  }

  async #build(viewed: Viewed, analysis: Analysis): Promise<void> {
    const made = analysis.version;
    const { restored } = viewed;
    const isCurrent = () => analysis.version === made && analysis.dueUnits === 0 && viewed.restored === restored;
    const table = await inSlices(this.#fill(viewed, analysis), isCurrent);
    if (table === undefined || !isCurrent()) return;
    viewed.made = made;
    viewed.shown = { version: ++this.#versions, analysis, table, decisions: viewed.decisions };
  }

  *#fill({ decisions }: Viewed, analysis: Analysis): Generator<undefined, FindingTable<PlacedFinding>> {
    const table = new FindingTable<PlacedFinding>();
    let before: PlacedFinding | undefined;
    for (const placed of analysis.findings()) {
      const object = this.#objectOf(analysis, placed);
      const isAboutSame = before?.piece === placed.piece && before?.record === placed.record;
      if (before === undefined || !isAboutSame) table.beginObject(object ?? THE_FILE);
      before = placed;
      const decision: DecisionAction = decisions.of(analysis, placed, object?.dn)?.action ?? "undecided";
      table.add(placed, decision);
      if (table.length % STEP === 0) yield;
    }
    table.finish();
    return table;
  }

  /** What is known of the entry that a finding is about. The entries of a piece are read once, and forgotten but for this. */
  #objectOf({ document }: Analysis, { piece, record }: PlacedFinding): FindingObject | undefined {
    if (piece === undefined) return undefined;
    let objects = this.#objects.get(piece);
    if (objects === undefined) {
      const { records } = document.format.blocks.read(piece.text);
      objects = new Map(records.flatMap(({ start, entry }) => (entry === undefined ? [] : [[start, objectOf(entry)]])));
      this.#objects.set(piece, objects);
    }
    return objects.get(record);
  }
}

const THE_FILE: FindingObject = { dn: "", objectType: "", ou: "", domain: "" };

function objectOf(entry: Entry): FindingObject {
  const dn = entry.dn.text;
  const [address] = [...entry.values("userPrincipalName"), ...entry.values("mail")];
  const domain = address === undefined || address.binary ? "" : suffixOf(address.text);
  return { dn, objectType: entry.objectType, ou: parentDn(dn), domain };
}

/** What stands behind the last `@`, in lower case; nothing where that is no domain a person would look for. */
function suffixOf(address: string): string {
  const at = address.lastIndexOf("@");
  const suffix = address
    .slice(at + 1)
    .trim()
    .toLowerCase();
  return at < 0 || suffix.length > MOST_DOMAIN ? "" : suffix;
}

/** In characters; RFC 1035 has 255 bytes. */
const MOST_DOMAIN = 255;
