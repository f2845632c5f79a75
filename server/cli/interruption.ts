import { waitsForPipe, writesEnded } from "../node/index.ts";

const interruption = new AbortController();

/** Aborted by Ctrl+C. */
export const interrupted: AbortSignal = interruption.signal;

/** What a shell reports of a program that Ctrl+C has ended. */
const EXIT_CODE = 130;

/** Ends the program on Ctrl+C, wherever it is, as soon as files that are being written have been taken back. A second one does not wait. */
export function endOnInterrupt(): void {
  process.once("SIGINT", () => {
    interruption.abort();
    void writesEnded().then(() => {
      // An exit would wait for the reading. The signal, which is handled no more, does not, and a shell reports the same.
      if (waitsForPipe() && process.platform !== "win32") process.kill(process.pid, "SIGINT");
      else process.exit(EXIT_CODE);
    });
  });
}
