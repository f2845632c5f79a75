import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fieldsOf } from "../../server/core/csv/fields.ts";
import { csvHeader } from "../../server/core/csv/header.ts";
import { IdFixEntry } from "../../server/core/csv/idfix.ts";
import { readCsv } from "../../server/core/csv/reader.ts";
import {
  applyChanges,
  Checker,
  DEFAULT_SETTINGS,
  DecisionPlan,
  type DecisionSources,
  editRecord,
  IDFIX_HEADER,
  type IdFixCells,
  idFixError,
  RULES,
  readLdif,
  writeIdFixRow,
  writtenField,
} from "../../server/core/index.ts";
import { IDFIX_RULESETS } from "../../server/core/rules/idfix-rulesets.ts";
import fc from "../property.ts";
import { value } from "./arbitrary.ts";

const COLUMNS = IDFIX_HEADER.trimEnd().split(",") as (keyof IdFixCells)[];

type Row = Partial<IdFixCells>;

const JOE: Row = { DISTINGUISHEDNAME: "CN=Joe,OU=Staff,DC=contoso,DC=com", COMMONNAME: "Joe", OBJECTCLASS: "user" };
const ANN: Row = { DISTINGUISHEDNAME: "CN=Ann,OU=Staff,DC=contoso,DC=com", COMMONNAME: "Ann", OBJECTCLASS: "user" };

function cellsOf(row: Row): IdFixCells {
  return Object.fromEntries(COLUMNS.map((column) => [column, row[column] ?? ""])) as unknown as IdFixCells;
}

function listOf(...rows: readonly Row[]): string {
  return IDFIX_HEADER + rows.map((row) => writeIdFixRow(cellsOf(row))).join("");
}

function edit(of: Row, attribute: string, from: string, to: string, action = "EDIT"): Row {
  return { ...of, ATTRIBUTE: attribute, ERROR: "Character", VALUE: from, UPDATE: to, ACTION: action };
}

function plan(list: string, sources: Partial<DecisionSources> = {}, holders = ""): ReturnType<DecisionPlan["finish"]> {
  const checker = new Checker(RULES, DEFAULT_SETTINGS);
  const decisions = new DecisionPlan({ checker, isAccepted: () => false, isEncodingGuessed: false, ...sources });
  for (const record of readCsv(list, csvHeader(list)!)) decisions.add(record);
  for (const { entry } of readLdif(holders)) if (entry !== undefined) decisions.holder(entry);
  return decisions.finish();
}

/** One line for each mod-spec, and for each refusal. */
function written(list: string, sources?: Partial<DecisionSources>, holders?: string): string[] {
  return plan(list, sources, holders).records.flatMap(({ dn, modSpecs }) =>
    modSpecs.map(({ type, attribute, values }) => {
      const texts = values.map((one) => ("text" in one ? one.text : one.base64));
      return `${dn.slice(0, dn.indexOf(","))} ${type} ${attribute}: ${texts.join(" | ")}`;
    }),
  );
}

function refused(list: string, sources?: Partial<DecisionSources>, holders?: string): string {
  return plan(list, sources, holders)
    .refusals.map(({ dn, attribute, reason }) => `${dn}: ${attribute} ${reason}`)
    .join("\n");
}

