import { countRecords, describeModifyFile } from "../../core/index.ts";
import type { Context } from "../context.ts";
import { type ModifyFilePreview, SHOW_TEXT } from "../protocol.ts";
import { plannedChanges, provenFiles, tellNothing } from "./modify-file.ts";

/** The command `syncready.previewModifyFile`: shows what would be written, and writes nothing. */
export async function previewModifyFile(context: Context, uri: string): Promise<ModifyFilePreview | undefined> {
  const planned = await plannedChanges(context, uri);
  if (planned === undefined) return undefined;
  const { records, refusals } = planned;
  if (records.length === 0 && refusals.length === 0) {
    tellNothing(context, uri, planned);
    return undefined;
  }
  const proven = provenFiles(context, uri, records);
  if (proven === undefined) return undefined;
  const { files, names } = proven;
  const text = describeModifyFile(files, refusals);
  if (context.client.options.showsText === true) {
    await context.connection.sendNotification(SHOW_TEXT, { title: `Preview of ${names.modify}`, text, uri });
  }
  return { text, counts: countRecords(records, refusals), refusals };
}
