import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type ExportFormat,
  formatOf,
  LDIF_FORMAT,
  namedDn,
  PieceSearch,
  recordContent,
  recordDn,
  recordValues,
  referencesIn,
  textOfDn,
} from "../../server/core/index.ts";
import fc from "../property.ts";
import { entries, lineStyle, toExport } from "./arbitrary.ts";
import { tableOf } from "./csv-writer.ts";
import { damagedTable, TABLES } from "./damaged-file.ts";

const all = () => true;

/** Each looks for dozens of texts. */
const RUNS = { numRuns: 40 };

/** Fails where a search for a part of some value, in other capitals, passes over the piece in which the value stands. */
function expectFound({ blocks }: ExportFormat, text: string, from: number, length: number): void {
  for (const piece of blocks.cut(text)) {
    for (const record of blocks.read(piece).records) {
      const dn = recordDn(record);
      const values = [...(dn === undefined ? [] : [dn]), ...recordValues(record)];
      for (const value of values.filter(({ binary }) => !binary)) {
        const characters = Array.from(value.text);
        const part = characters.slice(from % characters.length, (from % characters.length) + length).join("");
        for (const wanted of [part, part.toLowerCase()]) {
          assert.ok(new PieceSearch([wanted], all).mayHold(piece), JSON.stringify({ wanted, piece }));
        }
      }
      if (dn !== undefined) assert.ok(new PieceSearch([textOfDn(dn.text)], all).mayHold(piece), dn.text);
    }
  }
}

describe("A search in pieces passes over none that holds the text", () => {
  const part = [fc.nat(40), fc.integer({ min: 1, max: 12 })] as const;

  test("in LDIF, however it is folded and encoded", () => {
    fc.assert(
      fc.property(entries, lineStyle, ...part, (generated, style, from, length) =>
        expectFound(LDIF_FORMAT, toExport(generated, style), from, length),
      ),
      RUNS,
    );
  });

  for (const writer of ["csvde", "Export-Csv"] as const) {
    test(`in tables of ${writer}`, () => {
      let tables = 0;
      fc.assert(
        fc.property(entries, lineStyle, ...part, (generated, style, from, length) => {
          const table = tableOf(toExport(generated, style), writer)?.text;
          const format = table === undefined ? undefined : formatOf("x.csv", table);
          if (table === undefined || format === undefined) return;
          tables++;
          expectFound(format, table, from, length);
        }),
        RUNS,
      );
      assert.ok(tables > 20, `${tables} tables`);
    });
  }

  test("in damaged tables", () => {
    assert.ok(TABLES.length > 0);
    fc.assert(
      fc.property(damagedTable, ...part, (table, from, length) => {
        const format = formatOf("x.csv", table);
        if (format !== undefined) expectFound(format, table, from, length);
      }),
      RUNS,
    );
  });

  const row = (dn: string, piece: string) =>
    test(`${dn} in ${JSON.stringify(piece)}`, () =>
      assert.ok(new PieceSearch([textOfDn(dn)], (type) => type === "member").mayHold(piece)));
  row("CN=Doe\\, Jane,DC=x", "member: CN=Doe\\2C Jane,DC=x\n");
  row("CN=Müller,DC=x", "member: CN=M\\C3\\BCller,DC=x\n");
  row("CN=Müller,DC=x", "member: CN=M\\c\r\n 3\\BCller,DC=x\r\n");
  row("CN=\\E6\\97\\A5\\E6\\9C\\AC,DC=x", "member: CN=日本,DC=x\n");
  row("CN=日本,DC=x", "member:: Q0495pel5pysLERDPXg=\n");
  row("CN=日本,DC=x", "member;range=0-1:: \n Q0495pel5p\n ysLERDPXg=\n");
  row("CN=K,DC=x", "member:: Q0494oSqLERDPXg=\n");
  row('CN=a\\"b\\\\c,DC=x', "member: CN=a\\22b\\5Cc,DC=x\n");
  row("CN=a  b+c,DC=x", "member: CN=a\\20\\ b\\2bc,DC=x\n");
  row("CN=😀,DC=x", "X'434e3df09f98802c44433d78'\n");
});

