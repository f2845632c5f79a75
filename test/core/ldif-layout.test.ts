import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { styleOf } from "../../server/core/fix/ldif-edit.ts";
import { type Layout, layOut, layoutStyle } from "../../server/core/fix/ldif-layout.ts";
import { applyChanges } from "../../server/core/fix/text-change.ts";
import { LDIF_BLOCKS } from "../../server/core/ldif/blocks.ts";
import { type LdifLine, unfold } from "../../server/core/ldif/line.ts";
import { logicalLines } from "../../server/core/ldif/logical-lines.ts";
import { UNTRUSTWORTHY } from "../../server/core/ldif/problem.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { LdifChange, LdifEntry, type LdifRecord } from "../../server/core/ldif/record.ts";
import fc from "../property.ts";
import { damagedFile, FILES } from "./damaged-file.ts";

const LAYOUTS: readonly Layout[] = ["fold", "unfold", "format"];

/** A file laid out block by block, as the editor does it. */
function laidOut(text: string, layout: Layout, style = styleOf(readLdif(text))): string {
  const blocks = LDIF_BLOCKS.cut(text);
  return blocks
    .map((block, index) => {
      const isLast = index === blocks.length - 1;
      return applyChanges(block, layOut({ text: block, isLast }, layout, layoutStyle(layout, style)));
    })
    .join("");
}

