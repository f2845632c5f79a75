import type { FileOnDisk, Host, Storage } from "./host.ts";
import { isFile, uriKey } from "./uri.ts";

/** What is remembered of one export. */
interface Kept {
  readonly uri: string;
  /** The name of the stored text. */
  readonly original: string;
  /** The hash of the file's bytes when we last saw them. */
  readonly seen: string;
  readonly time: string;
  /** The original before a newer export took the file's place. */
  readonly previous?: string;
}

/** So long may the editor take to save a file, also to a slow network drive. */
const SAVE_MS = 30_000;

export interface OriginalsListener {
  /** Another program has put a newer export in the file's place, and this is the original now. */
  replaced(uri: string): void;
  /** The original could not be stored. It is in memory, as long as the server runs. */
  notStored(uri: string, error: unknown): void;
}

/**
 * Keeps what each export was before it was edited: the text that its file had when it was first opened. It outlives closing and
 * saving, until the file is replaced by another program. Only files have originals.
 */
export class Originals {
  readonly #host: Host;
  readonly #storage: Storage | undefined;
  readonly #listener: OriginalsListener;
  /** What could not be stored, or is not to be. */
  readonly #memory = new Map<string, string>();
  /** Exports whose file is not what the editor shows: somebody has changed both. */
  readonly #undecided = new Set<string>();
  /** Until when, in milliseconds since 1970, a change of the file counts as the editor's own. */
  readonly #saving = new Map<string, number>();
  /** The work on each export, one after the other. */
  readonly #queue = new Map<string, Promise<unknown>>();

  constructor(host: Host, storage: Storage | undefined, listener: OriginalsListener) {
    this.#host = host;
    this.#storage = storage;
    this.#listener = listener;
  }

  /**
   * An export has been opened, or its file has changed; `text` is what the editor shows. As long as `isUntouched`, the editor has
   * had no reason to write the file.
   */
  async settle(uri: string, text: string, isUntouched = () => false): Promise<void> {
    if (!isFile(uri)) return;
    await this.#inTurn(uri, () => this.#settle(uri, text, isUntouched));
  }

  /** Whether the file was last seen with another text than the editor shows. */
  isUndecided(uri: string): boolean {
    return this.#undecided.has(uriKey(uri));
  }

  /** Until `saved` a change of the file is the editor's own. A save that fails is never told, so this holds for a while only. */
  willSave(uri: string): void {
    if (isFile(uri)) this.#saving.set(uriKey(uri), Date.now() + SAVE_MS);
  }

