import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  acceptChanges,
  applyChanges,
  type Baseline,
  type BaselineRow,
  BaselineUse,
  baselineText,
  DEFAULT_SETTINGS,
  FORMAT_RULES,
  findingIdentity,
  fingerprint,
  identityKey,
  RULES,
  readBaselineFile,
  staleRows,
  updatedBaseline,
} from "../../server/core/index.ts";
import { fnv1a64 } from "../../server/core/text/fnv1a.ts";
import fc from "../property.ts";
import { checkText, parseMarks, withMarks } from "./examples.ts";

const RULE_IDS = new Set(RULES.map(({ id }) => id));

const read = (text: string) => readBaselineFile(text, RULE_IDS);

const JANE = "CN=Jane,DC=contoso,DC=com";

const ROW: BaselineRow = { rule: "upn-missing", dn: JANE, attribute: "userPrincipalName", reason: "A test account" };

/** A file with one row, in which a member is put in place of the others of its name. */
const rowWith = (members: string) => `{ "accepted": [{ ${members} }] }`;

const RIGHT = `"rule": "upn-missing", "dn": "${JANE}"`;

test("The hash is FNV-1a with 64 bits", () => {
  // From the test vectors of its authors.
  assert.equal(fnv1a64(""), "cbf29ce484222325");
  assert.equal(fnv1a64("a"), "af63dc4c8601ec8c");
  assert.equal(fnv1a64("foobar"), "85944171f73967e8");
  const expected = (text: string) => {
    let hash = 0xcbf29ce484222325n;
    for (const byte of Buffer.from(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) % 2n ** 64n;
    return hash.toString(16).padStart(16, "0");
  };
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => assert.equal(fnv1a64(text), expected(text))),
  );
});

describe("A baseline file", () => {
  /** Text with `«»` around what a problem is about, how many rows count, the messages. */
  const rows: readonly [text: string, rows: number, ...messages: RegExp[]][] = [
    ["", 0],
    ["{}", 0],
    ['{ "$schema": "x", "accepted": [] }', 0],
    [`// why\n${rowWith(`${RIGHT}, /* because */ "reason": "",`)}`, 1],
    [rowWith(`"rule": "ldif-empty", "file": "a.ldf", "value": "0123456789abcdef", "reason": "x"`), 1],
    ["«[]»", 0, /must be an object/],
    ['{ «"acepted"»: [] }', 0, /"acepted" is nothing that a baseline has/],
    ['{ "accepted": «{}» }', 0, /list of accepted findings is expected/],
    ['{ "accepted": [«7»] }', 0, /A row must be an object/],
    ['{ "accepted": [«{ "dn": "CN=Jane", "reason": "" }»] }', 0, /has no "rule"/],
    [`{ "accepted": [«{ ${RIGHT} }»] }`, 0, /has no "reason"/],
    ['{ "accepted": [«{ "rule": "upn-missing", "reason": "" }»] }', 0, /either a "dn" or a "file"/],
    [`{ "accepted": [«{ ${RIGHT}, "file": "a.ldf", "reason": "" }»] }`, 0, /either a "dn" or a "file"/],
    [rowWith(`"rule": «"upn-mising"», "dn": "CN=Jane", "reason": ""`), 0, /There is no rule "upn-mising"/],
    [rowWith(`${RIGHT}, "reason": «7»`), 0, /a text is expected/],
    [rowWith(`${RIGHT}, "value": «"jane@contoso.com"», "reason": ""`), 0, /hash of a value is expected/],
    [rowWith(`${RIGHT}, «"line"»: "7", "reason": ""`), 0, /"line" is nothing that a row has/],
    [`{ "accepted": [{ ${RIGHT}, "reason": «x» }] }`, 0, /no JSON/],
  ];
  for (const [marked, count, ...messages] of rows) {
    test(marked, () => {
      const { text, spans } = parseMarks(marked);
      const { baseline, problems } = read(text);
      assert.equal(baseline.rows.length, count);
      if (messages.length === 0) assert.deepEqual(problems, []);
      const places = problems.map(({ span }) => text.slice(span.start, span.end));
      for (const { start, end } of spans) assert.ok(places.includes(text.slice(start, end)), `${places} of ${marked}`);
      for (const message of messages) assert.match(problems.map((one) => one.message).join("\n"), message);
    });
  }

  test("a wrong row does not take the others with it", () => {
    const { baseline, problems } = read(`{ "accepted": [{ "rule": "no" }, { ${RIGHT}, "reason": "" }] }`);
    assert.equal(baseline.rows.length, 1);
    assert.ok(problems.length > 0);
  });
});

