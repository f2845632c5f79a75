import type { CancellationToken } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Settings } from "../core/index.ts";
import { Analysis } from "./analysis.ts";

/** What happens with an open export, for whoever shows it. */
export interface ExportListener {
  checking(uri: string): void;
  /** What the check found; it belongs to the text as it is now. */
  checked(analysis: Analysis, milliseconds: number): void;
  /** The export is open no more. */
  gone(uri: string): void;
  failed(uri: string, error: unknown): void;
}

interface OpenExport {
  document: TextDocument;
  /** Grows with everything that makes an analysis out of date. */
  generation: number;
  analysis: Analysis | undefined;
  /** The generation that `analysis` belongs to. */
  analysed: number;
  running: Promise<void> | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  closing: ReturnType<typeof setTimeout> | undefined;
}

/** While somebody types, nothing is checked. */
const TYPING_MS = 200;

/** A change of the language closes and opens a document: its findings are not to flicker. */
const CLOSING_MS = 500;

/** So long a check may keep everything else waiting. */
const SLICE_MS = 25;

/** The exports that are open in the editor, by URI, each with what the check of its text found. */
export class OpenExports {
  readonly #settings: (uri: string) => Promise<Settings>;
  readonly #listener: ExportListener;
  readonly #open = new Map<string, OpenExport>();

  constructor(settings: (uri: string) => Promise<Settings>, listener: ExportListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  uris(): readonly string[] {
    return [...this.#open.keys()];
  }

  document(uri: string): TextDocument | undefined {
    return this.#open.get(uri)?.document;
  }

  opened(document: TextDocument): void {
    const before = this.#open.get(document.uri);
    if (before !== undefined) {
      clearTimeout(before.closing);
      before.closing = undefined;
      before.document = document;
      before.generation++;
      this.#schedule(before, 0);
      return;
    }
    const state: OpenExport = {
      document,
      generation: 1,
      analysis: undefined,
      analysed: 0,
      running: undefined,
      timer: undefined,
      closing: undefined,
    };
    this.#open.set(document.uri, state);
    this.#schedule(state, 0);
  }

  changed(document: TextDocument): void {
    const state = this.#open.get(document.uri);
    if (state === undefined) return;
    state.document = document;
    state.generation++;
    this.#schedule(state, TYPING_MS);
  }

  closed({ uri }: TextDocument): void {
    const state = this.#open.get(uri);
    if (state === undefined) return;
    clearTimeout(state.closing);
    state.closing = setTimeout(() => {
      clearTimeout(state.timer);
      state.generation++;
      this.#open.delete(uri);
      this.#listener.gone(uri);
    }, CLOSING_MS);
  }

  /** Something beside the text has changed, such as the settings. */
  recheck(isConcerned: (uri: string) => boolean = () => true): void {
    for (const [uri, state] of this.#open) {
      if (!isConcerned(uri)) continue;
      state.generation++;
      this.#schedule(state, TYPING_MS);
    }
  }

  /** What a check of the text as it is now finds; waits for it where necessary. `undefined` where the export is not open. */
  async current(uri: string, token?: CancellationToken): Promise<Analysis | undefined> {
    for (;;) {
      const state = this.#open.get(uri);
      if (state === undefined || token?.isCancellationRequested === true) return undefined;
      if (state.analysed === state.generation) return state.analysis;
      clearTimeout(state.timer);
      await this.#run(state);
    }
  }

  #schedule(state: OpenExport, delay: number): void {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => void this.#run(state), delay);
  }

  /** Checks once for all who wait. Whoever has changed the text meanwhile has also seen to it that it is checked again. */
  #run(state: OpenExport): Promise<void> {
    const { generation } = state;
    state.running ??= this.#check(state)
      .catch((error: unknown) => {
        // A text that cannot be checked must not be checked for ever.
        state.analysis = undefined;
        state.analysed = generation;
        this.#listener.failed(state.document.uri, error);
      })
      .finally(() => {
        state.running = undefined;
        if (state.analysed !== state.generation && this.#open.has(state.document.uri)) this.#schedule(state, TYPING_MS);
      });
    return state.running;
  }

  async #check(state: OpenExport): Promise<void> {
    const { generation } = state;
    const { uri } = state.document;
    if (state.analysed === generation) return;
    this.#listener.checking(uri);
    const settings = await this.#settings(uri);
    if (state.generation !== generation) return;
    const { document } = state;
    const source = { uri, version: document.version, text: document.getText() };
    const begin = Date.now();
    const steps = Analysis.steps(source, settings);
    let pause = begin + SLICE_MS;
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        state.analysis = step.value;
        state.analysed = generation;
        this.#listener.checked(step.value, Date.now() - begin);
        return;
      }
      if (Date.now() < pause) continue;
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (state.generation !== generation) return;
      pause = Date.now() + SLICE_MS;
    }
  }
}
