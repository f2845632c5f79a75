import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LDIF_BLOCKS } from "../../server/core/ldif/blocks.ts";
import type { LdifLine } from "../../server/core/ldif/line.ts";
import { LdifReader, readLdif } from "../../server/core/ldif/reader.ts";
import { LdifChange, LdifEntry, type LdifRecord } from "../../server/core/ldif/record.ts";
import { countLineEnds } from "../../server/core/text/position.ts";
import fc from "../property.ts";
import { turn } from "../turn.ts";
import { damagedFile, FILES } from "./damaged-file.ts";

function readInChunks(text: string, cuts: readonly number[]): LdifRecord[] {
  const records: LdifRecord[] = [];
  const reader = new LdifReader((record) => records.push(record));
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (let n = 1; n < places.length; n++) reader.push(text.slice(places[n - 1], places[n]));
  reader.end();
  return records;
}

function allLines(record: LdifRecord): readonly LdifLine[] {
  if (record instanceof LdifEntry) return [record.dn, ...record.lines];
  if (record instanceof LdifChange) return [record.dn, ...record.change.modSpecs.flatMap(({ values }) => values)];
  return [];
}

/** All that a record says, to compare two readings of it. */
function shown(record: LdifRecord) {
  const { text, start, firstLine, problems, isChange } = record;
  const lines = allLines(record).map(({ description, text, span, next }) => [description, text, span, next]);
  return { text, start, firstLine, problems, isChange, lines };
}

/** The records of a file that is read block by block, as the editor does it, in the places that they have in the file. */
function shownInBlocks(text: string) {
  let start = 0;
  let line = 0;
  return LDIF_BLOCKS.cut(text).flatMap((block) => {
    const records = LDIF_BLOCKS.read(block).records.map((record) => {
      const one = shown(record as LdifRecord);
      return { ...one, start: start + one.start, firstLine: line + one.firstLine };
    });
    start += block.length;
    line += countLineEnds(block);
    return records;
  });
}

/** Problems that only the file as a whole shows; the editor adds them when all blocks are read. */
const OF_THE_FILE: readonly string[] = [
  "ldif-content-and-changes-mixed",
  "ldif-no-final-line-end",
  "ldif-version-repeated",
];

/** RFC 2849, note 2; tabs as the reader takes them. Written once more, so that the reader cannot be its own witness. */
function unfolded(source: string): string {
  return source.split(/\r?\n[ \t]/).join("");
}

function checkRecords(text: string, records: readonly LdifRecord[]): void {
  assert.equal(records.map((record) => record.text).join(""), text);
  let start = 0;
  let line = 0;
  for (const record of records) {
    assert.equal(record.start, record.text === "" ? 0 : start);
    assert.equal(record.firstLine, record.text === "" ? 0 : line);
    start += record.text.length;
    // No record begins within a line end.
    line += record.text.split(/\r\n|\n|\r/).length - 1;
    for (const { id, span } of record.problems) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= record.text.length, id);
    }
    for (const one of allLines(record)) checkLine(record, one);
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function checkLine(record: LdifRecord, line: LdifLine): void {
  const source = unfolded(record.text.slice(line.span.start, line.span.end));
  if (line.valueSpec !== "base64") assert.equal(line.text, source);
  else if (BASE64.test(source)) {
    const bytes = Buffer.from(source, "base64");
    assert.equal(line.binary, !bytes.equals(Buffer.from(bytes.toString("utf8"))));
    if (!line.binary) assert.equal(line.text, bytes.toString("utf8"));
  }
}

/** The parts of a value, each with its source, for the ends `i` and `j`. */
function checkSlice(record: LdifRecord, line: LdifLine, i: number, j: number): void {
  const [from, to] = [Math.min(i, j), Math.max(i, j)].map((end) => end % (line.text.length + 1)) as [number, number];
  if (from > to) return;
  const span = line.slice(from, to);
  assert.ok(line.span.start <= span.start && span.start <= span.end && span.end <= line.span.end);
  const source = record.text.slice(span.start, span.end);
  if (line.valueSpec !== "base64") {
    assert.equal(unfolded(source), line.text.slice(from, to));
    if (from < to) assert.doesNotMatch(source, /^\r?\n[ \t]|\n[ \t]$/, "A part begins or ends with a fold");
  } else if (!line.binary && from < to && BASE64.test(unfolded(line.source)))
    assert.equal(unfolded(source), sextetsOf(line, from, to));
}

