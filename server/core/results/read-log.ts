import type { ImportLog } from "./import-log.ts";
import { isLdapmodifyLog, isSkipFile, readLdapmodifyLog, readSkipFile } from "./ldapmodify-log.ts";
import { isLdbmodifyLog, readLdbmodifyLog } from "./ldbmodify-log.ts";
import { isLdifdeLog, readLdifdeLog } from "./ldifde-log.ts";

/** A longer line of a log holds nothing that anybody looks for: DNs end at some thousand characters. */
const LONGEST_LINE = 10_000;

/**
 * Reads the log of an import, whichever of the tools has written it: what stands in it tells. `undefined` where it is the log of none. Never
 * throws, and takes linear time on any text.
 */
export function readImportLog(text: string): ImportLog | undefined {
  if (isSkipFile(text)) return readSkipFile(text);
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.slice(0, LONGEST_LINE).trimEnd());
  if (isLdbmodifyLog(lines)) return readLdbmodifyLog(lines);
  if (isLdapmodifyLog(text)) return readLdapmodifyLog(text);
  return isLdifdeLog(text, lines) ? readLdifdeLog(lines) : undefined;
}
