import type { ChangeType } from "../ldif/change-record.ts";
import { readLdif } from "../ldif/reader.ts";
import { LdifChange, LdifEntry } from "../ldif/record.ts";
import { countLineEnds as lineEnds } from "../text/position.ts";
import { utf8Length } from "../text/utf8.ts";
import { emptyLog, type ImportAttempt, type ImportFailure, type ImportLog, oneLine } from "./import-log.ts";
import { apiCode } from "./result-codes.ts";
import { readServerWords } from "./windows-errors.ts";

/**
 * An error as OpenLDAP's tools write it to standard error, with the lines that belong to it. It can begin anywhere in a line: where standard output
 * goes into the same file, it arrives there in blocks of 4,096 bytes, which end in the middle of a word.
 */
const ERROR =
  /ldap_(\w{1,20})(?:\([A-Z]{1,20}\))?: ([^\n]{1,200}?) \((-?\d{1,5})\)\r?\n?((?:\t(?:matched DN: |additional info: |referrals:|\t|\d{1,3}: [0-9A-F]{8}: )[^\n]*\n?)*)/g;

/** A record that ldapmodify could not read. The line is near the mistake, and in the record. A possible missing newline is only a warning. */
const UNREADABLE =
  /^ldap(?:modify|add): +(?![^\n]{0,4000}\bpossible missing newline)(?=[^\n]{0,4000}\bline \d)([^\n]*?)\(?(?:at )?line (\d{1,9})\)?(?:,? ?entry:? "([^\n]*?)"\)?)?\r?\n?/gm;

const ATTEMPT =
  /^(!?)(modifying entry|adding new entry|deleting entry|modifying rdn of entry|replacing entry) "(.*)"\r?$/;

const CHANGES: Readonly<Record<string, ChangeType>> = {
  modify: "modify",
  add: "add",
  delete: "delete",
  rename: "modrdn",
  modrdn: "modrdn",
  "modifying entry": "modify",
  "adding new entry": "add",
  "deleting entry": "delete",
  "modifying rdn of entry": "modrdn",
};

/** Standard output that is no terminal is written in blocks of so many bytes. */
const BLOCK = 4096;

const SKIPPED = /^# Error: ([^\n(]{1,200})\((-?\d{1,5})\)(?:, ([^\n]*))?$/m;

export function isLdapmodifyLog(text: string): boolean {
  return (
    /\bldap_(?:modify|add|delete|rename|modrdn|bind|sasl_bind)(?:\([A-Z]{1,20}\))?: [^\n]{1,200}\(-?\d{1,5}\)/.test(
      text,
    ) ||
    /^!?(?:modifying entry|adding new entry|deleting entry|modifying rdn of entry) "/m.test(text) ||
    /^ldap(?:modify|add): /m.test(text)
  );
}

/** Reads what ldapmodify has written to its standard output and error, in whatever order the two have come together. */
export function readLdapmodifyLog(text: string): ImportLog {
  const errors = errorsOf(text);
  const { attempts, starts } = attemptsOf(withoutErrors(text, errors));
  const failures: ImportFailure[] = [];
  let trouble: ImportFailure | undefined;
  const owned = new Map<number, number>();
  let isInOrder = true;
  let isAtBlocks = true;
  for (const { failure, isRecord, outputAt, outputBytes } of errors) {
    if (!isRecord) {
      trouble ??= failure;
      continue;
    }
    if (failure.line === undefined) {
      const owner = starts.get(outputAt);
      if (owner === undefined) isInOrder = false;
      else owned.set(owner, failures.length);
      isAtBlocks &&= outputBytes % BLOCK === 0;
    }
    failures.push(failure);
  }
  // One that stands behind a block of output belongs to any record of the next block.
  isInOrder &&= owned.size === 0 || !isAtBlocks;
  return {
    ...emptyLog("ldapmodify"),
    failures,
    attempts: isInOrder ? attempts.map((one, at) => ({ ...one, failure: owned.get(at) })) : attempts,
    isInOrder,
    isRehearsal: attempts.length > 0 && /^!(?:modifying|adding|deleting)/m.test(text),
    trouble,
  };
}

