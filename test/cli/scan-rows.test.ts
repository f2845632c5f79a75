import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ExportFormat, formatOf } from "../../server/core/index.ts";
import { decodeBytes } from "../../server/node/decode.ts";
import { ExportScanner } from "../../server/node/export-scanner.ts";
import { damaged } from "../core/damaged-file.ts";
import fc from "../property.ts";
import { plan, read, scan, whole } from "./scanning.ts";

const GUID = "X'164512ac3f0e1af7db7f39ecc8cf0676'";

/** Small tables as programs write them, to be damaged; their headers stay as they are. */
const TABLES = [
  {
    name: "csvde",
    header:
      "DN,objectClass,cn,displayName,proxyAddresses,objectGUID,manager,homeDirectory,description,mail,groupType\r\n",
    rows: [
      String.raw`"CN=Jane,OU=Staff,DC=contoso,DC=com",user,Jane,J,SMTP:jane@contoso.com;smtp:j@contoso.com,${GUID},"CN=Doe\\, Joe,DC=contoso,DC=com",c:\\home\\jane,"a, b; c",jane@contoso.com,`,
      String.raw`"CN=Jérôme,DC=contoso,DC=com",user,Jérôme,"J, Zoë",X400:c=US\;a= \;;smtp:é@contoso.com,X'00',,,"two${"\r\n"}lines",,`,
      `"CN=鈴木 😀,DC=contoso,DC=com",group,鈴木,Παππάς,,,,,"says ""hello""",x@contoso.com,-2147483640`,
      String.raw`"CN=Doe\, Joe,DC=contoso,DC=com",user,,J?hn,,X'','CN=Zoë\\\;,DC=x',,X'4a61';X'6e65';a,,`,
      String.raw`"CN=Doe\\, Joe,DC=contoso,DC=com",user,,,,X'4a61;X'6e65',,,,,Security`,
    ].map((row) => `${row}\r\n`),
  },
  {
    name: "AdFind",
    header: '"dn","objectClass","proxyAddresses","mail","member"\n',
    rows: [
      '"CN=A,DC=contoso,DC=com","top;person;user","SMTP:a@contoso.com;smtp:b@contoso.com","a@contoso.com",""\n',
      '"CN=Ü,DC=contoso,DC=com","top;group","","ü@contoso.com","CN=A,DC=contoso,DC=com;CN=B,DC=contoso,DC=com"\n',
      '"CN=C,DC=contoso,DC=com","user;","SMTP:c@contoso.com","c@x.com;d",""\n',
    ],
  },
];

const PIECES = [
  ...['"', '""', '","', '",', '"\n', '"\r\n', "\n", "\r\n", "\r", ",", ",,", ";", ";;", "\\", "\\;", "\\\\", "\t", " "],
  ...[
    "X'",
    "X'00'",
    ";X'abcd",
    "\\;X'0102",
    "'",
    "=",
    "\0",
    "\ufffd",
    "é",
    "×",
    "K",
    "İ",
    "😀",
    "鈴",
    "?",
    "a?b",
    "+",
    "#",
  ],
  ...["System.String[]", "Security", "@", ":", "_", "{", "Microsoft.", '\n"CN=B,DC=contoso,DC=com",user\r\n'],
];

/** So little room that many a row is too long for it. */
const narrow = new ExportScanner(plan, 400);

function formatWith(header: string): ExportFormat {
  const format = formatOf("a.csv", header);
  assert.ok(format?.scan);
  return format;
}

