import {
  Checker,
  checkedTogetherWith,
  ExportCheck,
  FORMAT_HEAD,
  FORMAT_RULES,
  formatOf,
  KnownExport,
  RULES,
  type Settings,
  type SourceRecord,
} from "../core/index.ts";
import { CHUNK, type ExportText } from "./analysis.ts";
import { fileName } from "./context.ts";
import { ExportDocument } from "./export-document.ts";
import type { Host } from "./host.ts";
import { inSlices } from "./slices.ts";
import { beside, uriKey } from "./uri.ts";

/** Another export that one is checked together with. */
export interface Companion {
  readonly uri: string;
  readonly known: KnownExport;
  /** Its text, as an open export has it. */
  readonly document: ExportDocument;
}

interface Slot {
  /** Names the text and the settings that the companion was made of. */
  readonly state: string;
  readonly companion: Promise<Companion | undefined>;
}

/** What is larger is left to the command line, which holds no file as a whole. */
export const MOST_BYTES = 2 ** 27;

/** The URIs of the exports that one is checked together with, whether they exist or not. */
export function companionUris(uri: string, settings: Settings): readonly string[] {
  return checkedTogetherWith(fileName(uri), settings)
    .map((name) => beside(uri, name))
    .filter((companion) => companion !== undefined);
}

/** Reads exports for others that are checked together with them, and keeps what it has read as long as they stay the same. */
export class Companions {
  readonly #host: Pick<Host, "fileState" | "readFile">;
  readonly #warn: (message: string) => void;
  readonly #slots = new Map<string, Slot>();
  /** What has been warned of, by key. */
  readonly #missing = new Set<string>();

  constructor(host: Pick<Host, "fileState" | "readFile">, warn: (message: string) => void) {
    this.#host = host;
    this.#warn = warn;
  }

  /** Those that can be read. `open` gives the text of what is open in the editor, which is not what lies on disk. */
  async read(
    uris: readonly string[],
    settings: Settings,
    open: (uri: string) => ExportText | undefined,
  ): Promise<readonly Companion[]> {
    if (uris.length === 0) return [];
    const rules = JSON.stringify(settings);
    const companions = await Promise.all(uris.map((uri) => this.#companion(uri, settings, rules, open(uri))));
    return companions.filter((companion) => companion !== undefined);
  }

  /** What is known of an export is out of date. */
  forget(uri: string): void {
    this.#slots.delete(uriKey(uri));
  }

  /** Forgets all others: nobody needs them any more. */
  keep(isNeeded: (key: string) => boolean): void {
    for (const key of this.#slots.keys()) if (!isNeeded(key)) this.#slots.delete(key);
  }

  async #companion(uri: string, settings: Settings, rules: string, open: ExportText | undefined) {
    const onDisk = open === undefined ? await this.#host.fileState(uri) : undefined;
    const key = uriKey(uri);
    if (open === undefined && (onDisk === undefined || onDisk.size > MOST_BYTES)) {
      const reason = onDisk === undefined ? "there is no such file" : "it is too large";
      if (!this.#missing.has(key)) this.#warn(`${uri} is not checked together with others: ${reason}`);
      this.#missing.add(key);
      this.#slots.delete(key);
      return undefined;
    }
    this.#missing.delete(key);
    const state = `${open === undefined ? onDisk?.stamp : `version ${open.version}`} ${rules}`;
    let slot = this.#slots.get(key);
    if (slot?.state !== state) {
      slot = { state, companion: this.#make(open ?? uri, settings) };
      this.#slots.set(key, slot);
    }
    return slot.companion;
  }

  async #make(source: ExportText | string, settings: Settings): Promise<Companion | undefined> {
    const uri = typeof source === "string" ? source : source.uri;
    const text = typeof source === "string" ? (await this.#host.readFile(source))?.text : source.text();
    return text === undefined ? undefined : inSlices(companionSteps(uri, text, settings));
  }
}

function* companionSteps(uri: string, text: string, settings: Settings): Generator<undefined, Companion> {
  const checker = new Checker(RULES, settings);
  const known = new KnownExport(uri, checker);
  // Its findings are told where it is checked itself.
  const check = new ExportCheck(checker, FORMAT_RULES, known, uri, () => undefined);
  const records: SourceRecord[] = [];
  const format = formatOf(fileName(uri), text.slice(0, FORMAT_HEAD));
  const reader = format?.reader((record) => {
    if (record.entry !== undefined) records.push(record);
    check.first(record);
  });
  for (let at = 0; at < text.length; at += CHUNK) {
    reader?.push(text.slice(at, at + CHUNK));
    yield;
  }
  reader?.end();
  check.finishFirst();
  for (const [index, record] of records.entries()) {
    check.second(record, index);
    if (index % 64 === 0) yield;
  }
  let document: ExportDocument | undefined;
  return {
    uri,
    known,
    get document() {
      document ??= new ExportDocument(uri, "", 0, text);
      return document;
    },
  };
}