interface FoundError {
  readonly failure: ImportFailure;
  /** It is about a record, and not about the connection. */
  readonly isRecord: boolean;
  readonly start: number;
  readonly end: number;
  /** How much of standard output came before it, in UTF-16 units and in bytes. */
  readonly outputAt: number;
  readonly outputBytes: number;
}

function errorsOf(text: string): FoundError[] {
  const found = [...text.matchAll(ERROR), ...text.matchAll(UNREADABLE)].sort((one, other) => one.index - other.index);
  const errors: FoundError[] = [];
  let end = 0;
  let outputAt = 0;
  let outputBytes = 0;
  let logLine = 1;
  for (const match of found) {
    if (match.index < end) continue;
    const before = text.slice(end, match.index);
    outputAt += before.length;
    outputBytes += utf8Length(before, before.length);
    logLine += lineEnds(before);
    const isUnreadable = match[0].startsWith("ldapmodify:") || match[0].startsWith("ldapadd:");
    const failure = isUnreadable ? unreadable(match, logLine) : refused(match, logLine);
    const isRecord = isUnreadable || CHANGES[match[1]!] !== undefined;
    errors.push({ failure, isRecord, start: match.index, end: match.index + match[0].length, outputAt, outputBytes });
    logLine += lineEnds(match[0]);
    end = match.index + match[0].length;
  }
  return errors;
}

function refused([, operation, words, code, more]: RegExpExecArray, logLine: number): ImportFailure {
  const details = oneLine(...more!.split("\n").map((line) => line.replace(/^\tadditional info: /, "")));
  const server = readServerWords(details);
  return {
    tool: "ldapmodify",
    logLine,
    change: CHANGES[operation!],
    code: apiCode(Number(code)),
    windowsError: server.windowsError,
    attribute: server.attribute,
    text: oneLine(`${words} (${code})`, details),
  };
}

function unreadable([all, , line, dn]: RegExpExecArray, logLine: number): ImportFailure {
  return {
    tool: "ldapmodify",
    logLine,
    line: Number(line),
    ...(dn !== undefined && dn !== "" && { dn }),
    code: apiCode(-9),
    text: oneLine(all.replace(/^ldap(?:modify|add): +/, "")),
  };
}

function withoutErrors(text: string, errors: readonly FoundError[]): string {
  let output = "";
  let from = 0;
  for (const { start, end } of errors) {
    output += text.slice(from, start);
    from = end;
  }
  return output + text.slice(from);
}

/** The records of the output, and by the place where each one's line ends its index: an error there is the record's. */
function attemptsOf(output: string): { attempts: ImportAttempt[]; starts: Map<number, number> } {
  const attempts: ImportAttempt[] = [];
  const starts = new Map<number, number>();
  let at = 0;
  for (const line of output.split("\n")) {
    at += line.length + 1;
    const match = ATTEMPT.exec(line);
    if (match === null) {
      // "	new RDN: ..." of -v comes between a rename and its error.
      const last = attempts.length - 1;
      if (/^\t(?:new RDN|new parent|new superior)/.test(line) && starts.get(at - line.length - 1) === last)
        starts.set(at, last);
      continue;
    }
    starts.set(at, attempts.length);
    attempts.push({ dn: match[3]!, change: CHANGES[match[2]!] });
  }
  return { attempts, starts };
}

/** Reads the file that `ldapmodify -c -S FILE` writes: the refused records, each below a comment with the error. */
export function readSkipFile(text: string): ImportLog {
  const failures: ImportFailure[] = [];
  for (const record of readLdif(text)) {
    if (!(record instanceof LdifChange || record instanceof LdifEntry)) continue;
    const head = record.text.slice(0, record.dn.start);
    const match = SKIPPED.exec(head);
    if (match === null) continue;
    const [, words, code, details = ""] = match;
    const { windowsError, attribute } = readServerWords(details);
    failures.push({
      tool: "ldapmodify",
      logLine: record.firstLine + 1 + lineEnds(head.slice(0, match.index)),
      dn: record.dn.text,
      code: apiCode(Number(code)),
      windowsError,
      attribute,
      text: oneLine(`${words}(${code})`, details.replace(/^additional info: /, "")),
    });
  }
  return { ...emptyLog("ldapmodify"), failures, isSkipFile: true };
}

/** Nothing else stands in it but LDIF. */
export function isSkipFile(text: string): boolean {
  return SKIPPED.test(text) && /^dn:/im.test(text);
}