describe("Decisions become modify records", () => {
  test("the rows of one object are one record; old values are deleted, new ones added", () => {
    const list = listOf(
      edit(JOE, "proxyAddresses", "smtp:jo e@contoso.com", "smtp:joe@contoso.com"),
      edit(ANN, "mail", "an n@contoso.com", "", "REMOVE"),
      edit({ ...JOE, DISTINGUISHEDNAME: "cn=joe, ou=Staff,DC=contoso,DC=com" }, "displayName", "", "Joe"),
      edit(JOE, "proxyAddresses", "smtp:joe@old", "smtp:never@contoso.com", "REMOVE"),
    );
    assert.equal(refused(list), "");
    assert.deepEqual(written(list), [
      "CN=Joe delete proxyAddresses: smtp:jo e@contoso.com | smtp:joe@old",
      "CN=Joe add proxyAddresses: smtp:joe@contoso.com",
      "CN=Joe add displayName: Joe",
      "CN=Ann delete mail: an n@contoso.com",
    ]);
  });

  test("nothing but EDIT and REMOVE changes anything", () => {
    const rows = ["", "COMPLETE", "UNDO", "FAIL", "undo ", "complete"];
    const list = listOf(...rows.map((action, at) => edit(JOE, "info", `a${at}`, `b${at}`, action)));
    assert.deepEqual(plan(list), { records: [], refusals: [] });
  });

  test("a row that is there twice, and a change of capitals alone", () => {
    const list = listOf(
      edit(JOE, "proxyAddresses", "smtp:joe@contoso.com", "SMTP:joe@contoso.com"),
      edit(JOE, "proxyAddresses", "smtp:joe@contoso.com", "SMTP:joe@contoso.com", "edit"),
      edit(JOE, "proxyAddresses", "smtp:joe@contoso.com", "x", ""),
    );
    assert.equal(refused(list), "");
    assert.deepEqual(written(list), [
      "CN=Joe delete proxyAddresses: smtp:joe@contoso.com",
      "CN=Joe add proxyAddresses: SMTP:joe@contoso.com",
    ]);
  });

  test("a value that is missing is added once", () => {
    const list = listOf(edit(JOE, "displayName", "", "Joe"), edit(JOE, "displayName", "", "Joe"));
    assert.deepEqual([refused(list), written(list)], ["", ["CN=Joe add displayName: Joe"]]);
  });

  test("a value that was held twice before may be written in another way", () => {
    const list = listOf(
      edit(JOE, "proxyAddresses", "smtp:both@contoso.com", "SMTP:both@contoso.com"),
      edit(ANN, "proxyAddresses", "smtp:both@contoso.com", "", ""),
    );
    assert.deepEqual([refused(list), written(list).length], ["", 2]);
  });

  test("a new value of which a rule only warns", () => {
    const list = listOf(edit(JOE, "userPrincipalName", "j oe@contoso.com", "joe@contoso.local"));
    assert.deepEqual([refused(list), written(list).length], ["", 2]);
  });

  test("an address may go from one object to another", () => {
    const list = listOf(
      edit(JOE, "mail", "both@contoso.com", "", "REMOVE"),
      edit(ANN, "mail", "an n@contoso.com", "both@contoso.com"),
    );
    assert.equal(refused(list), "");
    assert.equal(written(list).length, 3);
    // So it may where the export of the list shows it, too.
    const holders =
      "dn: CN=Joe,OU=Staff,DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: joe\nuserAccountControl: 512\nmail: both@contoso.com\n";
    assert.equal(refused(list, {}, holders), "");
  });
});

