import { visible } from "../core/index.ts";
import { reasonOf } from "../node/index.ts";

export { visible };

/** Ends the program quietly when nobody reads its output any longer, and with a clear line when it cannot be written. */
export function guardOutput(): void {
  process.stdout.on("error", (error: Error & { code?: string }) => {
    // `syncready check ... | head` has all it wants.
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    console.error(`syncready: standard output: ${reasonOf(error)}`);
    process.exit(2);
  });
  process.stderr.on("error", () => undefined);
}

/** Writes to standard output and waits until it is taken, so that a slow reader does not fill the memory. */
export async function print(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once("drain", () => resolve()));
}

/** One line for a person on standard error. */
export function complain(message: string): void {
  console.error(`syncready: ${visible(message)}`);
}

/** Cuts a long text, with a sign that it is cut. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}

/** `1 entry`, `2 entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

export type Color = "red" | "yellow" | "blue" | "gray" | "bold" | "green";

const CODES: Readonly<Record<Color, number>> = { bold: 1, red: 31, green: 32, yellow: 33, blue: 36, gray: 90 };

/** Colors text for a terminal; answers it as it is where the output is none, or where the user wants no colors. */
export function colorizer(): (color: Color, text: string) => string {
  const { NO_COLOR, TERM } = process.env;
  if (process.stdout.isTTY !== true || (NO_COLOR !== undefined && NO_COLOR !== "") || TERM === "dumb") {
    return (_, text) => text;
  }
  return (color, text) => `\x1b[${CODES[color]}m${text}\x1b[0m`;
}
