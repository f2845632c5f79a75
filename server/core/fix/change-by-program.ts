import type { AttributeValue } from "../model/entry.ts";

/** As a spreadsheet writes a number of more digits than it shows. */
export const ROUNDED = /^\d(?:[.,]\d+)?E\+\d+$/;

/**
 * Why new values of a table are what a program has made of the old ones, and nobody's wish; `undefined` where that does not show.
 * Export-Csv of Windows PowerShell writes question marks for letters that are not ASCII, and spreadsheets rewrite what looks like a number.
 */
export function whyChangedByProgram(
  removed: readonly AttributeValue[],
  added: readonly AttributeValue[],
): string | undefined {
  for (const { text } of added) {
    if (ROUNDED.test(text)) return `would get ${text}, a number that a spreadsheet has rounded`;
    for (const { text: before } of removed) {
      if (isWithoutLetters(text, before)) {
        return "would get question marks in the place of letters: a program has written them that knows ASCII only";
      }
      if (/^0\d*$/.test(before) && before.replace(/^0+/, "") === text) {
        return "would lose its leading zeros: a spreadsheet takes them for nothing";
      }
      if (/^(?:TRUE|FALSE)$/.test(before) && !/^(?:TRUE|FALSE)$/.test(text)) {
        return "is TRUE or FALSE in a directory, and a spreadsheet writes these words in its own language";
      }
    }
  }
  return undefined;
}

/** Whether one text is the other with a question mark for each letter, or each of its UTF-16 units, that is not ASCII. */
function isWithoutLetters(text: string, before: string): boolean {
  if (!text.includes("?") || !/[^\x00-\x7f]/.test(before)) return false;
  return text === before.replace(/[^\x00-\x7f]/gu, "?") || text === before.replace(/[^\x00-\x7f]/g, "?");
}
