import type { SourceRecord } from "../core/index.ts";
import type { ExportFile } from "../node/index.ts";

/** The records of an export, as many at once as one read makes whole, so that whoever takes them can keep the file waiting. */
export async function* recordsByChunk(file: ExportFile): AsyncIterable<readonly SourceRecord[]> {
  let records: SourceRecord[] = [];
  const reader = (await file.format()).reader((record) => records.push(record));
  for await (const chunk of file.chunks()) {
    reader.push(chunk);
    yield records;
    records = [];
  }
  reader.end();
  yield records;
}
