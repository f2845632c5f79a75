import { CsvEntry } from "../csv/row.ts";
import { LdifEntry } from "../ldif/record.ts";
import type { LineStyle } from "../ldif/writer.ts";
import { LdpEntry } from "../ldp/record.ts";
import type { ValueChange } from "../model/edited-entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { editCsv } from "./csv-edit.ts";
import { editLdif } from "./ldif-edit.ts";
import { editLdp } from "./ldp-edit.ts";
import type { TextChange } from "./text-change.ts";

/**
 * Writes changes of a record's entry as changes of the record's text, in the way of its format. `style` is that of the file's lines.
 * `undefined` where the format has no place for them.
 */
export function editRecord(
  record: SourceRecord,
  changes: readonly ValueChange[],
  style: LineStyle,
): TextChange[] | undefined {
  if (record instanceof LdifEntry) return editLdif(record, changes, style);
  if (record instanceof LdpEntry) return editLdp(record, changes);
  return record instanceof CsvEntry ? editCsv(record, changes) : undefined;
}
