import assert from "node:assert/strict";
import { hashDn, hashKey } from "../../server/core/engine/key-hash.ts";
import {
  Checker,
  DEFAULT_SETTINGS,
  type Entry,
  type ExportFormat,
  RULES,
  ScannedEntry,
  type SourceRecord,
  scanPlan,
} from "../../server/core/index.ts";
import type { EncodingFacts } from "../../server/node/decode.ts";
import { ExportScanner } from "../../server/node/export-scanner.ts";
import { RecordScan } from "../../server/node/scan-records.ts";

const checker = new Checker(RULES, DEFAULT_SETTINGS);
export const plan = scanPlan(checker);

/** The whole memory for every reading would take longer than all readings. Its window is cut to size for each. */
export const whole = new ExportScanner(plan);

/** A scanner that has only so many bytes of room, so that nearly any record may be too long for it. */
export const narrow = new ExportScanner(plan, 64);

/** What the scanner says of an entry is what the entry itself says. */
function checkScanned(entry: ScannedEntry): void {
  const own = entry.detached();
  assert.equal(entry.dn.text, own.dn.text);
  assert.deepEqual(entry.dn.span, own.dn.span);
  assert.equal(entry.valueCount, own.valueCount);
  assert.equal(entry.isChange, own.isChange);
  assert.equal(entry.objectType, own.objectType);
  for (const type of plan.numbers.types) {
    const shown = (one: Entry) =>
      one.values(type).map(({ text, description, span, isEncoded }) => ({ text, description, span, isEncoded }));
    assert.deepEqual(shown(entry), shown(own), type);
  }
  const hashes: string[] = [];
  if (entry.visitKeys((space, one, other) => hashes.push(`${space} ${one} ${other}`))) {
    const expected = checker.heldKeys(own).map(({ keySpace, key }) => {
      const space = checker.keySpaces.findIndex((one) => one.keySpace === keySpace);
      const { one, other } = hashKey(space, key);
      return `${space} ${one} ${other}`;
    });
    assert.deepEqual(hashes.sort(), expected.sort());
  }
  const references: number[] = [];
  if (entry.visitReferences((hash) => references.push(hash))) {
    const expected = ["manager", "managedBy", "member"].flatMap((type) =>
      own.values(type).map(({ text }) => hashDn(text)),
    );
    const named = (hashes: readonly number[]) => hashes.filter((hash) => hash !== hashDn("")).sort();
    assert.deepEqual(named(references), named(expected));
  }
}

interface Seen {
  readonly scanned: number;
  readonly records: readonly unknown[];
}

function shown({ text, start, firstLine, problems, isChange, valueCount, entry }: SourceRecord) {
  return { text, start, firstLine, problems: [...problems], isChange, valueCount, dn: entry?.dn.text };
}

/** Scans a file whose bytes come in pieces. What is scanned of an entry is held against what is read of it. */
export function scan(
  scanner: ExportScanner,
  format: ExportFormat,
  bytes: Uint8Array,
  facts: EncodingFacts,
  cuts: readonly number[],
): Seen {
  const records: unknown[] = [];
  let scanned = 0;
  const record = (one: SourceRecord) => {
    records.push(shown(one));
    if (!(one instanceof ScannedEntry)) return;
    scanned++;
    checkScanned(one);
  };
  const reading = new RecordScan(scanner, format.scan!, facts, { record });
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let n = 1; n < places.length; n++) reading.push(bytes.subarray(places[n - 1], places[n]));
  reading.end();
  return { records, scanned };
}

/** What the reader alone makes of a text. */
export function read(format: ExportFormat, text: string): unknown[] {
  const records: unknown[] = [];
  const reader = format.reader((record) => records.push(shown(record)));
  reader.push(text);
  reader.end();
  return records;
}
