import { RESULT_CODES, type ResultCode } from "../results/result-codes.ts";
import { hexOf, WINDOWS_ERRORS } from "../results/windows-errors.ts";

/** Failures whose code is not known. */
const UNKNOWN = "import-failed";

/** Where the page about results explains a kind of failure, on the web. */
export function importResultUrl(id: string): string {
  return `https://github.com/syncready/syncready/blob/main/docs/import-results.md#${id}`;
}

/** What there is to say about a kind of failure, as a page of its own; `undefined` for an id that no failure has. */
export function importResultPage(id: string): string | undefined {
  const code = RESULT_CODES.find((one) => `import-${one.code}` === id);
  if (code !== undefined) return `# ${code.code} ${code.name}\n\n${section(code)}`;
  return id === UNKNOWN ? `# The import of a record failed\n\n${WITHOUT_CODE}\n` : undefined;
}

/** The codes and the Windows errors, for docs/import-results.md. */
export function importResultSections(): string {
  const sections = RESULT_CODES.map((code) => `### import-${code.code}\n\n\`${code.name}\`: ${section(code)}`);
  return [...sections, `### ${UNKNOWN}\n\n${WITHOUT_CODE}\n`].join("\n").trimEnd();
}

const WITHOUT_CODE =
  "The log gives no code that is known here, as with a syntax error that ldifde finds. The words of the tool are in the message.";

function section({ code, meaning, advice }: ResultCode): string {
  const errors = WINDOWS_ERRORS.filter((one) => one.code === code);
  const rows = errors.map(({ number, name, meaning = "" }) => `| \`${hexOf(number)}\` | \`${name}\` | ${meaning} |`);
  const table =
    rows.length === 0
      ? ""
      : `\n| Windows error | Name | What it says beyond that |\n|---|---|---|\n${rows.join("\n")}\n`;
  return `${meaning}. ${advice}\n${table}`;
}