  isSaving(uri: string): boolean {
    return (this.#saving.get(uriKey(uri)) ?? 0) > Date.now();
  }

  async saved(uri: string): Promise<void> {
    if (!isFile(uri)) return;
    await this.#inTurn(uri, async () => {
      this.#saving.delete(uriKey(uri));
      this.#undecided.delete(uriKey(uri));
      const [onDisk, kept] = await Promise.all([this.#host.readFile(uri), this.#load(uri)]);
      if (onDisk !== undefined && kept !== undefined) await this.#save({ ...kept, seen: onDisk.hash });
    });
  }

  /** The original; `undefined` where the export has never been opened, or where the original is lost. */
  async text(uri: string): Promise<string | undefined> {
    return this.#inTurn(uri, async () => {
      const kept = await this.#load(uri);
      return kept && this.#read(kept.original);
    });
  }

  /** Makes `text` the original by hand. */
  async take(uri: string, text: string): Promise<void> {
    await this.#inTurn(uri, async () => {
      const onDisk = await this.#host.readFile(uri);
      this.#undecided.delete(uriKey(uri));
      await this.#keep(uri, text, onDisk?.hash ?? "");
    });
  }

  /** Goes back to the original before the last replacement. Answers whether there was one. */
  async takePrevious(uri: string): Promise<boolean> {
    return this.#inTurn(uri, async () => {
      const kept = await this.#load(uri);
      if (kept?.previous === undefined || (await this.#read(kept.previous)) === undefined) return false;
      const { previous, ...rest } = kept;
      await this.#save({ ...rest, original: previous });
      return true;
    });
  }

  /** When all that was asked for is stored. */
  async stored(): Promise<void> {
    await Promise.all(this.#queue.values());
  }

  async #settle(uri: string, text: string, isUntouched: () => boolean): Promise<void> {
    const onDisk = await this.#host.readFile(uri);
    const kept = await this.#load(uri);
    if (kept === undefined) {
      // A window that comes back with unsaved edits shows more than the file held. Where it is certain what the file held, the
      // file has the last word.
      const isEdited = onDisk !== undefined && isUntouched() && isCertain(onDisk) && !mayShow(onDisk, text);
      await this.#keep(uri, isEdited ? onDisk.text : text, onDisk?.hash ?? "");
      return;
    }
    if (onDisk === undefined || onDisk.hash === kept.seen) {
      this.#undecided.delete(uriKey(uri));
      return;
    }
    if (!mayShow(onDisk, text)) {
      this.#undecided.add(uriKey(uri));
      return;
    }
    this.#undecided.delete(uriKey(uri));
    const original = await this.#read(kept.original);
    if (original !== undefined && plain(original) === plain(text)) {
      await this.#save({ ...kept, seen: onDisk.hash });
      return;
    }
    await this.#keep(uri, text, onDisk.hash, original === undefined ? kept.previous : kept.original);
    this.#listener.replaced(uri);
  }

  async #keep(uri: string, text: string, seen: string, previous?: string): Promise<void> {
    const original = `${this.#prefix(uri)}${this.#host.hash(text).slice(0, 16)}.txt`;
    this.#memory.set(original, text);
    const time = new Date().toISOString();
    await this.#save({ uri, original, seen, time, ...(previous !== undefined && { previous }) });
  }

  async #save(kept: Kept): Promise<void> {
    const { uri, original, previous } = kept;
    const record = this.#recordName(uri);
    const before = this.#memory.get(record);
    const replaced = [before, await this.#storage?.read(record)].map((text) => parseKept(uri, text));
    this.#memory.set(record, JSON.stringify(kept));
    const isStored = await this.#store(uri, [previous, original, record], before === undefined);
    for (const old of replaced.flatMap((one) => [one?.original, one?.previous])) {
      if (old === undefined || old === original || old === previous) continue;
      this.#memory.delete(old);
      // What cannot be stored leaves the record that is, and that one's texts are needed after a restart.
      if (isStored) await this.#storage?.remove(old).catch(() => undefined);
    }
  }

  /**
   * Moves what is in memory to the storage, the record last: a stored record never names a text that is not stored. Answers
   * whether all is there.
   */
  async #store(uri: string, names: readonly (string | undefined)[], isFirstTry: boolean): Promise<boolean> {
    if (this.#storage === undefined) return false;
    try {
      for (const name of names) {
        const text = name === undefined ? undefined : this.#memory.get(name);
        if (name === undefined || text === undefined) continue;
        await this.#storage.write(name, text);
        this.#memory.delete(name);
      }
      return true;
    } catch (error) {
      if (isFirstTry) this.#listener.notStored(uri, error);
      return false;
    }
  }

  async #load(uri: string): Promise<Kept | undefined> {
    return parseKept(uri, await this.#read(this.#recordName(uri)));
  }

  async #read(name: string): Promise<string | undefined> {
    return this.#memory.get(name) ?? this.#storage?.read(name);
  }

  #prefix(uri: string): string {
    return `${this.#host.hash(uriKey(uri)).slice(0, 32)}.`;
  }

  #recordName(uri: string): string {
    return `${this.#prefix(uri)}json`;
  }

  #inTurn<Answer>(uri: string, work: () => Promise<Answer>): Promise<Answer> {
    const key = uriKey(uri);
    const done = (this.#queue.get(key) ?? Promise.resolve()).then(work);
    const settled = done.catch(() => undefined);
    this.#queue.set(key, settled);
    void settled.then(() => {
      if (this.#queue.get(key) === settled) this.#queue.delete(key);
    });
    return done;
  }
}

function parseKept(uri: string, text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  try {
    const kept = JSON.parse(text) as Kept;
    return typeof kept.original === "string" && typeof kept.seen === "string" ? { ...kept, uri } : undefined;
  } catch {
    return undefined;
  }
}

const BEYOND_ASCII = /[^\x00-\x7f]+/g;

function isCertain({ text, isCertain = false }: FileOnDisk): boolean {
  return isCertain || text.search(BEYOND_ASCII) < 0;
}

/** A text without what editors change on their own. */
function plain(text: string): string {
  return text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
}

/** Whether an editor may show `text` for a file that has no unsaved edits: it may take another encoding than we. */
function mayShow(onDisk: FileOnDisk, text: string): boolean {
  const ours = plain(onDisk.text);
  const shown = plain(text);
  if (ours === shown) return true;
  if (ours.replace(BEYOND_ASCII, "?") !== shown.replace(BEYOND_ASCII, "?")) return false;
  return !isCertain(onDisk) || isMisreading(ours, shown);
}

/**
 * Whether `shown` may be what comes of UTF-8 that is taken for an encoding of one byte a character: it has a character for each
 * byte, and the same one for the same byte. A character that an encoding lacks is shown as U+FFFD.
 */
function isMisreading(text: string, shown: string): boolean {
  const characters = new Map<number, string>();
  const runs = shown.match(BEYOND_ASCII) ?? [];
  for (const [index, run] of (text.match(BEYOND_ASCII) ?? []).entries()) {
    const bytes = new TextEncoder().encode(run);
    if (bytes.length !== runs[index]?.length) return false;
    for (const [at, byte] of bytes.entries()) {
      const character = runs[index]![at]!;
      if ((characters.get(byte) ?? character) !== character) return false;
      characters.set(byte, character);
    }
  }
  const known = [...characters.values()].filter((one) => one !== "\ufffd");
  return new Set(known).size === known.length;
}
