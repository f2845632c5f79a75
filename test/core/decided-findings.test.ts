import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  Checker,
  DEFAULT_SETTINGS,
  type DecidedFinding,
  DecidedFindings,
  type Entry,
  RULES,
  readLdif,
} from "../../server/core/index.ts";

const checker = new Checker(RULES, DEFAULT_SETTINGS);

const entryOf = (text: string): Entry => readLdif(text)[0]!.entry!;

const user = (name: string, ...lines: string[]) =>
  [
    `dn: CN=${name},DC=contoso,DC=com`,
    "objectClass: user",
    `cn: ${name}`,
    `displayName: ${name}`,
    `sAMAccountName: ${name}`,
    ...lines,
    "",
  ].join("\n");

/** Decides about the findings of an entry by their rules: a new value, or `undefined` where the value is to go. */
function decided(entry: Entry, decisions: Readonly<Record<string, string | undefined>>): DecidedFinding[] {
  const { findings } = checker.check(entry);
  return Object.entries(decisions).map(([id, newValue]) => {
    const finding = findings.find(({ rule }) => rule.id === id);
    assert.ok(finding, `${id} is not among ${findings.map(({ rule }) => rule.id).join()}`);
    return { finding: { ...finding, entry }, ...(newValue !== undefined && { newValue }) };
  });
}

function plan(
  decisions: readonly (readonly [Entry, Readonly<Record<string, string | undefined>>])[],
  taken: readonly string[] = [],
) {
  const plan = new DecidedFindings(checker, { isTaken: ({ key }) => taken.includes(key) });
  for (const [entry, own] of decisions) plan.add(entry, decided(entry, own));
  const { records, refusals } = plan.finish();
  const specs = records.flatMap(({ dn, modSpecs }) =>
    modSpecs.map(({ type, attribute, values }) => `${dn}: ${type} ${attribute} ${JSON.stringify(values)}`),
  );
  return { specs, refusals: refusals.map(({ dn, attribute, reason }) => `${dn}: ${attribute}: ${reason}`) };
}

const local = () => entryOf(user("Jane", "userPrincipalName: jané@contoso.local"));
const RULE = "upn-domain-not-routable";
const OTHER = "upn-non-ascii-characters";

describe("What is decided about findings", () => {
  test("becomes a modify record that names the old value", () => {
    const { specs, refusals } = plan([[local(), { [RULE]: "jane@contoso.com" }]]);
    assert.deepEqual(refusals, []);
    assert.deepEqual(specs, [
      'CN=Jane,DC=contoso,DC=com: delete userPrincipalName [{"text":"jané@contoso.local"}]',
      'CN=Jane,DC=contoso,DC=com: add userPrincipalName [{"text":"jane@contoso.com"}]',
    ]);
  });

  test("removes a value", () => {
    const { specs, refusals } = plan([[local(), { [RULE]: undefined }]]);
    assert.deepEqual([specs.length, refusals], [1, []]);
    assert.match(specs[0]!, /delete userPrincipalName/);
  });

  test("adds a value that is missing", () => {
    const entry = entryOf(user("Jane", "userPrincipalName: jane@contoso.com").replace("displayName: Jane\n", ""));
    const { specs } = plan([[entry, { "displayname-missing": "Jane Doe" }]]);
    assert.deepEqual(specs, ['CN=Jane,DC=contoso,DC=com: add displayName [{"text":"Jane Doe"}]']);
  });

  test("is one change where two findings of a value get the same decision", () => {
    const { specs, refusals } = plan([[local(), { [RULE]: "jane@contoso.com", [OTHER]: "jane@contoso.com" }]]);
    assert.deepEqual([specs.length, refusals], [2, []]);
  });

  test("is refused where two findings of a value get two decisions", () => {
    const { specs, refusals } = plan([[local(), { [RULE]: "jane@contoso.com", [OTHER]: undefined }]]);
    assert.deepEqual(specs, []);
    assert.match(refusals.join(), /is decided in two ways/);
  });

  test("is refused where the new value is an error, a new one or the same again", () => {
    for (const text of ["jane@@contoso.com", "jané@contoso.com"]) {
      const { specs, refusals } = plan([[local(), { [OTHER]: text }]]);
      assert.deepEqual(specs, [], text);
      assert.match(refusals.join(), /would get a value that is an error/);
    }
  });

  test("is refused where another object holds the value, or gets it, too", () => {
    const held = plan([[local(), { [RULE]: "jane@contoso.com" }]], ["jane@contoso.com"]);
    assert.deepEqual(held.specs, []);
    assert.match(held.refusals.join(), /another object holds/);
    const other = entryOf(user("Jack", "userPrincipalName: jäck@contoso.local"));
    const both = plan([
      [local(), { [RULE]: "jane@contoso.com" }],
      [other, { [RULE]: "Jane@contoso.com" }],
    ]);
    assert.deepEqual(both.specs, []);
    assert.equal(both.refusals.length, 2);
  });
});
