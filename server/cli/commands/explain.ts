import { RULES, rulePage, SEVERITIES } from "../../core/index.ts";
import { type Command, type ExitCode, nearest, readArguments, UsageError } from "../command.ts";
import { print } from "../terminal.ts";

const help = `Explains a rule: what it finds, why it matters, what to do about it, with examples.

Usage: syncready explain [RULE]

Without a rule, lists all of them.
`;

export const explain: Command = { name: "explain", summary: "explains a rule, or lists all rules", help, run };

async function run(args: readonly string[]): Promise<ExitCode> {
  const { positionals } = readArguments(args, {});
  const [id, another] = positionals;
  if (another !== undefined) throw new UsageError("one rule at a time");
  if (id === undefined) {
    await print(list());
    return 0;
  }
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) {
    const likely = nearest(
      id,
      RULES.map((one) => one.id),
    );
    const hint = likely.length === 0 ? "" : `; did you mean ${likely.join(", ")}?`;
    throw new UsageError(`there is no rule ${id}${hint}`);
  }
  await print(rulePage(rule));
  return 0;
}

function list(): string {
  const idWidth = Math.max(...RULES.map(({ id }) => id.length));
  const severityWidth = Math.max(...SEVERITIES.map(({ length }) => length));
  return RULES.map(
    ({ id, severity, title }) => `${id.padEnd(idWidth)}  ${severity.padEnd(severityWidth)}  ${title}\n`,
  ).join("");
}