describe("A search in pieces passes over those that do not hold the text", () => {
  const rows: readonly (readonly [texts: readonly string[], piece: string])[] = [
    [["jane"], "dn: CN=Joe,DC=x\ncn: Joe\n"],
    [["jane", "joe"], "dn: CN=Jane,DC=x\n"],
    [["jane"], "sn:: amFuZQ==\n"],
    [["a.b"], "dn: CN=axb\n"],
    [["ab"], "dn: CN=a\n\nb: b\n"],
  ];
  for (const [texts, piece] of rows) {
    test(`${texts.join(" ")} in ${JSON.stringify(piece)}`, () =>
      assert.ok(!new PieceSearch(texts, (type) => type === "dn").mayHold(piece)));
  }
});

/** The record of a text that is one. */
function only(text: string, name = "x.ldf") {
  const records = formatOf(name, text)!
    .blocks.cut(text)
    .flatMap((piece) => formatOf(name, text)!.blocks.read(piece).records);
  return records.find((record) => recordDn(record) !== undefined)!;
}

test("A search is quick in texts that repeat themselves", () => {
  for (const part of ["\\\\", '\\"', " ", "\\,", "k", "\\,\r\n "]) {
    const piece = `dn: ${part.repeat(20_000)}\n`;
    assert.ok(!new PieceSearch([`${part.repeat(60)}x`], all).mayHold(piece), part);
  }
});

describe("What a record names", () => {
  const KEY = "cn=jane,dc=x";
  const rows: readonly (readonly [title: string, text: string, found: readonly string[]])[] = [
    ["by any spelling", "dn: CN=G,DC=x\nmember: cn = Jane , dc=X\n", ["cn = Jane , dc=X"]],
    ["with options", "dn: CN=G,DC=x\nmember;range=0-1: CN=Jane,DC=x\n", ["CN=Jane,DC=x"]],
    [
      "in several attributes",
      "dn: CN=G,DC=x\nmanager: CN=Jane,DC=x\nmanagedBy: CN=Jane,DC=x\n",
      ["CN=Jane,DC=x", "CN=Jane,DC=x"],
    ],
    ["in no text", "dn: CN=G,DC=x\ndescription: CN=Jane,DC=x\n", []],
    ["not its own name", "dn: CN=Jane,DC=x\ndistinguishedName: CN=Jane,DC=x\n", []],
    ["behind bytes", "dn: DC=x\nwellKnownObjects: B:2:0A:CN=Jane,DC=x\n", ["CN=Jane,DC=x"]],
    ["in a change", "dn: CN=G,DC=x\nchangetype: modify\nadd: member\nmember: CN=Jane,DC=x\n-\n", ["CN=Jane,DC=x"]],
    [
      "as a new container",
      "dn: CN=G,DC=x\nchangetype: modrdn\nnewrdn: CN=G\ndeleteoldrdn: 1\nnewsuperior: CN=Jane,DC=x\n",
      ["CN=Jane,DC=x"],
    ],
  ];
  for (const [title, text, expected] of rows) {
    test(title, () => {
      const record = only(text);
      const found = [...referencesIn(record, KEY)];
      assert.deepEqual(
        found.map(({ dn }) => dn.text),
        expected,
      );
      for (const { value, dn } of found) {
        const { start, end } = value.slice(dn.start, value.text.length);
        assert.equal(record.text.slice(start, end), dn.text);
      }
    });
  }

  test("nothing where bytes are named and no DN", () => {
    const record = only("dn: DC=x\nwellKnownObjects: B:2:0A\n");
    const [value] = [...recordValues(record)];
    assert.equal(namedDn(value!), undefined);
  });
});

describe("The content of a record", () => {
  const rows: readonly (readonly [title: string, text: string, content: string, name?: string])[] = [
    ["without comments before it and blank lines", "# c\ndn: CN=J\ncn: J\n\n\n", "dn: CN=J\ncn: J"],
    ["without lines of blanks", "dn: CN=J\r\ncn: J\r\n  \r\n\t\r\n", "dn: CN=J\r\ncn: J"],
    ["with blanks that end a value", "dn: CN=J\ncn: J  \n", "dn: CN=J\ncn: J  "],
    ["with a fold that holds nothing", "dn: CN=J\ncn: J\n \n", "dn: CN=J\ncn: J\n "],
    ["of a change", "#\ndn: CN=J\nchangetype: delete\n\n", "dn: CN=J\nchangetype: delete"],
    ["of a row", "DN,cn\r\nCN=J,J\r\n", "CN=J,J", "x.csv"],
  ];
  for (const [title, text, expected, name] of rows) {
    test(title, () => {
      const record = only(text, name);
      const { start, end } = recordContent(record);
      assert.equal(record.text.slice(start, end), expected);
    });
  }
});