/** The base64 characters that hold a bit of the units `from` to `to`, found one by one. */
function sextetsOf(line: LdifLine, from: number, to: number): string {
  const bytes = (end: number) => Buffer.from(line.text.slice(0, end)).length;
  const [first, last] = [bytes(from) * 8, bytes(to) * 8];
  return [...unfolded(line.source)].filter((_, at) => at * 6 + 6 > first && at * 6 < last).join("");
}

/** Texts that a damaged file once was, and on which the reader failed. */
const ONCE_FAILED = ["dn:\n#\n\t x\ndn: CN=x\ncn: x\n"];

describe("The reader, for any input", () => {
  test("what once failed", () => {
    for (const text of ONCE_FAILED) checkRecords(text, readLdif(text));
  });

  const cuts = fc.array(fc.nat(1000), { maxLength: 12 });

  test("comes to an end on what is long in an unusual way", { timeout: 60_000 }, async () => {
    const texts = [
      "no colon at all,\n".repeat(60_000),
      " \n".repeat(200_000),
      `dn: CN=a\ncn: a\n${" \n".repeat(100_000)}x`,
      `dn: CN=a\ncn: ${"a\n\tb".repeat(150_000)}\n# c\ndn: CN=b\ncn: b\n`,
      `dn: CN=a\n${"member: CN=\u00e9\n".repeat(60_000)}`,
      "dn: CN=a\ncn: a\n".repeat(30_000),
    ];
    for (const text of texts) {
      checkRecords(text, readLdif(text));
      await turn();
    }
  });

  test("never throws; records put together are the file; chunks do not matter; spans lead to the values", () => {
    fc.assert(
      fc.property(damagedFile, cuts, fc.nat(100), fc.nat(100), (text, places, i, j) => {
        const whole = readLdif(text);
        checkRecords(text, whole);
        assert.deepEqual(readInChunks(text, places).map(shown), whole.map(shown));
        const record = whole[i % Math.max(whole.length, 1)];
        const lines = record === undefined ? [] : allLines(record);
        const line = lines[j % Math.max(lines.length, 1)];
        // A cut between two halves of a character has no place in UTF-8; rules never make one.
        if (record !== undefined && line !== undefined && !/[\ud800-\udfff]/.test(line.text))
          checkSlice(record, line, i, j);
      }),
      { numRuns: 20_000 },
    );
  });

  test("read block by block it is the same, but for what the whole file shows", () => {
    const isOfRecord = ({ id }: { readonly id: string }) => !OF_THE_FILE.includes(id);
    fc.assert(
      fc.property(damagedFile, (text) => {
        // What is empty stands for a file without any entry.
        const whole = readLdif(text).filter((record) => record.text !== "");
        assert.deepEqual(
          shownInBlocks(text),
          whole.map(shown).map((one) => ({ ...one, problems: one.problems.filter(isOfRecord) })),
        );
      }),
      { numRuns: 5000 },
    );
  });

  test("every cut into two chunks", () => {
    for (const file of FILES) {
      const whole = readLdif(file).map(shown);
      for (let at = 0; at <= file.length; at++) assert.deepEqual(readInChunks(file, [at]).map(shown), whole);
    }
  });

  test("one character at a time", () => {
    for (const file of FILES) {
      const everywhere = [...file].map((_, at) => at);
      assert.deepEqual(readInChunks(file, everywhere).map(shown), readLdif(file).map(shown));
    }
  });

  test("every part of every value", () => {
    for (const record of FILES.flatMap(readLdif)) {
      for (const line of allLines(record)) {
        for (let from = 0; from <= line.text.length; from++) {
          for (let to = from; to <= line.text.length; to++) {
            if (!cutsCharacter(line.text, from) && !cutsCharacter(line.text, to)) checkSlice(record, line, from, to);
          }
        }
      }
    }
  });

  test("texts that have nothing to do with LDIF", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => checkRecords(text, readLdif(text))));
  });
});

function cutsCharacter(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1)) && at > 0;
}
