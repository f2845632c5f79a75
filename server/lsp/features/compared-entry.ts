import { describeEntry, dnKey, type EntryRecord, recordDn, type SourceRecord } from "../../core/index.ts";
import { CHUNK } from "../analysis.ts";
import type { Context } from "../context.ts";
import { recordAt } from "../placed-records.ts";
import type { ComparedEntry, ComparedEntryParams } from "../protocol.ts";
import { inSlices } from "../slices.ts";
import { formatFor } from "./modify-file.ts";

/** The request `syncready/comparedEntry`. */
export async function comparedEntry(
  context: Context,
  { uri, position }: ComparedEntryParams,
): Promise<ComparedEntry | undefined> {
  const document = context.exports.document(uri);
  const record = document && recordAt(document, position)?.record;
  const original = await context.originals.text(uri);
  if (original === undefined) return undefined;
  const dn = record && recordDn(record)?.text;
  if (record === undefined || dn === undefined) return { original: "", now: "" };
  const before = await inSlices(sameIn(original, uri, record, dn));
  return { dn, original: before === undefined ? "" : describeEntry(before), now: describeEntry(record) };
}

/** The same object in the original: that of the same objectGUID, which a rename leaves alone, or else that of the same DN. */
function* sameIn(
  original: string,
  uri: string,
  { entry }: SourceRecord,
  dn: string,
): Generator<undefined, SourceRecord | undefined> {
  const key = dnKey(dn);
  const guid = entry && guidOf(entry);
  let byDn: SourceRecord | undefined;
  let byGuid: SourceRecord | undefined;
  const reader = formatFor(uri, original).reader((record) => {
    const own = record.entry && guidOf(record.entry);
    if (own !== undefined && own === guid) byGuid ??= record;
    const name = recordDn(record)?.text;
    // Another object may have taken the name since.
    if (name === undefined || (guid !== undefined && own !== undefined && own !== guid)) return;
    if (byDn === undefined && dnKey(name) === key) byDn = record;
  });
  for (let at = 0; at < original.length && byGuid === undefined; at += CHUNK) {
    if (guid === undefined && byDn !== undefined) break;
    reader.push(original.slice(at, at + CHUNK));
    yield;
  }
  if (byGuid === undefined) reader.end();
  return byGuid ?? byDn;
}

/** What tells an object from all others, as its format writes it. */
function guidOf(entry: EntryRecord): string | undefined {
  const [value] = entry.values("objectGUID");
  if (value === undefined) return undefined;
  return value.binary ? value.base64 : value.text.toLowerCase();
}
