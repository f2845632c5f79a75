import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fieldsOf } from "../../server/core/csv/fields.ts";
import { csvHeader } from "../../server/core/csv/header.ts";
import { IdFixEntry } from "../../server/core/csv/idfix.ts";
import { readCsv } from "../../server/core/csv/reader.ts";
import {
  applyChanges,
  editRecord,
  IDFIX_HEADER,
  idFixError,
  RULES,
  writeIdFixRow,
  writtenField,
} from "../../server/core/index.ts";
import { IDFIX_RULESETS } from "../../server/core/rules/idfix-rulesets.ts";
import fc from "../property.ts";
import { value } from "./arbitrary.ts";
import { ANN, COLUMNS, cellsOf, edit, JOE, listOf, plan, refused, written } from "./decision-rows.ts";

function rewritten(list: string, separator: string, order: readonly number[], more: boolean): string {
  return readCsv(list, csvHeader(list)!)
    .map((row) => {
      const cells = order.map((number) => writtenField(row.fieldText(number), separator));
      return [...cells, ...(more ? ["to be asked"] : [])].join(separator).concat("\r\n");
    })
    .join("");
}

describe("Lists come back from a spreadsheet", () => {
  const rows = [
    edit(JOE, "proxyAddresses", 'smtp:"jo,e"@contoso.com', "smtp:joe@contoso.com"),
    edit(ANN, "info", "=1+1", "-2", "REMOVE"),
  ];
  const expected = [
    'CN=Joe delete proxyAddresses: smtp:"jo,e"@contoso.com',
    "CN=Joe add proxyAddresses: smtp:joe@contoso.com",
    "CN=Ann delete info: =1+1",
  ];
  const order = [...COLUMNS.keys()];
  const texts: readonly [what: string, text: string][] = [
    ["as it was", listOf(...rows)],
    ["with a byte order mark", `\ufeff${listOf(...rows)}`],
    ["with LF", listOf(...rows).replaceAll("\r\n", "\n")],
    ["with semicolons", rewritten(listOf(...rows), ";", order, false)],
    ["with tabs", rewritten(listOf(...rows), "\t", order, false)],
    ["with a line for Excel", `sep=;\r\n${rewritten(listOf(...rows), ";", order, false)}`],
    ["in another order", rewritten(listOf(...rows), ",", [...order].reverse(), false)],
    ["with a column more", rewritten(listOf(...rows), ",", order, true).replace("to be asked", "NOTE")],
    ["with a Turkish header", listOf(...rows).replace(IDFIX_HEADER, IDFIX_HEADER.replaceAll("I", "\u0130"))],
    ["with words of a Turkish keyboard", listOf(...rows).replaceAll("EDIT\r", "ED\u0130T\r")],
    ["with empty columns behind", listOf(...rows).replaceAll("\r\n", ",,\r\n")],
  ];
  for (const [what, text] of texts) {
    test(what, () => {
      assert.equal(refused(text), "");
      assert.deepEqual(written(text), expected);
    });
  }

  test("without the quotes around a DN, in commas, nothing is certain", () => {
    const list = listOf(...rows).replaceAll(/"(CN=[^"]*)"/g, "$1");
    assert.match(refused(list), /csv-row-length/);
    assert.deepEqual(written(list), []);
  });
});

describe("IdFix's own lists, whose quotes are not doubled", () => {
  const row = (dn: string, from: string, to: string) =>
    `${dn},Ann,user,proxyAddresses,Format,${from},${to},Edit,EDIT\r\n`;

  test("are read as they were meant where that is certain", () => {
    const list =
      IDFIX_HEADER +
      row('"CN=Ann "Annie" Lee,DC=contoso,DC=com"', 'smtp:"ann"@contoso', "smtp:ann@contoso.com") +
      row('"CN=Bea,DC=contoso,DC=com"', '"smtp:"b,ea"@contoso"', "smtp:bea@contoso.com");
    assert.equal(refused(list), "");
    assert.deepEqual(
      plan(list).records.map(({ dn, modSpecs }) => [dn, modSpecs[0]!.values]),
      [
        ['CN=Ann "Annie" Lee,DC=contoso,DC=com', [{ text: 'smtp:"ann"@contoso' }]],
        ["CN=Bea,DC=contoso,DC=com", [{ text: 'smtp:"b,ea"@contoso' }]],
      ],
    );
  });

  test("are refused where a quote may have ended a field", () => {
    const dn = '"CN=Ann "Annie",OU=A,DC=contoso,DC=com"';
    const list = IDFIX_HEADER + row(dn, "smtp:a@contoso", "smtp:a@contoso.com");
    assert.match(refused(list), /cannot be read with certainty/);
    // Nor where the one field that is too many is empty: what stands in ACTION then is PROPOSEDACTION.
    const shifted = `${IDFIX_HEADER}"CN=Ann "Annie",DC=com",Ann,user,mail,Format,a@contoso,a@contoso.com,Edit,\r\n`;
    assert.match(refused(shifted), /a quote that is not doubled may have ended a field/);
    assert.deepEqual([...written(list), ...written(shifted)], []);
  });
});

