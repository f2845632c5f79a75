import { FileError } from "../node/index.ts";
import { type Command, type ExitCode, Failure, nearest, UsageError } from "./command.ts";
import { addresses } from "./commands/addresses.ts";
import { check } from "./commands/check.ts";
import { copyGroup } from "./commands/copy-group.ts";
import { diff } from "./commands/diff.ts";
import { explain } from "./commands/explain.ts";
import { fix } from "./commands/fix.ts";
import { result } from "./commands/result.ts";
import { complain, print } from "./terminal.ts";
import { version } from "./version.ts";

const COMMANDS: readonly Command[] = [check, fix, diff, copyGroup, addresses, result, explain];

const HELP = `syncready finds in a directory export what will keep objects from synchronizing to Microsoft Entra ID.

Usage: syncready <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join("\n")}

  syncready <command> --help   says more about a command
  syncready --version          prints the version

Exit code: 0 where nothing of severity error was found, 1 where errors were found,
2 where something could not be read or written or the call was wrong, 130 after Ctrl+C.
`;

/** Runs the program. Whatever happens comes out as an exit code and one line on standard error, never as a stack. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const [first, ...rest] = args;
  try {
    if (first === "--help" || first === "-h" || first === "help") await print(HELP);
    else if (first === "--version" || first === "-v") await print(`${version}\n`);
    else return await runCommand(first, rest);
    return 0;
  } catch (error) {
    complain(messageOf(error, first));
    return 2;
  }
}

async function runCommand(name: string | undefined, args: readonly string[]): Promise<ExitCode> {
  if (name === undefined) throw new UsageError("no command was given");
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) {
    const [likely] = nearest(
      name,
      COMMANDS.map((one) => one.name),
    );
    throw new UsageError(`there is no command ${name}${likely === undefined ? "" : `; did you mean ${likely}?`}`);
  }
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  if (args.slice(0, end).some((arg) => arg === "--help" || arg === "-h")) {
    await print(command.help);
    return 0;
  }
  return command.run(args);
}

function messageOf(error: unknown, command: string | undefined): string {
  if (error instanceof UsageError) {
    const known = COMMANDS.some(({ name }) => name === command);
    return `${error.message} (see: syncready ${known ? `${command} ` : ""}--help)`;
  }
  if (error instanceof FileError || error instanceof Failure) return error.message;
  // A mistake of ours: with SYNCREADY_DEBUG set, it says where.
  if (process.env.SYNCREADY_DEBUG) return String((error as Error).stack);
  return `an internal error: ${(error as Error).message}`;
}
