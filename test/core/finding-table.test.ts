import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Finding, type FindingQuery, FindingTable, RULES, SEVERITIES } from "../../server/core/index.ts";

interface Row {
  readonly finding: Finding;
}

const rule = (id: string) => RULES.find((one) => one.id === id)!;
const ROUTABLE = rule("upn-domain-not-routable");
const MISSING = rule("displayname-missing");
const DUPLICATE = rule("duplicate-userprincipalname");
const CRITICAL = rule("scope-critical-system-object");

function finding(one: typeof ROUTABLE, message: string, text?: string): Row {
  const span = { start: 0, end: 1 };
  const value = text === undefined ? {} : { value: { text, binary: false, base64: "", span, slice: () => span } };
  const attribute = one.attributes[0]!;
  return { finding: { rule: one, severity: one.severity, message, span, attribute, ...value } as Finding };
}

function small(): FindingTable<Row> {
  const table = new FindingTable<Row>();
  const object = (name: string, ou: string, objectType: "user" | "group" | "") =>
    table.beginObject({ dn: objectType && `CN=${name},${ou}`, objectType, ou, domain: objectType && "contoso.com" });
  object("Zoe", "OU=Berlin,DC=contoso,DC=com", "user");
  table.add(finding(ROUTABLE, "the suffix is local", "zoe@contoso.local"), "undecided");
  table.add(finding(MISSING, "displayName is missing"), "undecided");
  object("adam", "OU=Ulm,DC=contoso,DC=com", "user");
  table.add(finding(DUPLICATE, "held by [2] others", "ADAM@contoso.com"), "accept");
  object("Built-in", "CN=Builtin,DC=contoso,DC=com", "group");
  table.add(finding(CRITICAL, "is a critical system object"), "undecided");
  object("", "", "");
  table.add(finding(ROUTABLE, "about the file"), "undecided");
  table.finish();
  return table;
}

const rows = (query: FindingQuery) => [...small().query(query).rows];
const counts = (query: FindingQuery, facet: "rule" | "ou" | "decision" | "fate") =>
  small()
    .query(query)
    .facets[facet].filter(({ count }) => count > 0)
    .map(({ name, count }) => `${name} ${count}`);