describe("A list that is written is read back", () => {
  const cell = fc.oneof(
    value,
    fc
      .tuple(
        fc.constantFrom("", "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", "0", "0012", "1e5", "123456789012", "1/2"),
        value,
      )
      .map(([start, rest]) => start + rest),
    fc.constantFrom(
      '"',
      '""',
      '",',
      '"\r\n',
      ",",
      ";",
      "|",
      "\r\n",
      "'0012",
      "3.10",
      "+49 30 1234",
      "2026-01-02",
      "''=1",
    ),
  );
  const separator = fc.constantFrom(",", ";", "\t", "|");

  test("every text, through a spreadsheet with any separator", () => {
    const list = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(list, separator, (texts, mark) => {
        const text = listOf(...texts.map(([from, to]) => edit(JOE, "info", from, to)));
        const again = rewritten(text, mark, [...COLUMNS.keys()], false);
        for (const one of [text, again]) {
          const entries = readCsv(one, csvHeader(one)!).filter((row) => row instanceof IdFixEntry);
          const read = entries.map(({ decision }) => [decision.value?.text ?? "", decision.update?.text ?? ""]);
          assert.deepEqual(read, texts);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("no cell is one that a spreadsheet runs or rewrites", () => {
    fc.assert(
      fc.property(cell, (text) => {
        const row = writeIdFixRow(cellsOf({ VALUE: text }));
        const [start, end] = fieldsOf(row, ",").slice(15);
        assert.doesNotMatch(row.slice(start, end), /^(?:[=+\-@\t\r]|0\d*$|\d{12,}$|\d+[./-]\d+$|\d+[eE]\d+$)/);
      }),
      { numRuns: 2000 },
    );
  });

  test("a fix of a row is a decision: it writes UPDATE and ACTION, and nothing else", () => {
    fc.assert(
      fc.property(
        cell,
        cell.filter((text) => text !== ""),
        separator,
        (from, to, mark) => {
          const list = rewritten(listOf(edit(JOE, "info", from, "", "")), mark, [...COLUMNS.keys()], false);
          const row = readCsv(list, csvHeader(list)!).find((one) => one instanceof IdFixEntry)!;
          const { value: old } = row.decision;
          const change = { attribute: "info", ...(old !== undefined && { old }) };
          const edits = editRecord(row, [{ ...change, text: to }], { lineEnd: "\n", width: undefined })!;
          const edited = row.readAgain(applyChanges(row.text, edits)) as IdFixEntry;
          const { value: kept, update, action } = edited.decision;
          assert.deepEqual([kept?.text ?? "", update?.text, action], [from, to, "edit"]);
          for (const number of [0, 1, 2, 3, 4, 5, 7]) assert.equal(edited.fieldText(number), row.fieldText(number));
          if (old === undefined) return;
          const removal = editRecord(row, [change], { lineEnd: "\n", width: undefined })!;
          assert.equal(applyChanges(row.text, removal), row.text.replace(/(\r\n)$/, "REMOVE$1"));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("Each rule of IdFix's rule sets is called by a word of IdFix, others by their ids", () => {
  const words = ["Blank", "Character", "DomainPart", "Duplicate", "Format", "Length", "LocalPart", "TopLevelDomain"];
  const own = new Set(Object.values(IDFIX_RULESETS).flat());
  for (const { id } of RULES) {
    if (own.has(id)) assert.ok(words.includes(idFixError(id)), id);
    else assert.equal(idFixError(id), id);
  }
});
