import type { CancellationToken } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Baseline, Settings } from "../core/index.ts";
import { Analysis, type ExportText } from "./analysis.ts";
import { type Companions, companionUris } from "./companions.ts";
import { inSlices } from "./slices.ts";
import { uriKey } from "./uri.ts";

/** What happens with an open export, for whoever shows it. */
export interface ExportListener {
  checking(uri: string): void;
  /** What the check found; it belongs to the text as it is now. */
  checked(analysis: Analysis, milliseconds: number): void;
  /** The export is open no more. */
  gone(uri: string): void;
  failed(uri: string, error: unknown): void;
}

/** Where it is said how an export is checked. */
export interface ExportSources {
  readonly settings: (uri: string) => Promise<Settings>;
  readonly baseline: (uri: string) => Promise<Baseline>;
}

interface OpenExport {
  document: TextDocument;
  /** Grows with everything that makes an analysis out of date. */
  generation: number;
  analysis: Analysis | undefined;
  /** The generation that `analysis` belongs to. */
  analysed: number;
  running: Promise<void> | undefined;
  /** The keys of the URIs of the exports that it is checked together with. */
  companions: ReadonlySet<string>;
  timer: ReturnType<typeof setTimeout> | undefined;
  closing: ReturnType<typeof setTimeout> | undefined;
}

/** While somebody types, nothing is checked. */
const TYPING_MS = 200;

/** Others that are checked together with what somebody types wait until the typing rests. */
const COMPANION_MS = 1000;

/** A change of the language closes and opens a document: its findings are not to flicker. */
const CLOSING_MS = 500;

/** The exports that are open in the editor, by URI, each with what the check of its text found. */
export class OpenExports {
  readonly #settings: (uri: string) => Promise<Settings>;
  readonly #baseline: (uri: string) => Promise<Baseline>;
  readonly #companions: Companions;
  readonly #listener: ExportListener;
  readonly #open = new Map<string, OpenExport>();

  constructor({ settings, baseline }: ExportSources, companions: Companions, listener: ExportListener) {
    this.#settings = settings;
    this.#baseline = baseline;
    this.#companions = companions;
    this.#listener = listener;
  }

  uris(): readonly string[] {
    return [...this.#open.keys()];
  }

  document(uri: string): TextDocument | undefined {
    return this.#open.get(uri)?.document;
  }

  opened(document: TextDocument): void {
    this.companionChanged(document.uri);
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
      companions: new Set(),
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
    this.companionChanged(document.uri);
  }

  closed({ uri }: TextDocument): void {
    const state = this.#open.get(uri);
    if (state === undefined) return;
    clearTimeout(state.closing);
    state.closing = setTimeout(() => {
      clearTimeout(state.timer);
      state.generation++;
      this.#open.delete(uri);
      this.companionChanged(uri);
      this.#companions.keep((key) => [...this.#open.values()].some(({ companions }) => companions.has(key)));
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

  /** An export has changed, in the editor or on disk: those that are checked together with it are checked again. */
  companionChanged(uri: string): void {
    const key = uriKey(uri);
    this.#companions.forget(uri);
    for (const state of this.#open.values()) {
      if (!state.companions.has(key)) continue;
      state.generation++;
      this.#schedule(state, COMPANION_MS);
    }
  }

  /** What a check of the text as it is now finds; waits for it where necessary. `undefined` where the export is not open. */
  async current(uri: string, token?: CancellationToken): Promise<Analysis | undefined> {
    for (;;) {
      const state = this.#open.get(uri);
      if (state === undefined || token?.isCancellationRequested === true) return undefined;
      if (state.analysed === state.generation) return state.analysis;
      this.#unschedule(state);
      await this.#run(state);
    }
  }

  #schedule(state: OpenExport, delay: number): void {
    this.#unschedule(state);
    state.timer = setTimeout(() => {
      state.timer = undefined;
      void this.#run(state);
    }, delay);
  }

  #unschedule(state: OpenExport): void {
    clearTimeout(state.timer);
    state.timer = undefined;
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
        const isDue = state.analysed !== state.generation && state.timer === undefined;
        if (isDue && this.#open.has(state.document.uri)) this.#schedule(state, TYPING_MS);
      });
    return state.running;
  }

  async #check(state: OpenExport): Promise<void> {
    const { generation } = state;
    const { uri } = state.document;
    if (state.analysed === generation) return;
    this.#listener.checking(uri);
    const isWanted = () => state.generation === generation;
    const [settings, baseline] = await Promise.all([this.#settings(uri), this.#baseline(uri)]);
    if (!isWanted()) return;
    const others = companionUris(uri, settings);
    state.companions = new Set(others.map(uriKey));
    const companions = await this.#companions.read(others, settings, (other) => this.#openText(other));
    if (!isWanted()) return;
    const { document } = state;
    const source = { uri, version: document.version, text: document.getText() };
    const begin = Date.now();
    const analysis = await inSlices(Analysis.steps(source, settings, companions, baseline, state.analysis), isWanted);
    if (analysis === undefined) return;
    state.analysis = analysis;
    state.analysed = generation;
    this.#listener.checked(analysis, Date.now() - begin);
  }

  #openText(uri: string): ExportText | undefined {
    const key = uriKey(uri);
    const document = [...this.#open.values()].find((state) => uriKey(state.document.uri) === key)?.document;
    return document && { uri: document.uri, version: document.version, text: document.getText() };
  }
}
