import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { csvBlocks } from "../../server/core/csv/blocks.ts";
import { csvHeader } from "../../server/core/csv/header.ts";
import { LDIF_BLOCKS } from "../../server/core/ldif/blocks.ts";
import { Piece } from "../../server/core/text/piece-list.ts";
import { type ContentChange, PiecedText } from "../../server/core/text/pieced-text.ts";
import fc from "../property.ts";

const ENTRY = "dn: CN=N,DC=x\nobjectClass: user\ndescription: folded\n  value\n\n";
const HEADER = "DN,cn,description\n";
const ROW = '"CN=N,DC=x",N,"two ""lines""\nof one field"\n';
const TEXTS = [
  "",
  "\n",
  "x",
  "\r\n\r\ndn: CN=a\r\n\r\n\r\n",
  ENTRY.repeat(600),
  ENTRY.replaceAll("\n", "\r\n").repeat(40),
  ENTRY.replaceAll("\n", "\r").repeat(5),
  `# comment\r\n\n${ENTRY}# a\r b\n${ENTRY}\n\n\n${ENTRY.trimEnd()}\r`,
  HEADER + ROW.repeat(300),
  HEADER + ROW.replaceAll("\n", "\r\n").repeat(40),
  `${HEADER}a,b,"${ROW}${ROW}${'x,"y"z,'.repeat(20)}\n"${"\n".repeat(1200)}"${ROW}`,
];

/** How texts are cut. */
const CUTTERS = { LDIF: LDIF_BLOCKS, CSV: csvBlocks(csvHeader(HEADER)!) };

/** What makes and unmakes lines and blocks. */
const text = fc.oneof(
  fc.constantFrom(
    "",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\n\r\n",
    "\r\r",
    "x",
    " ",
    "é😀",
    "\u2028",
    ENTRY,
    ENTRY.repeat(300),
    '"',
    '""',
    ',"',
    '",',
    '"\n',
    '"\r\n',
    ROW,
    ROW.repeat(300),
  ),
  fc.string({ maxLength: 5 }),
);
/** Places, most of them in the text, some of them behind its lines or before its beginning. */
const position = fc.record({ line: fc.integer({ min: -1, max: 60 }), character: fc.integer({ min: -2, max: 40 }) });
const length = fc.record({ lines: fc.constantFrom(0, 0, 0, 1, 2, 7, 4000), character: fc.nat(30) });
const change = fc.record({ scale: fc.constantFrom(1, 1, 50), position, length, text, isFull: fc.nat(60) });

function contentChange({
  scale,
  position,
  length,
  text,
  isFull,
}: typeof change extends fc.Arbitrary<infer T> ? T : never) {
  if (isFull === 0) return { text };
  const start = { line: position.line * scale, character: position.character };
  const end = {
    line: start.line + length.lines,
    character: length.lines > 0 ? length.character : start.character + length.character,
  };
  return { range: { start, end }, text };
}

/** A document that is made anew: one that is updated behind its end loses count of its lines. */
function updated(document: TextDocument, change: ContentChange): TextDocument {
  const text = TextDocument.update(document, [change as { text: string }], 1).getText();
  return TextDocument.create("untitled:a", "ldif", 0, text);
}

function piecesOf(pieced: PiecedText<Piece>): string[] {
  return Array.from(pieced.pieces, (piece) => piece.text);
}

describe("A text in pieces", () => {
  for (const [name, cutter] of Object.entries(CUTTERS))
    test(`of ${name} is after any changes what the editor's own text is, position by position`, () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...TEXTS),
          fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
          fc.array(fc.nat(2000), { minLength: 5, maxLength: 5 }),
          (before, updates, offsets) => {
            const pieced = new PiecedText(before, cutter, (piece) => new Piece(piece));
            let document = TextDocument.create("untitled:a", "ldif", 0, before);
            for (const update of updates) {
              const changes: ContentChange[] = update.map(contentChange);
              pieced.update(changes);
              for (const one of changes) document = updated(document, one);
              assert.equal(pieced.text(), document.getText());
              assert.equal(pieced.length, document.getText().length);
              assert.equal(pieced.pieces.lineEnds + 1, document.lineCount);
              for (const { range } of changes)
                if (range) assert.equal(pieced.offsetAt(range.start), document.offsetAt(range.start));
              for (const offset of offsets) assert.deepEqual(pieced.positionAt(offset), document.positionAt(offset));
              assert.equal(pieced.slice(offsets[0]!, offsets[1]!), document.getText().slice(offsets[0]!, offsets[1]!));
            }
            assert.deepEqual(piecesOf(pieced), cutter.cut(document.getText()));
          },
        ),
        { numRuns: 1500 },
      );
    });

  test("tells which pieces have come and gone, and keeps the others", () => {
    const pieced = new PiecedText(ENTRY.repeat(2000), LDIF_BLOCKS, (piece) => new Piece(piece));
    const held = new Set(pieced.pieces);
    const all = [...held];
    pieced.listen((removed, added) => {
      for (const piece of removed) assert.ok(held.delete(piece));
      for (const piece of added) held.add(piece);
    });
    for (let at = 0; at < 300; at++) {
      const line = (at * 7919) % 10_000;
      pieced.update([{ range: { start: { line, character: 2 }, end: { line, character: 3 } }, text: "\n\ndn: " }]);
    }
    assert.deepEqual(new Set(pieced.pieces), held);
    assert.ok(all.filter((piece) => held.has(piece)).length > 1600);
    for (const piece of all) assert.equal(pieced.pieces.has(piece), held.has(piece));
  });
});