/** What the reader takes from a file, and its comments. */
function said(text: string) {
  const value = ({ description, text, base64, valueSpec }: LdifLine) => [description, valueSpec, text, base64];
  return {
    records: readLdif(text)
      .filter(({ text }) => !/^(?:\r?\n)*$/.test(text))
      .map((record) => {
        if (record instanceof LdifEntry) return [record.isChange, [record.dn, ...record.lines].map(value)];
        if (!(record instanceof LdifChange)) return [];
        const { type, modSpecs, rename } = record.change;
        const specs = modSpecs.map((spec) => [spec.type, spec.attribute, spec.values.map(value)]);
        const names = [rename?.newRdn, rename?.deleteOldRdn, rename?.newSuperior].map((line) => line && value(line));
        return [type, value(record.dn), specs, names];
      }),
    comments: text.match(/^#.*$/gm)?.map((comment) => comment.trimEnd()),
  };
}

describe("The lines of a record", () => {
  const linesIn = (record: LdifRecord) => [...logicalLines(record)];

  test("are the record, put together, whatever the text", () => {
    fc.assert(
      fc.property(damagedFile, (text) => {
        for (const record of readLdif(text)) {
          const lines = linesIn(record);
          assert.equal(lines.map(({ start, next }) => record.text.slice(start, next)).join(""), record.text);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("hold the values that the reader reads", () => {
    fc.assert(
      fc.property(damagedFile, (text) => {
        for (const record of readLdif(text)) {
          if (!(record instanceof LdifEntry)) continue;
          const places = new Map(linesIn(record).map(({ line }) => [line?.start, line]));
          for (const { start, text, end, description } of [record.dn, ...record.lines]) {
            const found = places.get(start);
            assert.deepEqual([found?.text, found?.end, found?.description], [text, end, description]);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("Laying out lines", () => {
  for (const layout of LAYOUTS) {
    test(`${layout} changes no value, no order and no comment, whatever the text`, () => {
      fc.assert(
        fc.property(damagedFile, (text) => assert.deepEqual(said(laidOut(text, layout)), said(text))),
        { numRuns: 2000 },
      );
    });

    test(`${layout} has nothing to do a second time`, () => {
      fc.assert(
        fc.property(damagedFile, (text) => {
          const once = laidOut(text, layout);
          assert.equal(laidOut(once, layout), once);
        }),
        { numRuns: 2000 },
      );
    });
  }

  test("unfolding and folding again to the width of a modify file gives the file that was folded so", () => {
    for (const file of FILES) {
      const folded = laidOut(file, "fold");
      assert.equal(laidOut(laidOut(folded, "unfold"), "fold", styleOf(readLdif(folded))), folded);
    }
  });

  test("a folded file has no line that is too long, and an unfolded one no fold", () => {
    const long = `dn: CN=Jane,DC=contoso,DC=com\ninfo: ${"abc ".repeat(60)}x\ncn:: ${"QUJD".repeat(50)}\ninfo: ${"😀".repeat(80)}\n`;
    const folded = laidOut(long, "fold");
    assert.ok(folded.split("\n").every(({ length }) => length <= 76));
    assert.equal(laidOut(folded, "unfold"), long);
    assert.ok(!/[\ud800-\udbff]\n/.test(folded));
  });

  test("what nobody can read with certainty is left as it is", () => {
    for (const block of ["cn:: %%%", "cn", "cn\u0000: x", "\tx", "-"]) {
      const text = `dn: CN=Jane,DC=contoso,DC=com\nsn:Doe\n${block}\n\n\n\ndn: CN=Joe,DC=contoso,DC=com\nsn:Doe\n`;
      assert.ok(
        readLdif(text).some(({ problems }) => problems.some(({ id }) => UNTRUSTWORTHY.has(id))),
        block,
      );
      assert.equal(
        laidOut(text, "format"),
        text.replace("Joe,DC=contoso,DC=com\nsn:Doe", "Joe,DC=contoso,DC=com\nsn: Doe"),
      );
    }
  });

  for (const [name, before, after] of [
    [
      "the blank behind a colon",
      "sn:Doe\ncn:   Jane\nc::RG9l\nurl:<file:x\n",
      "sn: Doe\ncn: Jane\nc:: RG9l\nurl:< file:x\n",
    ],
    ["values that end with a blank", "sn:Doe \n", "sn: Doe \n"],
    ["empty values", "sn: \ncn::  \n", "sn:\ncn::\n"],
    ["blanks behind base64", "sn:: RG9l  \n", "sn:: RG9l\n"],
    ["a last line without a line end", "sn: Doe", "sn: Doe\n"],
    ["blank lines at the end", "sn: Doe\n\n\n\n", "sn: Doe\n\n"],
    ["a value folded by hand in a file that is not folded", "sn: D\n oe\n", "sn: Doe\n"],
    ["comments", "# a  \n#  b\n c\nsn:Doe\n", "# a  \n#  b\n c\nsn: Doe\n"],
    ["CRLF", "sn:Doe\r\ncn: Ja\r\n ne\r\n\r\n\r\n", "sn: Doe\r\ncn: Jane\r\n\r\n"],
  ] as const) {
    test(`format: ${name}`, () => {
      const dn = `dn: CN=Jane,DC=contoso,DC=com${before.includes("\r") ? "\r\n" : "\n"}`;
      assert.equal(laidOut(dn + before, "format"), dn + after);
    });
  }

  test("format leaves one blank line between records, and none before the first", () => {
    const [one, other] = ["dn: CN=A,DC=x\nsn: A\n", "dn: CN=B,DC=x\nsn: B\n"];
    assert.equal(laidOut(`\n\n${one}\n\n\n# b\n${other}`, "format"), `${one}\n# b\n${other}`);
    assert.equal(laidOut(`${one}  \n${other}`, "format"), `${one}\n${other}`);
  });

  test("format closes mod-specs with a dash alone, and folds to the width of the file", () => {
    const dn = "dn: CN=Jane,DC=contoso,DC=com\r\nchangetype:modify\r\n";
    const long = `info: ${"x".repeat(70)}`;
    const before = `${dn}add:info\r\n${long}\r\n yyyy\r\n${long}z\r\n-  \r\n\r\n`;
    const after = `${dn.replace("type:", "type: ")}add: info\r\n${long}\r\n yyyy\r\n${long}\r\n z\r\n-\r\n\r\n`;
    assert.equal(laidOut(before, "format"), after);
  });

  test("ldifde's files keep their values on the next line", () => {
    const file = `dn: CN=Jane,DC=x\r\nchangetype: add\r\ninfo: \r\n ${"x".repeat(79)}\r\n ${"x".repeat(9)}\r\n\r\n`;
    assert.equal(laidOut(file, "format"), file);
    assert.equal(laidOut(file, "fold"), file);
  });

  test("only what is wanted is laid out", () => {
    const text = `dn: CN=Jane,DC=contoso,DC=com\nsn: D\n oe\ncn: J\n ane\n`;
    const at = text.indexOf("sn");
    const wanted = { start: at, end: at + 1 };
    const changes = layOut({ text, isLast: true, wanted }, "unfold", styleOf([]));
    assert.equal(applyChanges(text, changes), text.replace("D\n oe", "Doe"));
    assert.equal(unfold("D\n oe"), "Doe");
  });
});