describe("A table of findings", () => {
  const filters: readonly (readonly [string, FindingQuery, readonly number[]])[] = [
    ["without a filter", {}, [0, 1, 2, 3, 4]],
    ["by a text in a DN, in other capitals", { text: "cn=zoe" }, [0, 1]],
    ["by a text in a value, in other capitals", { text: "adam@" }, [2]],
    ["by characters that mean something to regular expressions", { text: "[2]" }, [2]],
    ["by the id of a rule", { text: "displayname-" }, [1]],
    ["by a text that is nowhere", { text: "nowhere" }, []],
    ["by names of one facet", { facets: { rule: [ROUTABLE.id, MISSING.id] } }, [0, 1, 4]],
    ["by two facets", { facets: { rule: [ROUTABLE.id], objectClass: ["user"] } }, [0]],
    ["by no name of a facet", { facets: { rule: [] } }, [0, 1, 2, 3, 4]],
    ["by a name that does not occur", { facets: { ou: ["OU=Nowhere"] } }, []],
    ["by what is decided", { facets: { decision: ["accept"] } }, [2]],
    ["by the fate of the object, which is that of its worst finding", { facets: { fate: ["staysOut"] } }, [3]],
    ["from the end", { descending: true }, [4, 3, 2, 1, 0]],
    ["in the order of DNs, whatever their capitals", { sort: "dn" }, [4, 2, 3, 0, 1]],
    ["in the order of DNs, from the last", { sort: "dn", descending: true }, [0, 1, 3, 2, 4]],
    ["in the order of values", { sort: "value" }, [1, 3, 4, 2, 0]],
    ["in the order of organizational units", { sort: "ou" }, [4, 3, 0, 1, 2]],
  ];
  for (const [name, query, expected] of filters) test(name, () => assert.deepEqual(rows(query), expected));

  test("orders severities as they matter", () => {
    const table = small();
    const order = [...table.query({ sort: "severity" }).rows].map((row) =>
      SEVERITIES.indexOf(table.row(row)!.finding.severity),
    );
    assert.deepEqual(
      order,
      [...order].sort((one, other) => one - other),
    );
  });

  test("puts groups together, and each group in order", () => {
    const { rows, groups } = small().query({ group: "rule", sort: "dn", descending: true });
    assert.deepEqual(
      groups.map(({ name, count }) => `${name} ${count}`),
      [`${MISSING.id} 1`, `${DUPLICATE.id} 1`, `${CRITICAL.id} 1`, `${ROUTABLE.id} 2`],
    );
    assert.deepEqual([...rows], [1, 2, 3, 0, 4]);
    assert.deepEqual([...small().query({ group: "ou", text: "zoe" }).rows], [0, 1]);
    assert.deepEqual(small().query({}).groups, []);
  });

  test("counts what the other facets leave, and not what this one does", () => {
    const query: FindingQuery = { facets: { rule: [MISSING.id], objectClass: ["user"] } };
    assert.deepEqual(counts(query, "rule"), [`${MISSING.id} 1`, `${DUPLICATE.id} 1`, `${ROUTABLE.id} 1`].sort());
    assert.deepEqual(counts(query, "ou"), ["OU=Berlin,DC=contoso,DC=com 1"]);
  });

  test("counts objects by their fates, and a file is none", () => {
    const { clean, changes, fails, staysOut } = small().fates();
    assert.equal(staysOut, 1);
    assert.equal(clean + changes + fails + staysOut, 3);
  });

  test("follows decisions", () => {
    const table = small();
    assert.deepEqual([...table.query({ facets: { decision: ["edit"] } }).rows], []);
    table.decide(0, "edit");
    assert.equal(table.decisionOf(0), "edit");
    assert.deepEqual([...table.query({ facets: { decision: ["edit"] } }).rows], [0]);
    assert.deepEqual([...table.query({ sort: "decision" }).rows], [1, 3, 4, 0, 2]);
  });

  test("knows which findings are about one object", () => {
    assert.deepEqual(small().siblings(1), [0, 1]);
    assert.deepEqual(small().siblings(2), [2]);
  });
});

test("100,000 findings are looked through by numbers: no query reads more of them than it must", () => {
  const read = { messages: 0, values: 0 };
  const table = new FindingTable<Row>();
  for (let number = 0; number < 100_000; number++) {
    if (number % 2 === 0) {
      const ou = `OU=Ou${number % 50},DC=contoso,DC=com`;
      table.beginObject({ dn: `CN=User ${number},${ou}`, objectType: "user", ou, domain: "contoso.com" });
    }
    const one = number % 3 === 0 ? MISSING : ROUTABLE;
    const counted = {
      rule: one,
      severity: one.severity,
      span: { start: 0, end: 0 },
      get message() {
        read.messages++;
        return "something is wrong";
      },
      get value() {
        read.values++;
        return undefined;
      },
    };
    table.add({ finding: counted as unknown as Finding }, "undecided");
  }
  table.finish();
  const first = table.query({});
  assert.equal(first.rows.length, 100_000);
  const filtered = table.query({ facets: { rule: [MISSING.id], ou: ["OU=Ou0,DC=contoso,DC=com"] } });
  assert.ok(filtered.rows.length > 0 && filtered.rows.length < 2_000);
  table.query({ sort: "dn" });
  table.query({ sort: "rule", descending: true });
  assert.deepEqual(read, { messages: 0, values: 0 });
  assert.equal(table.query({ sort: "rule", descending: true }), table.query({ sort: "rule", descending: true }));
  table.query({ text: "user 4242," });
  assert.ok(read.messages < 100_000, "what is found in the DN is looked for nowhere else");
});
