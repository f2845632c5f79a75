import { basename } from "node:path";
import type { CheckProgress } from "../node/index.ts";
import { counted, shortened, visible } from "./terminal.ts";

/** Where progress is shown, as far as `process.stderr` is one. */
export interface ProgressTerminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How long nothing is shown, and then between two states, in milliseconds: what is done before needs no progress. */
const INTERVAL_MS = 100;

const CLEAR = "\r\x1b[K";

/** One line that says how far a check is. It is written over again and again, and gone at the end; only a terminal gets it. */
export class ProgressLine {
  readonly #terminal: ProgressTerminal;
  readonly #now: () => number;
  readonly #isOn: boolean;
  #last: number;
  #isShown = false;

  constructor(terminal: ProgressTerminal = process.stderr, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
    this.#isOn = terminal.isTTY === true && process.env.TERM !== "dumb";
    this.#last = now();
  }

  /** What to tell of the progress; `undefined` where nobody sees it. */
  get onProgress(): ((progress: CheckProgress) => void) | undefined {
    return this.#isOn ? (progress) => this.#show(progress) : undefined;
  }

  clear(): void {
    if (this.#isShown) this.#terminal.write(CLEAR);
    this.#isShown = false;
  }

  #show(progress: CheckProgress): void {
    const now = this.#now();
    if (now - this.#last < INTERVAL_MS) return;
    this.#last = now;
    // A line that is wrapped could not be taken back.
    const most = Math.max(10, (this.#terminal.columns ?? 80) - 1);
    this.#terminal.write(CLEAR + shortened(progressText(progress), most));
    this.#isShown = true;
  }
}

const PASSES: Readonly<Record<CheckProgress["pass"], string>> = {
  first: "checking",
  second: "second reading",
};

/** `checking, 512.3 MB of 1,073.7 MB, 227,001 entries: contoso.ldf`: the name may be long, so it stands where it may be cut. */
function progressText({ path, file, files, pass, bytes, totalBytes, entries }: CheckProgress): string {
  const size = totalBytes === undefined ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(totalBytes)}`;
  const which = files > 1 ? ` (file ${file.toLocaleString("en-US")} of ${files.toLocaleString("en-US")})` : "";
  return `${PASSES[pass]}, ${size}, ${counted(entries, "entry", "entries")}: ${visible(basename(path))}${which}`;
}

/** Of 10^6 bytes each. */
function megabytes(bytes: number): string {
  const shown = (bytes / 1e6).toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${shown} MB`;
}
