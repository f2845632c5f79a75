import type { CancellationToken } from "vscode-languageserver";
import type { Baseline, Settings } from "../core/index.ts";
import { Analysis, type ExportText, type Surroundings } from "./analysis.ts";
import { type Companion, type Companions, companionUris } from "./companions.ts";
import type { ExportDocument } from "./export-document.ts";
import type { Host } from "./host.ts";
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
  readonly scanner: Host["pieceScanner"];
}

interface OpenExport {
  document: ExportDocument;
  /** Grows with everything that makes the findings out of date. */
  generation: number;
  analysis: Analysis | undefined;
  /** The generation to which the findings of `analysis` belong. */
  analysed: number;
  /** Grows with everything that makes the analysis' surroundings out of date. */
  surroundings: number;
  /** The surroundings that `analysis` was made for. */
  surveyed: number;
  running: Promise<void> | undefined;
  /** The keys of the URIs of the exports that it is checked together with. */
  companions: ReadonlySet<string>;
  /** The next check. */
  timer: ReturnType<typeof setTimeout> | undefined;
  /** The next look at the surroundings, with a check. */
  surveying: ReturnType<typeof setTimeout> | undefined;
  closing: ReturnType<typeof setTimeout> | undefined;
  /** Until when, in milliseconds since 1970, edits are only taken in: as long as the last check took, or {@link LONGEST_REST_MS}. */
  resting: number;
}

/** What beside the text has changed may change again at once. */
const SURVEY_MS = 200;

const LONGEST_REST_MS = 100;

/** A check of fewer UTF-16 units is over before anybody could be told that it runs. */
const LEAST_TOLD = 2 ** 19;

/** Others that are checked together with what somebody types wait until the typing rests, and so do looks at what nobody told us about. */
const COMPANION_MS = 1000;

/** A change of the language closes and opens a document: its findings are not to flicker. */
const CLOSING_MS = 500;

/** The exports that are open in the editor, by URI, each with what the check of its text found. */
export class OpenExports {
  readonly #settings: (uri: string) => Promise<Settings>;
  readonly #baseline: (uri: string) => Promise<Baseline>;
  readonly #scanner: Host["pieceScanner"];
  readonly #companions: Companions;
  readonly #listener: ExportListener;
  readonly #open = new Map<string, OpenExport>();

  constructor({ settings, baseline, scanner }: ExportSources, companions: Companions, listener: ExportListener) {
    this.#settings = settings;
    this.#baseline = baseline;
    this.#scanner = scanner;
    this.#companions = companions;
    this.#listener = listener;
  }