describe("What is scanned of a table is what the reader reads", () => {
  const cuts = fc.array(fc.nat(2000), { maxLength: 6 });
  for (const { name, header, rows } of TABLES) {
    const format = formatWith(header);

    test(`${name}: in rows that something has happened to, wherever their bytes are cut`, () => {
      let scanned = 0;
      const some = fc.array(damaged(rows, PIECES), { maxLength: 3 });
      fc.assert(
        fc.property(
          some,
          fc.constantFrom(...rows),
          some,
          cuts,
          fc.boolean(),
          (before, own, after, places, isNarrow) => {
            const bytes = Buffer.from([header, ...before, own, ...after].join(""), "utf8");
            const { text, ...facts } = decodeBytes(bytes);
            const seen = scan(isNarrow ? narrow : whole, format, bytes, facts, places);
            assert.deepEqual(seen.records, read(format, text));
            scanned += seen.scanned;
          },
        ),
        { numRuns: 3000 },
      );
      // Were everything left to the reader, nothing would have been shown.
      assert.ok(scanned > 1000, `${scanned} were scanned`);
    });

    test(`${name}: in rows in which nothing is peculiar, all of them`, () => {
      const plain = rows[0]!.repeat(500);
      const bytes = Buffer.from(header + plain);
      const seen = scan(whole, format, bytes, { encoding: "utf-8", guessed: false, byteOrderMark: false }, [100]);
      assert.equal(seen.scanned, 500);
    });
  }

  const { header, rows } = TABLES[0]!;
  const format = formatWith(header);
  const utf8 = { encoding: "utf-8", guessed: false, byteOrderMark: false } as const;

  test("with a byte order mark, in Windows-1252, and with no more than one byte at a time", () => {
    const file = header + rows.join("");
    for (const text of [`\ufeff${file}`, file.trimEnd(), `${file}x`, header, `${header}"`, ""]) {
      const bytes = Buffer.from(text, "utf8");
      const { text: decoded, ...facts } = decodeBytes(bytes);
      const each = Array.from({ length: bytes.length }, (_, at) => at);
      for (const scanner of [whole, narrow]) {
        assert.deepEqual(scan(scanner, format, bytes, facts, each).records, read(format, decoded));
      }
    }
    const bytes = Buffer.from(header + rows[0] + rows[1] + rows[0], "latin1");
    const { text, ...facts } = decodeBytes(bytes);
    assert.equal(facts.encoding, "windows-1252");
    const seen = scan(whole, format, bytes, facts, [7]);
    assert.deepEqual(seen.records, read(format, text));
    assert.equal(seen.scanned, 2);
  });

  test("also where bytes are no UTF-8 in a file that should be", () => {
    for (const bytes of ["c3", "c328", "e28228", "edA080", "f4908080", "f0808080", "c0af", "efbfbd", "80", "f09f98"]) {
      const file = Buffer.concat([
        Buffer.from(`\ufeff${header}${rows[0]}"CN=`),
        Buffer.from(bytes, "hex"),
        Buffer.from(`,DC=com"${",".repeat(10)}\r\n${rows[0]}`),
      ]);
      const { text, ...facts } = decodeBytes(file);
      assert.deepEqual(scan(whole, format, file, facts, []).records, read(format, text), bytes);
    }
  });

  test("also where a row is longer than the window, and behind it", () => {
    const member = "CN=Somebody\\, Jane,OU=Staff,DC=contoso,DC=com";
    const long = (text: string) => rows[0]!.replace("a, b; c", text);
    const text = [3, 30_000, 2, 80_000, 5].map((n) => long(`${member};`.repeat(n))).join("");
    const seen = scan(whole, format, Buffer.from(header + text), utf8, []);
    assert.deepEqual(seen.records, read(format, header + text));
    assert.ok(seen.scanned >= 2, `${seen.scanned}`);
  });

  test("also where a field goes on for more lines than anybody believes, or to the end of the file", () => {
    const lines = (n: number) => rows[0]!.replace("a, b; c", "line\r\n".repeat(n));
    const few = rows[0]!.repeat(20);
    for (const n of [3, 499, 501, 1000, 1001, 5000]) {
      for (const text of [lines(n) + few, few + lines(n) + few, few + lines(n).replace('line\r\n",', "line,") + few]) {
        const seen = scan(whole, format, Buffer.from(header + text), utf8, [5000]);
        assert.deepEqual(seen.records, read(format, header + text));
      }
    }
  });

  test("and letters that were lost are told once, unless there are others beyond ASCII", () => {
    const asked = rows[0]!.replace(",Jane,", ",J?ne,");
    for (const some of [
      [asked, asked],
      [rows[1]!, asked],
      [rows[0]!, asked, rows[1]!, asked],
      [asked, rows[2]!],
    ]) {
      const text = header + some.join("");
      assert.deepEqual(scan(whole, format, Buffer.from(text), utf8, []).records, read(format, text));
    }
  });
});
