import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LDP_BLOCKS } from "../../server/core/ldp/blocks.ts";
import { LdpReader, readLdp } from "../../server/core/ldp/reader.ts";
import { LdpEntry, type LdpRecord } from "../../server/core/ldp/record.ts";
import type { LdpValue } from "../../server/core/ldp/value.ts";
import { Piece } from "../../server/core/text/piece-list.ts";
import { PiecedText } from "../../server/core/text/pieced-text.ts";
import { countLineEnds, positionAt } from "../../server/core/text/position.ts";
import fc from "../property.ts";
import { turn } from "../turn.ts";
import { damaged, PIECES } from "./damaged-file.ts";
import { PANES } from "./ldp-panes.ts";

const damagedPane = damaged(PANES, PIECES);
const cuts = fc.array(fc.nat(1000), { maxLength: 12 });

function readInChunks(text: string, cuts: readonly number[], longest?: number): LdpRecord[] {
  const records: LdpRecord[] = [];
  const reader = new LdpReader((record) => records.push(record), longest);
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (let n = 1; n < places.length; n++) reader.push(text.slice(places[n - 1], places[n]));
  reader.end();
  return records;
}

function valuesOf(record: LdpRecord): readonly LdpValue[] {
  if (!(record instanceof LdpEntry)) return [];
  return [record.dn, ...[...record.attributeTypes()].flatMap((type) => record.values(type))] as LdpValue[];
}

/** All that a record says, to compare two readings of it. */
function shown(record: LdpRecord) {
  const { text, start, firstLine, problems } = record;
  const values = valuesOf(record).map(({ description, text, span }) => [description, text, span]);
  return { text, start, firstLine, problems, values };
}

function checkRecords(text: string, records: readonly LdpRecord[]): void {
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
    for (const value of valuesOf(record)) checkValue(record, value);
  }
}

function checkValue({ text }: LdpRecord, value: LdpValue): void {
  const source = text.slice(value.span.start, value.span.end);
  assert.equal(value.source, source);
  if (!value.isEncoded) assert.equal(value.text, source);
}

describe("The reader of ldp's details pane, for any input", () => {
  test("never throws; records put together are the file; chunks do not matter; spans lead to the values", () => {
    fc.assert(
      fc.property(damagedPane, cuts, fc.nat(60), fc.nat(60), (text, places, i, j) => {
        const whole = readLdp(text);
        checkRecords(text, whole);
        assert.deepEqual(readInChunks(text, places).map(shown), whole.map(shown));
        for (const record of whole) {
          for (const value of valuesOf(record).filter(({ isEncoded }) => !isEncoded)) {
            const [from, to] = [Math.min(i, j), Math.max(i, j)];
            const span = value.slice(from, to);
            assert.equal(record.text.slice(span.start, span.end), value.text.slice(from, to));
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });

  test("where entries are too long, chunks do not matter either", () => {
    fc.assert(
      fc.property(damagedPane, cuts, fc.constantFrom(20, 60, 200), (text, places, longest) => {
        assert.deepEqual(readInChunks(text, places, longest).map(shown), readInChunks(text, [], longest).map(shown));
      }),
      { numRuns: 3000 },
    );
  });

  test("one character at a time", () => {
    for (const pane of PANES) {
      const everywhere = [...pane].map((_, at) => at);
      assert.deepEqual(readInChunks(pane, everywhere).map(shown), readLdp(pane).map(shown));
    }
  });

  test("read piece by piece it is the same, but for what the whole file shows", () => {
    fc.assert(
      fc.property(damagedPane, (text) => {
        let start = 0;
        let line = 0;
        const pieces = LDP_BLOCKS.cut(text).flatMap((piece) => {
          const records = LDP_BLOCKS.read(piece).records.map((record) => {
            const one = shown(record as LdpRecord);
            return { ...one, start: start + one.start, firstLine: line + one.firstLine };
          });
          start += piece.length;
          line += countLineEnds(piece);
          return records;
        });
        assert.deepEqual(
          pieces,
          readLdp(text)
            .map(shown)
            .filter((one) => one.text !== ""),
        );
      }),
      { numRuns: 5000 },
    );
  });

  test("edited in pieces, its pieces are those of a fresh cut", () => {
    const edit = fc.record({
      from: fc.nat(900),
      length: fc.nat(30),
      text: fc.constantFrom("", "\n", "D", "Dn: ", "x", ">> ", "\r\n", PANES[1]!),
    });
    fc.assert(
      fc.property(damagedPane, fc.array(edit, { minLength: 1, maxLength: 8 }), (pane, edits) => {
        let text = pane;
        const pieced = new PiecedText(text, LDP_BLOCKS, (piece) => new Piece(piece));
        for (const { from, length, text: inserted } of edits) {
          const [start, end] = [positionAt(text, from), positionAt(text, from + length)];
          pieced.update([{ range: { start, end }, text: inserted }]);
          text = pieced.text();
          assert.deepEqual(
            Array.from(pieced.pieces, (piece) => piece.text),
            LDP_BLOCKS.cut(text),
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("comes to an end on what is long in an unusual way", { timeout: 60_000 }, async () => {
    const dn = "Dn: CN=a,DC=x\n";
    const texts = [
      "Dn:".repeat(300_000),
      `${" ".repeat(1_000_000)}Dn: CN=a\n`,
      dn.repeat(50_000),
      `${dn}description: ${"a\n".repeat(200_000)}`,
      `${dn}otherTelephone (9999): ${"1;\n".repeat(200_000)}`,
      `${dn}cn: a${"; ".repeat(300_000)}`,
      `${dn}cn: a${" ".repeat(500_000)}; b\n`,
      `${dn}cn (2): smtp:a${"; x".repeat(200_000)};\n`,
      `${dn}cn: a;${" ;\t".repeat(200_000)}x\n`,
      "Error: ".repeat(200_000),
    ];
    for (const text of texts) {
      checkRecords(text, readLdp(text));
      await turn();
    }
  });

  test("texts that have nothing to do with ldp", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => checkRecords(text, readLdp(text))));
  });
});
