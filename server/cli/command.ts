import { type ParseArgsConfig, parseArgs } from "node:util";

/** 0: nothing of severity error. 1: errors were found. 2: something could not be read or written, or the call was wrong. Ctrl+C: 130. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The page that `<command> --help` prints. */
  readonly help: string;
  run(args: readonly string[]): Promise<ExitCode>;
}

/** The program was called in a way that it does not understand. The message is one line. */
export class UsageError extends Error {}

/** The program could not do what it was asked to. The message is one line. */
export class Failure extends Error {}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads a command's arguments; what it does not know is a {@link UsageError}. */
export function readArguments<const Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node explains at length what to do with values that begin with a dash; the first sentence is enough.
    throw new UsageError((error as Error).message.split(/\. |\n/)[0]!.replace(/\.$/, ""));
  }
}

/** The given names that are nearest to `name`, for "did you mean". */
export function nearest(name: string, names: readonly string[], most = 3): string[] {
  const lower = name.toLowerCase();
  const scored = names.map((one) => {
    const contains = lower.length > 2 && (one.includes(lower) || lower.includes(one));
    return { one, score: contains ? 1 : distance(lower, one) };
  });
  const limit = Math.max(2, Math.floor(name.length / 3));
  return scored
    .filter(({ score }) => score <= limit)
    .sort((first, second) => first.score - second.score)
    .slice(0, most)
    .map(({ one }) => one);
}

/** Levenshtein's distance: how many characters to insert, remove or change. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 0; at < one.length; at++) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to++) {
      const change = row[to]! + (one[at] === other[to] ? 0 : 1);
      next.push(Math.min(change, row[to + 1]! + 1, next[to]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
