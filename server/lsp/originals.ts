import type { Host, Storage } from "./host.ts";
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
  readonly #saving = new Set<string>();
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

  /** Until `saved` a change of the file is the editor's own. */
  willSave(uri: string): void {
    this.#saving.add(uriKey(uri));
  }

  isSaving(uri: string): boolean {
    return this.#saving.has(uriKey(uri));
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

  /** The original; `undefined` where the export has never been opened. */
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
      if (kept?.previous === undefined) return false;
      const { previous, ...rest } = kept;
      await this.#save({ ...rest, original: previous });
      return true;
    });
  }

  async #settle(uri: string, text: string, isUntouched: () => boolean): Promise<void> {
    const onDisk = await this.#host.readFile(uri);
    const kept = await this.#load(uri);
    const original = kept && (await this.#read(kept.original));
    if (kept === undefined || original === undefined) {
      // A window that comes back with unsaved edits shows more than the file held. Where the encoding can make no difference, the
      // file has the last word.
      const isEdited = onDisk !== undefined && isUntouched() && isAscii(onDisk.text) && !looksAlike(onDisk.text, text);
      await this.#keep(uri, isEdited ? onDisk.text : text, onDisk?.hash ?? "");
      return;
    }
    if (onDisk === undefined || onDisk.hash === kept.seen) {
      this.#undecided.delete(uriKey(uri));
      return;
    }
    if (!looksAlike(onDisk.text, text)) {
      this.#undecided.add(uriKey(uri));
      return;
    }
    this.#undecided.delete(uriKey(uri));
    if (looksAlike(original, text)) {
      await this.#save({ ...kept, seen: onDisk.hash });
      return;
    }
    await this.#keep(uri, text, onDisk.hash, kept.original);
    this.#listener.replaced(uri);
  }

  /** Stores a new original. The text comes first: a record never names a text that is not there. */
  async #keep(uri: string, text: string, seen: string, previous?: string): Promise<void> {
    const original = `${this.#prefix(uri)}${this.#host.hash(text).slice(0, 16)}.txt`;
    await this.#write(original, text, uri);
    const time = new Date().toISOString();
    await this.#save({ uri, original, seen, time, ...(previous !== undefined && { previous }) });
  }

  async #save(kept: Kept): Promise<void> {
    const before = await this.#load(kept.uri);
    const name = this.#recordName(kept.uri);
    if (!(await this.#write(name, JSON.stringify(kept), kept.uri))) return;
    for (const old of [before?.original, before?.previous]) {
      if (old === undefined || old === kept.original || old === kept.previous) continue;
      this.#memory.delete(old);
      await this.#storage?.remove(old).catch(() => undefined);
    }
  }

  async #load(uri: string): Promise<Kept | undefined> {
    const text = await this.#read(this.#recordName(uri));
    if (text === undefined) return undefined;
    try {
      const kept = JSON.parse(text) as Kept;
      return typeof kept.original === "string" && typeof kept.seen === "string" ? { ...kept, uri } : undefined;
    } catch {
      return undefined;
    }
  }

  async #read(name: string): Promise<string | undefined> {
    return this.#memory.get(name) ?? this.#storage?.read(name);
  }

  /** Answers whether it was stored; otherwise it is in memory. */
  async #write(name: string, text: string, uri: string): Promise<boolean> {
    try {
      if (this.#storage === undefined) this.#memory.set(name, text);
      else {
        await this.#storage.write(name, text);
        this.#memory.delete(name);
      }
      return true;
    } catch (error) {
      this.#memory.set(name, text);
      this.#listener.notStored(uri, error);
      return false;
    }
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

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}

/** Whether two readings of a file may be of the same bytes: editors change line ends, and may take another encoding than we. */
function looksAlike(one: string, other: string): boolean {
  return one === other || skeleton(one) === skeleton(other);
}

function skeleton(text: string): string {
  return text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\x00-\x7f]+/g, "?");
}
