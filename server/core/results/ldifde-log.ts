import { type ImportAttempt, type ImportFailure, type ImportLog, oneLine } from "./import-log.ts";
import { codeOfWords } from "./result-codes.ts";
import { readServerWords } from "./windows-errors.ts";

/**
 * ldifde runs on Windows only, so what is read here comes from Microsoft's articles and from logs that people have published, not from runs of our
 * own. Seen there: "Add error on line 15: Already Exists" (Windows Server 2003), "Add error on entry starting on line 1: Insufficient Rights" (later;
 * it says Add for a change as well), behind both "The server side error is: 0x2071 ..." and "The extended server error is:" with Active Directory's own
 * line; "N entries modified successfully."; a syntax error as "Failed on line 21. The last token starts with 'q'.". A Windows of another language
 * says it in other words: what is looked for there is a number before a colon, and a number of the form 0x... right behind.
 */
const ERROR_ON_LINE = /\berror on (?:entry starting on )?line (\d{1,9})\s*:?\s*(.*)$/i;

/** A line and a reason, in any language; only where a Windows error follows. */
const LINE_AND_REASON = /(?:^|\D)(\d{1,9})\s*:\s*(\S.*)?$/;

const SYNTAX_ERROR = /\bFailed on line (\d{1,9})\b/i;

/** Of ldif.err, in any language: the entry that the error below it is about. */
const ENTRY_DN = /\bDN:\s*(\S.*)$/i;

/** -v: `3: CN=Jane,DC=contoso,DC=com`, counted from 1. */
const NUMBERED_ENTRY = /^(\d{1,9}): ([A-Za-z][\w.-]{0,100}=.*)$/;

const HEX = /\b0x[0-9a-f]{1,8}\b/i;
const EXTENDED = /^\s*[0-9A-F]{8}: /;
const COUNT = /^\s*(\d{1,9}) entr(?:y|ies) modified successfully/i;
/** The counts of other languages: the only number of a line that has nothing else but words and a full stop. */
const OTHER_COUNT = /^\s*(\d{1,9}) [^\d:=]{5,80}\.\s*$/;
/** In any language, the name of what can be a modify file. */
const IMPORTING = /^Importing directory from file "([^"]{1,4096})"|"([^"]{1,4096}\.(?:ldf|ldif|txt))"/i;

const SIGNS = [
  /^Importing directory from file "/im,
  /^Loading entries\./im,
  /^The command has completed successfully/im,
  /\berror on (?:entry starting on )?line \d/i,
  /^The (?:server[- ]side|extended server) error is/im,
  /^\d{1,9} entr(?:y|ies) modified successfully/im,
  /\bFailed on line \d{1,9}\. The last token/i,
];

export function isLdifdeLog(text: string, lines: readonly string[]): boolean {
  return SIGNS.some((sign) => sign.test(text)) || lines.some((_, at) => reasonAt(lines, at) !== undefined);
}

interface Reason {
  readonly line: number;
  readonly words: string;
}

/** The line of the modify file and the reason that an error's first line gives. */
function reasonAt(lines: readonly string[], at: number): Reason | undefined {
  const text = lines[at]!;
  const match = ERROR_ON_LINE.exec(text) ?? SYNTAX_ERROR.exec(text) ?? localized(lines, at);
  return match === undefined ? undefined : { line: Number(match[1]), words: match[2] ?? "" };
}

function localized(lines: readonly string[], at: number): RegExpExecArray | undefined {
  const text = lines[at]!;
  const next = lines[at + 1];
  if (next === undefined || !HEX.test(next) || HEX.test(text) || EXTENDED.test(text)) return undefined;
  return LINE_AND_REASON.exec(text) ?? undefined;
}

/** Reads `ldif.log`, `ldif.err`, or what ldifde has shown. */
export function readLdifdeLog(lines: readonly string[]): ImportLog {
  const failures: ImportFailure[] = [];
  const attempts: ImportAttempt[] = [];
  let dn: string | undefined;
  let modifyFile: string | undefined;
  let applied: number | undefined;
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at]!;
    const reason = reasonAt(lines, at);
    if (reason !== undefined) {
      const words = serverWords(lines, at + 1);
      const verbose = attempts.at(-1);
      if (verbose !== undefined && verbose.isApplied === undefined) {
        attempts[attempts.length - 1] = { ...verbose, isApplied: false, failure: failures.length };
        dn ??= verbose.dn;
      }
      failures.push(failureOf(reason, words, at + 1, dn));
      dn = undefined;
      at += words.length;
      continue;
    }
    const entry = NUMBERED_ENTRY.exec(text);
    if (entry !== null) attempts.push({ dn: entry[2]!, change: undefined, index: Number(entry[1]) - 1 });
    else {
      const count = COUNT.exec(text);
      if (count !== null) applied = Number(count[1]);
      else if (/\bskipped\b|\bmodified successfully/i.test(text)) markLast(attempts, failures, text, at + 1);
      dn = ENTRY_DN.exec(text)?.[1] ?? dn;
      const file = IMPORTING.exec(text);
      modifyFile ??= file?.[1] ?? file?.[2];
      applied ??= at > 0 ? otherCount(text) : undefined;
    }
  }
  return {
    tool: "ldifde",
    modifyFile,
    failures,
    attempts,
    applied,
    isInOrder: true,
    isRehearsal: false,
    isSkipFile: false,
  };
}