  uris(): readonly string[] {
    return [...this.#open.keys()];
  }

  document(uri: string): ExportDocument | undefined {
    return this.#open.get(uri)?.document;
  }

  opened(document: ExportDocument): void {
    this.companionChanged(document.uri);
    const before = this.#open.get(document.uri);
    clearTimeout(before?.closing);
    const state: OpenExport = before ?? {
      document,
      generation: 0,
      analysis: undefined,
      analysed: 0,
      surroundings: 0,
      surveyed: 0,
      running: undefined,
      companions: new Set(),
      timer: undefined,
      surveying: undefined,
      closing: undefined,
      resting: 0,
    };
    state.closing = undefined;
    state.document = document;
    state.analysis = undefined;
    state.generation++;
    this.#open.set(document.uri, state);
    this.#schedule(state, 0);
  }

  /** The text of an export has changed. Most changes are so small that they are checked before this returns. */
  changed(document: ExportDocument): void {
    const state = this.#open.get(document.uri);
    if (state === undefined) return;
    // Another format makes another text of the document.
    if (state.analysis?.text !== document.text) state.analysis = undefined;
    state.generation++;
    this.#schedule(state, Math.max(0, state.resting - Date.now()));
    // Not every client tells what changes on disk.
    if (state.surroundings === state.surveyed) this.#survey(state, COMPANION_MS);
    this.companionChanged(document.uri);
  }

  closed(uri: string): void {
    const state = this.#open.get(uri);
    if (state === undefined) return;
    clearTimeout(state.closing);
    state.closing = setTimeout(() => {
      this.#unschedule(state);
      clearTimeout(state.surveying);
      state.generation++;
      this.#open.delete(uri);
      this.companionChanged(uri);
      this.#companions.keep((key) => [...this.#open.values()].some(({ companions }) => companions.has(key)));
      this.#listener.gone(uri);
    }, CLOSING_MS);
  }

  /** Something beside the text has changed, such as the settings. */
  recheck(isConcerned: (uri: string) => boolean = () => true): void {
    for (const [uri, state] of this.#open) if (isConcerned(uri)) this.#outdate(state, SURVEY_MS);
  }

  /** An export has changed, in the editor or on disk: those that are checked together with it are checked again. */
  companionChanged(uri: string): void {
    const key = uriKey(uri);
    this.#companions.forget(uri);
    for (const state of this.#open.values()) if (state.companions.has(key)) this.#outdate(state, COMPANION_MS);
  }

  /** What a check of the text as it is now finds; waits for it where necessary. `undefined` where the export is not open. */
  async current(uri: string, token?: CancellationToken): Promise<Analysis | undefined> {
    for (;;) {
      const state = this.#open.get(uri);
      if (state === undefined || token?.isCancellationRequested === true) return undefined;
      if (isCurrent(state)) return state.analysis;
      this.#unschedule(state);
      clearTimeout(state.surveying);
      state.surveying = undefined;
      await this.#run(state);
    }
  }

  /** What an export is checked with, open or not. `needs` is told the keys of the exports that it is checked together with. */
  async surroundings(uri: string, needs?: (companions: ReadonlySet<string>) => void): Promise<Surroundings> {
    const [settings, baseline] = await Promise.all([this.#settings(uri), this.#baseline(uri)]);
    const others = companionUris(uri, settings);
    needs?.(new Set(others.map(uriKey)));
    const companions = await this.#companions.read(others, settings, (other) => this.#openText(other));
    return { settings, baseline, companions };
  }

  /** The exports that open ones are checked together with, as they were read for the last check. */
  async companions(): Promise<readonly Companion[]> {
    const all = [...this.#open].map(async ([uri, { analysis }]) => {
      return (analysis ?? (await this.surroundings(uri))).companions;
    });
    return (await Promise.all(all)).flat();
  }

  #outdate(state: OpenExport, delay: number): void {
    state.surroundings++;
    this.#survey(state, delay);
  }

  #survey(state: OpenExport, delay: number): void {
    clearTimeout(state.surveying);
    state.surveying = setTimeout(() => {
      state.surveying = undefined;
      if (state.surroundings === state.surveyed) state.surroundings++;
      void this.#run(state);
    }, delay);
  }

  #schedule(state: OpenExport, delay: number): void {
    this.#unschedule(state);
    if (delay === 0 && state.analysis !== undefined) {
      void this.#run(state);
      return;
    }
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
    const { generation, surroundings } = state;
    state.running ??= this.#check(state)
      .catch((error: unknown) => {
        // A text that cannot be checked must not be checked for ever.
        state.analysis = undefined;
        state.analysed = generation;
        state.surveyed = surroundings;
        this.#listener.failed(state.document.uri, error);
      })
      .finally(() => {
        state.running = undefined;
        const isDue = isSurveyDue(state) || (state.analysed !== state.generation && state.timer === undefined);
        if (isDue && this.#open.has(state.document.uri)) this.#schedule(state, 0);
      });
    return state.running;
  }

  async #check(state: OpenExport): Promise<void> {
    const { uri } = state.document;
    if (state.analysis === undefined) this.#listener.checking(uri);
    if ((state.analysis === undefined || isSurveyDue(state)) && !(await this.#lookAround(state))) return;
    const { generation, analysis } = state;
    if (analysis === undefined || state.analysed === generation) return;
    if (analysis.dueUnits > LEAST_TOLD) this.#listener.checking(uri);
    const begin = Date.now();
    const checked = await inSlices(analysis.update(), () => state.generation === generation);
    if (checked === undefined) return;
    const end = Date.now();
    state.analysed = generation;
    state.resting = end + Math.min(end - begin, LONGEST_REST_MS);
    this.#listener.checked(analysis, end - begin);
  }

  /** Sees to it that the analysis is one for the surroundings as they are. Answers whether they have stayed so meanwhile. */
  async #lookAround(state: OpenExport): Promise<boolean> {
    const { document, surroundings } = state;
    const found = await this.surroundings(document.uri, (companions) => {
      state.companions = companions;
    });
    if (state.surroundings !== surroundings || state.document !== document) return false;
    state.surveyed = surroundings;
    if (state.analysis !== undefined && areSame(state.analysis.surroundings, found)) return true;
    state.analysis = new Analysis(document, found, this.#scanner);
    state.generation++;
    return true;
  }

  #openText(uri: string): ExportText | undefined {
    const key = uriKey(uri);
    const document = [...this.#open.values()].find((state) => uriKey(state.document.uri) === key)?.document;
    return document && { uri: document.uri, version: document.version, text: () => document.getText() };
  }
}

/** The findings are those of the text and the surroundings as they are. */
function isCurrent({ analysed, generation, surveyed, surroundings }: OpenExport): boolean {
  return analysed === generation && surveyed === surroundings;
}

/** The surroundings have changed, and nothing is to be waited for any more. */
function isSurveyDue({ surveyed, surroundings, surveying }: OpenExport): boolean {
  return surveyed !== surroundings && surveying === undefined;
}

function areSame(one: Surroundings, other: Surroundings): boolean {
  return (
    one.baseline === other.baseline &&
    one.companions.length === other.companions.length &&
    one.companions.every((companion, at) => companion === other.companions[at]) &&
    JSON.stringify(one.settings) === JSON.stringify(other.settings)
  );
}
