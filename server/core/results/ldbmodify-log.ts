import { emptyLog, type ImportFailure, type ImportLog, oneLine } from "./import-log.ts";
import { apiCode, codeOfWords } from "./result-codes.ts";
import { readServerWords } from "./windows-errors.ts";

/** `ERR: (No such attribute) "..." on DN CN=Jane,DC=contoso,DC=com at block before line 10`: the line is the blank one behind the record. */
const REFUSED = /^ERR: (?:\(([^)]{1,100})\)|([^:"]{1,100}?) ?:) "(.*)" on DN (.*) at block before line (\d{1,9})$/;

/** A record that could not be read: nothing says which. */
const UNREADABLE = /^Error: (.*)$/;

const COUNT = /^(?:Modified|Added) (\d{1,9}) records? successfully/;
const FAILED = /^(?:Modify|Add) failed after processing (\d{1,9}) records?/;

export function isLdbmodifyLog(lines: readonly string[]): boolean {
  return lines.some(
    (line) => REFUSED.test(line) || COUNT.test(line) || FAILED.test(line) || line === "Failed to parse ldif",
  );
}

/** Reads what ldbmodify has written. It applies a file as a whole or not at all, and tells the first error. */
export function readLdbmodifyLog(lines: readonly string[]): ImportLog {
  const failures: ImportFailure[] = [];
  let unreadable: ImportFailure | undefined;
  let applied: number | undefined;
  for (const [at, line] of lines.entries()) {
    const refused = REFUSED.exec(line);
    if (refused !== null) failures.push(refusal(refused, at + 1));
    const words = UNREADABLE.exec(line)?.[1];
    if (words !== undefined)
      unreadable = { tool: "ldbmodify", logLine: at + 1, code: apiCode(-9), text: oneLine(words) };
    if (FAILED.test(line)) applied = 0;
    const count = COUNT.exec(line)?.[1];
    if (count !== undefined) applied = Number(count);
  }
  return { ...emptyLog("ldbmodify"), failures, applied, trouble: unreadable };
}

function refusal([, bracketed, named, words, dn, line]: RegExpExecArray, logLine: number): ImportFailure {
  const code = bracketed ?? named ?? "";
  const { windowsError, attribute, code: ofWords } = readServerWords(words!);
  return {
    tool: "ldbmodify",
    logLine,
    line: Number(line),
    dn,
    code: codeOfWords(code) ?? ofWords,
    windowsError,
    attribute,
    text: oneLine(`${code}:`, words!),
  };
}