describe("The identity of a finding", () => {
  const identities = (text: string, rule: string) =>
    checkText(text)
      .filter(({ finding }) => finding.rule.id === rule)
      .map(({ finding, record }) => findingIdentity(finding, "export.ldf", record));
  const entry = (dn: string, ...lines: string[]) =>
    `dn: ${dn}\nobjectClass: user\nsAMAccountName: jane\n${lines.join("\n")}\n`;
  const local = (dn: string, line: string) => identities(entry(dn, line), "upn-domain-not-routable").map(identityKey);

  test("is rule, object, attribute type and the hash of the value", () => {
    assert.deepEqual(identities(entry(JANE, "userPrincipalName: jane@contoso.local"), "upn-domain-not-routable"), [
      {
        rule: "upn-domain-not-routable",
        dn: JANE,
        attribute: "userPrincipalName",
        value: fnv1a64("userprincipalname:jane@contoso.local"),
      },
    ]);
  });

  test("is the same wherever and however DN and value are written", () => {
    const [plain] = local(JANE, "userPrincipalName: jane@contoso.local");
    const others = [
      local(JANE.toLowerCase().replaceAll(",", ", "), "userPrincipalName: jane@contoso.local"),
      local(JANE, "USERPRINCIPALNAME: jane@con\n toso.local"),
      local(JANE, "cn: Jane\nuserPrincipalName:: amFuZUBjb250b3NvLmxvY2Fs"),
    ];
    for (const [other] of others) assert.equal(other, plain);
  });

  test("is another one of another value or object", () => {
    const keys = [
      local(JANE, "userPrincipalName: jane@contoso.local"),
      local(JANE, "userPrincipalName: Jane@contoso.local"),
      local("CN=Joe,DC=contoso,DC=com", "userPrincipalName: jane@contoso.local"),
    ].flat();
    assert.equal(new Set(keys).size, 3);
  });

  test("of a missing value has no value", () => {
    const text = `${entry(JANE)}\n${entry("CN=Joe,DC=contoso,DC=com", "userPrincipalName: joe@contoso.com")}`;
    assert.deepEqual(identities(text, "upn-missing"), [
      { rule: "upn-missing", dn: JANE, attribute: "userPrincipalName" },
    ]);
  });

  test("of what is wrong with the format is the object, or the file, and the text at the place", () => {
    const text = entry(JANE, "cn Jane");
    assert.deepEqual(identities(text, "ldif-line-without-colon"), [
      { rule: "ldif-line-without-colon", dn: JANE, value: fnv1a64("cn Jane") },
    ]);
    assert.deepEqual(identities("dn: cn=x", "ldif-empty"), []);
    assert.deepEqual(identities("", "ldif-empty"), [{ rule: "ldif-empty", file: "export.ldf" }]);
  });

  test("gives a fingerprint", () => assert.match(fingerprint(ROW), /^[0-9a-f]{16}$/));
});

/** A baseline, and what the check of an export makes of it. */
function useOf(baseline: Baseline, text: string): BaselineUse {
  const use = new BaselineUse(baseline);
  use.see({ file: "export.ldf" });
  for (const { finding, record } of checkText(text, DEFAULT_SETTINGS)) {
    if (record.entry !== undefined) use.see({ dn: record.entry.dn.text });
    use.accept(findingIdentity(finding, "export.ldf", record));
  }
  return use;
}