function otherCount(text: string): number | undefined {
  const count = OTHER_COUNT.exec(text)?.[1];
  return count === undefined ? undefined : Number(count);
}

/** The lines that belong to an error: what the server says. It ends with a blank line, or where something else begins. */
function serverWords(lines: readonly string[], from: number): string[] {
  const words: string[] = [];
  for (let at = from; at < lines.length && words.length < 12; at++) {
    const text = lines[at]!;
    if (text.trim() === "") break;
    if (COUNT.test(text) || ENTRY_DN.test(text) || NUMBERED_ENTRY.test(text) || reasonAt(lines, at) !== undefined)
      break;
    if (/^\s*An error has occurred in the program/i.test(text)) break;
    if (words.some((one) => EXTENDED.test(one)) && !/^\s*(?:\d+: )?[0-9A-F]{8}: |^\s/.test(text)) break;
    words.push(text);
  }
  return words;
}

function failureOf(
  { line, words }: Reason,
  lines: readonly string[],
  logLine: number,
  dn: string | undefined,
): ImportFailure {
  const extended = lines.find((one) => EXTENDED.test(one));
  const server = readServerWords(oneLine(...lines));
  const own = extended === undefined ? undefined : readServerWords(extended.trim());
  const hint = codeOfWords(words);
  return {
    tool: "ldifde",
    logLine,
    line,
    dn,
    code: hint ?? server.code ?? own?.code,
    windowsError: own?.windowsError ?? server.windowsError,
    attribute: server.attribute,
    text: oneLine(words, ...lines.filter((one) => !/^[^:]{1,60}:\s*$/.test(one))),
  };
}

/** -v says behind each entry what has become of it. */
function markLast(attempts: ImportAttempt[], failures: ImportFailure[], text: string, logLine: number): void {
  const last = attempts.at(-1);
  if (last === undefined || last.isApplied !== undefined) return;
  const isApplied = !/\bskipped\b/i.test(text);
  attempts[attempts.length - 1] = { ...last, isApplied, ...(!isApplied && { failure: failures.length }) };
  if (isApplied) return;
  const words = oneLine(text);
  const reason = words.replace(/^(?:entry|object)\s+|,?\s*entry skipped.*$/gi, "");
  failures.push({ tool: "ldifde", logLine, dn: last.dn, code: codeOfWords(reason), text: words });
}
