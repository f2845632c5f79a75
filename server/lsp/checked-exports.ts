import type { Diagnostic } from "vscode-languageserver";
import type { Host } from "./host.ts";
import { uriKey } from "./uri.ts";

/** What becomes of the findings of exports that are not open. */
export interface CheckedListener {
  /** The diagnostics of an export, in place of those before. */
  show(uri: string, diagnostics: Diagnostic[]): void;
  /** Other files and folders than before are to be watched. */
  changed(): void;
  /** Nothing is shown of these any more. */
  cleared(uris: readonly string[]): void;
}

/** One check from disk, from its beginning until nothing of it is shown any more. */
export interface DiskRun {
  /** What it was asked for: a file or a folder. */
  readonly targets: readonly { readonly uri: string; readonly isFolder: boolean }[];
  readonly abort: AbortController;
}

interface Checked {
  readonly uri: string;
  readonly run: DiskRun;
  /** The state of the file before it was read. */
  readonly stamp: string | undefined;
  isShown: boolean;
}

/**
 * Exports that were checked as they lie on disk, and of which something is shown. It goes when the file changes or is opened, when it is
 * checked again, and when somebody says so.
 */
export class CheckedExports {
  readonly #host: Pick<Host, "fileState">;
  readonly #listener: CheckedListener;
  readonly #checked = new Map<string, Checked>();
  readonly #running = new Set<DiskRun>();

  constructor(host: Pick<Host, "fileState">, listener: CheckedListener) {
    this.#host = host;
    this.#listener = listener;
  }

  uris(): readonly string[] {
    return [...this.#checked.values()].map(({ uri }) => uri);
  }

  /** What is to be watched: the files that were checked by name, and the folders that were. */
  get files(): readonly string[] {
    return this.#targets.filter(({ isFolder }) => !isFolder).map(({ uri }) => uri);
  }

  get folders(): ReadonlySet<string> {
    return new Set(this.#targets.filter(({ isFolder }) => isFolder).map(({ uri }) => uri));
  }

  get #targets(): DiskRun["targets"] {
    const runs = new Set([...this.#running, ...[...this.#checked.values()].map(({ run }) => run)]);
    return [...runs].flatMap(({ targets }) => targets);
  }

  /** A check begins. What was shown of these exports goes, and a check of the same files or folders that still runs ends. */
  async begin(run: DiskRun, uris: readonly string[]): Promise<void> {
    const targets = new Set(run.targets.map(({ uri }) => uriKey(uri)));
    for (const other of this.#running)
      if (other.targets.some(({ uri }) => targets.has(uriKey(uri)))) this.giveUp(other);
    this.#running.add(run);
    this.#forget(uris.map(uriKey));
    const states = await Promise.all(uris.map((uri) => this.#host.fileState(uri)));
    for (const [at, uri] of uris.entries()) {
      this.#checked.set(uriKey(uri), { uri, run, stamp: states[at]?.stamp, isShown: false });
    }
    this.#listener.changed();
  }

  /** Shows what a check has found; not of a file that has been opened or changed meanwhile, or is checked anew. */
  show(run: DiskRun, uri: string, diagnostics: Diagnostic[]): void {
    const checked = this.#checked.get(uriKey(uri));
    if (checked?.run !== run || run.abort.signal.aborted) return;
    if (diagnostics.length === 0 && !checked.isShown) return;
    checked.isShown = diagnostics.length > 0;
    this.#listener.show(checked.uri, diagnostics);
  }

  /** A check has come to its end. */
  end(run: DiskRun): void {
    this.#running.delete(run);
    for (const [key, checked] of this.#checked) {
      if (checked.run === run && !checked.isShown) this.#checked.delete(key);
    }
    this.#listener.changed();
  }

  /** Nothing of a check is wanted any more, whether it still runs or not. */
  giveUp(run: DiskRun): void {
    this.#running.delete(run);
    run.abort.abort();
    this.#forget([...this.#checked].filter(([, checked]) => checked.run === run).map(([key]) => key));
    this.#listener.changed();
  }

  clear(): void {
    for (const run of new Set([...this.#running, ...[...this.#checked.values()].map(({ run }) => run)]))
      this.giveUp(run);
  }

  /** An export was opened: from now on its document is checked, which shows other diagnostics under the document's URI. */
  opened(uri: string): void {
    const checked = this.#checked.get(uriKey(uri));
    if (checked === undefined) return;
    this.#checked.delete(uriKey(uri));
    if (checked.isShown && checked.uri !== uri) this.#listener.show(checked.uri, []);
    this.#listener.changed();
  }

  /** Files are said to have changed on disk, or to be gone. They may have changed before they were checked. */
  async changed(uris: readonly string[]): Promise<void> {
    const known = uris.map(uriKey).filter((key) => this.#checked.has(key));
    const changed = await Promise.all(
      known.map(async (key) => {
        const checked = this.#checked.get(key)!;
        const state = await this.#host.fileState(checked.uri);
        return this.#checked.get(key) === checked && state?.stamp !== checked.stamp ? [key] : [];
      }),
    );
    this.#forget(changed.flat());
    if (changed.length > 0) this.#listener.changed();
  }

  #forget(keys: readonly string[]): void {
    const cleared: string[] = [];
    for (const key of keys) {
      const checked = this.#checked.get(key);
      if (checked === undefined) continue;
      this.#checked.delete(key);
      if (checked.isShown) this.#listener.show(checked.uri, []);
      cleared.push(checked.uri);
    }
    if (cleared.length > 0) this.#listener.cleared(cleared);
  }
}