describe("What nobody can have meant is refused, row by row, and the rest is written", () => {
  const good = edit(ANN, "info", "a", "b");
  const rows: readonly [what: string, rows: readonly Row[], reason: RegExp, sources?: Partial<DecisionSources>][] = [
    ["no new value", [edit(JOE, "mail", "a", "")], /mail \(line 2\) is to be edited, but UPDATE is empty/],
    ["a new value of blanks", [edit(JOE, "mail", "a", "  ")], /UPDATE is empty/],
    ["a new value that is the old one", [edit(JOE, "info", "a", "a")], /UPDATE is what VALUE is/],
    ["nothing to remove", [edit(JOE, "mail", "", "x", "REMOVE")], /VALUE is empty/],
    ["no attribute", [edit(JOE, "", "a", "b")], /ATTRIBUTE is empty/],
    ["an unknown word", [edit(JOE, "mail", "a", "b", "EDITT")], /"EDITT" in ACTION, which is none of EDIT/],
    [
      "two decisions about one value",
      [edit(JOE, "info", "a", "b"), edit(JOE, "info", "a", "c")],
      /\(line 2\) is decided in another way in line 3\n.*\(line 3\) is decided in another way in line 2/,
    ],
    [
      "EDIT and COMPLETE",
      [edit(JOE, "info", "a", "b"), edit(JOE, "info", "A", "b", "COMPLETE")],
      /another way in line 3/,
    ],
    [
      "a new value twice for one object",
      [edit(JOE, "url", "a", "X"), edit(JOE, "url", "b", "x")],
      /would get "X", and line 3 gives it, too\n.*would get "x", and line 2 gives it, too/,
    ],
    [
      "a new value that the object has",
      [edit(JOE, "url", "a", "B"), edit(JOE, "url", "b", "", "")],
      /would get "B", which it holds \(line 3\)/,
    ],
    [
      "a new value that the object keeps, since its removal is refused",
      [edit(JOE, "url", "a", "b"), edit(JOE, "url", "b", "", "REMOVE"), edit(JOE, "url", "b", "c")],
      /would get "b", which it holds \(line 3\)/,
    ],
    [
      "two changes of an attribute that takes one value",
      [edit(JOE, "mail", "a@contoso", "a@contoso.com"), edit(JOE, "mail", "b@contoso", "b@contoso.com")],
      /takes one value, and line 3 changes it, too/,
    ],
    [
      "one address for two objects",
      [
        edit(JOE, "mail", "j@contoso", "both@contoso.com"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "e@contoso", "both@contoso.com"),
      ],
      /would get "both@contoso.com", which "CN=Eve,.*" is to get, too \(line 3\)\n.*which "CN=Joe,.*" is to get, too/,
    ],
    [
      "an address of another object of the list",
      [
        edit(JOE, "mail", "j@contoso", "eve@contoso.com"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "eve@contoso.com", "", ""),
      ],
      /which "CN=Eve,.*" holds \(line 3\)/,
    ],
    [
      "an address that the other object keeps, since its removal is refused",
      [
        edit(JOE, "mail", "j@contoso", "eve@contoso.com"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "eve@contoso.com", "", "REMOVE"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "eve@contoso.com", "eva@contoso.com"),
      ],
      /which "CN=Eve,.*" holds \(line 3\)/,
    ],
    [
      "an error",
      [edit(JOE, "userPrincipalName", "a b@contoso.com", "a c@contoso.com")],
      /\(upn-whitespace-or-invisible\)/,
    ],
    ["the name of the object", [edit(JOE, "cn", "Joe ", "Joe")], /names the object/],
    ["another kind of object", [edit(JOE, "objectClass", "user", "contact")], /another kind/],
    ["what only the system writes", [edit(JOE, "whenCreated", "1", "2")], /written by the system only/],
    ["a lost letter", [edit(JOE, "info", "a", "J\ufffdrgen")], /csv-replacement-character/],
    ["a DN that is none", [{ ...edit(JOE, "info", "a", "b"), DISTINGUISHEDNAME: "Joe" }], /csv-dn-malformed/],
    ["no DN", [{ ...edit(JOE, "info", "a", "b"), DISTINGUISHEDNAME: "" }], /\(line 2\) names no object/],
    ["a rounded number", [edit(JOE, "info", "a", "4.91234E+11")], /a number that a spreadsheet has rounded/],
    [
      "letters of a guessed encoding",
      [edit(JOE, "info", "a", "Micha³")],
      /save it as UTF-8/,
      { isEncodingGuessed: true },
    ],
  ];
  for (const [what, own, reason, sources] of rows) {
    test(what, () => {
      const list = listOf(...own, good);
      assert.match(refused(list, sources), reason);
      assert.deepEqual(written(list, sources), ["CN=Ann delete info: a", "CN=Ann add info: b"]);
    });
  }

  test("an address that somebody holds in another export", () => {
    const list = listOf(edit(JOE, "mail", "j@contoso", "ann@contoso.com"));
    const entry = (name: string) =>
      `dn: CN=${name},OU=Staff,DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: a\nuserAccountControl: 512\nproxyAddresses: SMTP:ann@contoso.com\n`;
    assert.match(refused(list, {}, entry("Ann")), /would get "ann@contoso.com", which "CN=Ann,OU=.*" holds/);
    assert.deepEqual(written(list, {}, entry("Ann")), []);
    assert.equal(refused(list, {}, entry("Joe")), "");
    // What does not synchronize takes nothing from anybody.
    assert.equal(refused(list, {}, `${entry("Ann")}isCriticalSystemObject: TRUE\n`), "");
  });

  test("an error that somebody accepts is written", () => {
    const list = listOf(edit(JOE, "userPrincipalName", "a b@contoso.com", "a c@contoso.com"));
    const isAccepted: DecisionSources["isAccepted"] = ({ rule, value: found }) =>
      rule.id === "upn-whitespace-or-invisible" && found?.text === "a c@contoso.com";
    assert.equal(refused(list, { isAccepted }), "");
    assert.equal(written(list, { isAccepted }).length, 2);
  });

  test("two columns of one name", () => {
    const list = listOf(good).replace("PROPOSEDACTION", "update");
    assert.match(refused(list), /the list has two columns UPDATE/);
    assert.deepEqual(written(list), []);
  });
});

/** What a spreadsheet makes of a list: other separators, columns in another order, a column more. */
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
