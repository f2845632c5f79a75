import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { LdifEntry, type LdifRecord } from "../../server/core/ldif/record.ts";
import { rereadLdif } from "../../server/core/ldif/reread.ts";
import fc from "../property.ts";

/** Small exports of one kind each, of several blocks. */
const ENTRY = "dn: CN=N,DC=x\nobjectClass: user\nmail: n@contoso.com\ndescription: folded\n  value\n\n";
const FILES = [
  ENTRY.repeat(6),
  ENTRY.replaceAll("\n", "\r\n").repeat(6),
  ENTRY.replace("objectClass", "changetype: add\nobjectClass").repeat(5),
  `# comment\n\n${ENTRY}# between\n${ENTRY}dn: CN=a\ncn: a\n \ndn: CN=b\ncn: b\n\n\n\n${ENTRY}cn: orphan\n\n${ENTRY.trimEnd()}`,
];

const piece = fc.oneof(
  fc.constantFrom(
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\n ",
    "x",
    ":",
    "dn: CN=z\n",
    "\n\ndn: CN=z\ncn: z\n\n",
    ENTRY,
    "é",
    "-\n",
    "#",
    "\r",
  ),
  fc.constantFrom("version: 1\n", "changetype: modify\n", "changetype: add\n", ""),
);
const edits = fc.array(fc.record({ at: fc.nat(1000), length: fc.nat(40), piece }), { minLength: 1, maxLength: 12 });

function shown(record: LdifRecord): unknown {
  const { text, start, firstLine, problems, isChange, valueCount } = record;
  const lines = record instanceof LdifEntry ? record.lines.map((line) => [line.description, line.text, line.span]) : [];
  return { text, start, firstLine, isChange, valueCount, lines, problems: problems.map(({ id, span }) => [id, span]) };
}

describe("Reading again after an edit", () => {
  test("gives the records of a fresh reading, after any edits", () => {
    let reread = 0;
    fc.assert(
      fc.property(fc.constantFrom(...FILES), edits, (file, list) => {
        let text = file;
        let records: LdifRecord[] = readLdif(text);
        for (const { at, length, piece } of list) {
          const start = at % (text.length + 1);
          const oldEnd = Math.min(text.length, start + length);
          text = text.slice(0, start) + piece + text.slice(oldEnd);
          const fresh = readLdif(text);
          const again = rereadLdif(records, text, { start, oldEnd, newEnd: start + piece.length });
          if (again !== undefined) {
            reread++;
            assert.deepEqual(again.map(shown), fresh.map(shown));
          }
          records = again ?? fresh;
        }
      }),
      { numRuns: 3000 },
    );
    assert.ok(reread > 5000, `only ${reread} edits were read in part`);
  });

  test("keeps the records elsewhere", () => {
    const text = ENTRY.repeat(100);
    const records = readLdif(text);
    const at = text.length / 2;
    const again = rereadLdif(records, `${text.slice(0, at)}x${text.slice(at)}`, {
      start: at,
      oldEnd: at,
      newEnd: at + 1,
    });
    const kept = records.filter((record, index) => record.entry?.dn === again?.[index]?.entry?.dn);
    assert.ok(kept.length > 95);
  });
});