describe("A row that accepts nothing", () => {
  test("is what the rule's examples mark", () => {
    const jane = `dn: ${JANE}\nobjectClass: user\nsAMAccountName: jane\nuserPrincipalName: jane@contoso.com\nmail: jane\n`;
    const { value } = checkText(jane)
      .filter(({ finding }) => finding.rule.id === "mail-format")
      .map(({ finding }) => findingIdentity(finding, "export.ldf"))[0]!;
    for (const example of FORMAT_RULES.get("baseline-stale-row")!.examples) {
      const marked = ("bad" in example ? example.bad : example.good).replace("0000000000000000", value!);
      const { text } = parseMarks(marked);
      const { baseline, problems } = read(text);
      assert.deepEqual(problems, []);
      const spans = staleRows(baseline, [useOf(baseline, jane)]).map(({ row }) => row.span);
      assert.equal(withMarks(text, spans), marked);
    }
  });

  test("is one that says the same as an earlier one", () => {
    const { baseline } = read(baselineText([ROW, { ...ROW, reason: "again", dn: JANE.toLowerCase() }]));
    const [stale, ...others] = staleRows(baseline, []);
    assert.equal(stale!.row, baseline.rows[1]);
    assert.match(stale!.reason, /earlier row/);
    assert.deepEqual(others, []);
  });

  test("is none where one of several exports needs it, or none holds its object", () => {
    const { baseline } = read(baselineText([ROW]));
    const [idle, seen, needed] = [new BaselineUse(baseline), new BaselineUse(baseline), new BaselineUse(baseline)];
    seen.see({ dn: JANE.toUpperCase() });
    needed.accept(ROW);
    assert.equal(staleRows(baseline, [idle]).length, 0);
    assert.equal(staleRows(baseline, [idle, seen]).length, 1);
    assert.equal(staleRows(baseline, [seen, needed]).length, 0);
  });
});

const rowArbitrary = fc
  .record({
    rule: fc.constantFrom("upn-missing", "mail-format"),
    dn: fc.constantFrom(JANE, "CN=A\\,b,DC=x", "", "CN=Jürgen"),
    attribute: fc.constantFrom(undefined, "mail", "userPrincipalName"),
    value: fc.constantFrom(undefined, "0123456789abcdef", "fedcba9876543210"),
    reason: fc.constantFrom("", 'A "reason"\n', "// no comment"),
  })
  .map(({ attribute, value, ...row }): BaselineRow => {
    return { ...row, ...(attribute !== undefined && { attribute }), ...(value !== undefined && { value }) };
  });

const rowsArbitrary = fc.uniqueArray(rowArbitrary, { selector: identityKey, maxLength: 8 });

const keysOf = (baseline: Baseline) => baseline.rows.map((row) => `${identityKey(row)}\n${row.reason}`);

const inOrder = (keys: readonly string[]) => [...keys].sort();

describe("Writing", () => {
  test("gives the same text for the same rows in any order, and reads back", () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const text = baselineText(rows);
        assert.equal(baselineText([...rows].reverse()), text);
        const { baseline, problems } = read(text);
        assert.deepEqual(problems, []);
        assert.deepEqual(inOrder(keysOf(baseline)), inOrder(rows.map((row) => `${identityKey(row)}\n${row.reason}`)));
      }),
    );
  });

  const commented = (text: string) => text.replace("[", "[ /* ours */").replace(/^/, "// Baseline\n");

  test("one more row, at its place, comments and all", () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.boolean(), (rows, comments) => {
        if (rows.length === 0) return;
        const [added, ...before] = rows;
        const text = comments ? commented(baselineText(before)) : baselineText(before);
        const after = applyChanges(text, acceptChanges(text, added!)!);
        if (comments) assert.match(after, /^\/\/ Baseline\n(.|\n)*ours/);
        else assert.equal(after, baselineText(rows));
        assert.equal(read(after).problems.length, 0);
        assert.equal(read(after).baseline.rows.length, rows.length);
      }),
    );
  });

  test("rows that come and go", () => {
    fc.assert(
      fc.property(rowsArbitrary, rowsArbitrary, fc.boolean(), (before, rows, comments) => {
        const text = comments ? commented(baselineText(before)) : baselineText(before);
        const after = updatedBaseline(text, read(text).baseline, rows);
        if (!comments) assert.equal(after, baselineText(rows));
        const { baseline, problems } = read(after);
        assert.deepEqual(problems, []);
        assert.deepEqual(inOrder(baseline.rows.map(identityKey)), inOrder(rows.map(identityKey)));
      }),
    );
  });

  test("to an empty file, and not to one that is no baseline", () => {
    assert.equal(`${applyChanges("", acceptChanges("", ROW)!)}\n`, baselineText([ROW]));
    for (const text of ["{", "[]", '{ "accepted": 7 }']) assert.equal(acceptChanges(text, ROW), undefined);
  });

  test("in the line ends that are there", () => {
    const text = baselineText([ROW], "\r\n");
    const added = { ...ROW, dn: "CN=Joe" };
    assert.equal(updatedBaseline(text, read(text).baseline, [ROW, added]), baselineText([ROW, added], "\r\n"));
    assert.doesNotMatch(applyChanges(text, acceptChanges(text, added)!), /[^\r]\n/);
  });
});
