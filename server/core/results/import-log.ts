import type { ChangeType } from "../ldif/change-record.ts";

/** The programs whose words about an import are read. */
export type ImportTool = "ldifde" | "ldapmodify" | "ldbmodify";

/** One record that was refused, as far as the log says which. */
export interface ImportFailure {
  readonly tool: ImportTool;
  /** The line of the log where it is told, counted from 1. */
  readonly logLine: number;
  /** A line of the modify file, counted from 1: the record's first one, one in it, or the blank one behind it. */
  readonly line?: number | undefined;
  readonly dn?: string | undefined;
  /** What the tool was about to do with the entry. */
  readonly change?: ChangeType | undefined;
  /** The LDAP result code, or the client's own code from 81 on; `undefined` where nothing tells it. */
  readonly code?: number | undefined;
  /** The number of the Windows error that Active Directory gives with it. */
  readonly windowsError?: number | undefined;
  /** The attribute that the server names. */
  readonly attribute?: string | undefined;
  /** What tool and server say, in one line of at most {@link LONGEST_TEXT} UTF-16 units. */
  readonly text: string;
}

/** A record that the tool says it has sent to the directory. */
export interface ImportAttempt {
  readonly dn: string;
  readonly change: ChangeType | undefined;
  /** Its place among the records of the modify file, from 0, where the tool numbers them. */
  readonly index?: number | undefined;
  /** Told in so many words; `undefined` where it follows from the failures. */
  readonly isApplied?: boolean | undefined;
  /** The failure that belongs to it, as an index into {@link ImportLog.failures}, where the log's order tells. */
  readonly failure?: number | undefined;
}

/** What the log of an import says. */
export interface ImportLog {
  readonly tool: ImportTool;
  /** The name of the modify file, path and all, as the log has it. */
  readonly modifyFile?: string | undefined;
  readonly failures: readonly ImportFailure[];
  /** Empty where the tool does not name them. */
  readonly attempts: readonly ImportAttempt[];
  /** How many records the tool says it has applied. */
  readonly applied?: number | undefined;
  /** Of ldapmodify: each failure stands where it came, behind its record. Output that goes to a file is not in this order. */
  readonly isInOrder: boolean;
  /** Nothing was to be changed: ldapmodify -n. */
  readonly isRehearsal: boolean;
  /** The file of `ldapmodify -S`: the refused records and nothing else. */
  readonly isSkipFile: boolean;
  /** What ended the import, or kept it from beginning, and is about no record: the connection, the account. */
  readonly trouble?: ImportFailure | undefined;
}

/** More than this no server says about one record, and a message shows it whole. */
export const LONGEST_TEXT = 2000;

/** The words of a log in one line. */
export function oneLine(...lines: readonly string[]): string {
  const text = lines
    .map((line) => line.replace(/[\0\s]+/g, " ").trim())
    .filter((line) => line !== "")
    .join(" ");
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 3)}...`;
}

/** A log without any failure and attempt, for a reader to build on. */
export function emptyLog(tool: ImportTool): ImportLog {
  return { tool, failures: [], attempts: [], isInOrder: true, isRehearsal: false, isSkipFile: false };
}
