import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Checker } from "../../server/core/engine/checker.ts";
import { Forest } from "../../server/core/engine/forest.ts";
import { KeySet } from "../../server/core/engine/key-set.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { proposeFix } from "../../server/core/fix/propose.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { RULES } from "../../server/core/rules/index.ts";
import fc from "../property.ts";
import { checkText } from "./examples.ts";

const SETTINGS = { ...DEFAULT_SETTINGS, domainReplacements: { "contoso.local": "contoso.com" } };

function user(name: string, ...lines: string[]): string {
  const classes = ["top", "person", "organizationalPerson", "user"].map((each) => `objectClass: ${each}`);
  const account = [`sAMAccountName: ${name}`, "userAccountControl: 512"];
  return `${[`dn: CN=${name},DC=contoso,DC=com`, ...classes, ...account, ...lines].join("\n")}\n`;
}

/** `CN=a: rule` for every duplicate that is found. */
function duplicatesIn(...users: string[]): string[] {
  return checkText(users.join("\n"), SETTINGS)
    .filter(({ finding }) => finding.rule.unique !== undefined)
    .map(({ finding }) => `${finding.entry?.dn.text.split(",")[0]}: ${finding.attribute}: ${finding.rule.id}`);
}

test("a set of keys knows what it was given, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 3000 }), fc.array(fc.string()), (given, others) => {
      const [keys, texts] = [new KeySet(), new Set<string>()];
      for (const text of given) {
        assert.equal(keys.add(text), !texts.has(text));
        texts.add(text);
      }
      assert.equal(keys.size, texts.size);
      for (const text of [...given, ...others]) assert.equal(keys.has(text), texts.has(text));
    }),
    { numRuns: 50 },
  );
});

describe("One key in several roles", () => {
  test("is told once for each value, by the rule that says most", () => {
    const lines = ["userPrincipalName: x@contoso.com", "mail: x@contoso.com", "proxyAddresses: SMTP:x@contoso.com"];
    assert.deepEqual(duplicatesIn(user("a", ...lines), user("b", ...lines)), [
      "CN=a: userPrincipalName: duplicate-userprincipalname",
      "CN=a: proxyAddresses: duplicate-smtp-address",
      "CN=b: userPrincipalName: duplicate-userprincipalname",
      "CN=b: proxyAddresses: duplicate-smtp-address",
    ]);
  });

  test("is no duplicate within one entry", () => {
    const lines = ["userPrincipalName: x@contoso.com", "mail: X@contoso.com", "proxyAddresses: SMTP:x@contoso.com"];
    assert.deepEqual(duplicatesIn(user("a", ...lines), user("b", "userPrincipalName: y@contoso.com")), []);
  });

  /** Whether the new user principal name of the first user would be taken from another. */
  function isTaken(...users: string[]): boolean {
    const checker = new Checker(RULES, SETTINGS);
    const forest = new Forest(checker);
    const entries = readLdif(users.join("\n")).flatMap(({ entry }) => entry ?? []);
    for (const entry of entries) forest.note(entry, forest.take(), false);
    const finding = checker.check(entries[0]!).findings.find(({ rule }) => rule.id === "upn-domain-not-routable");
    const fix = proposeFix(checker, finding!);
    assert.equal(fix?.newValue, "x@contoso.com");
    return fix.newKeys.some((key) => forest.isTaken(key));
  }

  test("is free for a fix that makes an entry's own address its user principal name, too", () => {
    const first = user("a", "userPrincipalName: x@contoso.local", "proxyAddresses: SMTP:x@contoso.com");
    assert.equal(isTaken(first, user("b", "userPrincipalName: y@contoso.com")), false);
    assert.equal(isTaken(first, user("b", "userPrincipalName: x@contoso.com")), true);
    assert.equal(isTaken(user("a", "userPrincipalName: x@contoso.local"), user("b", "mail: x@contoso.com")), true);
  });
});

test("with very many holders each names some of the others and counts all", () => {
  const users = Array.from({ length: 500 }, (_, n) =>
    user(`u${n}`, "mail: noreply@contoso.com", `proxyAddresses: SMTP:u${n}@contoso.com`),
  );
  const found = checkText(users.join("\n")).filter(({ finding }) => finding.rule.id === "duplicate-mail");
  assert.equal(found.length, 500);
  assert.match(found[7]!.finding.message, /"CN=u0,DC=contoso,DC=com" and 498 more/);
});

test("what is not exported is not missing for duplicates either", () => {
  const same = ["a", "b"].map((name) => user(name).replace(/(sAMAccountName: ).*/, "$1jdoe"));
  assert.deepEqual(duplicatesIn(...same), []);
  assert.equal(duplicatesIn(...same, user("c", "userPrincipalName: c@contoso.com")).length, 2);
});

test("an object that is in the export twice, or in two exports, is no duplicate of itself", () => {
  const jane = user("jane", "userPrincipalName: jane@contoso.com");
  assert.deepEqual(duplicatesIn(jane, jane.replace("CN=jane", "cn=Jane")), []);
});

describe("A value that is in use is not proposed to another entry", () => {
  const wanting = user("d", "userPrincipalName: anna.@contoso.com");

  function isTaken(settings: Partial<Settings>, ...users: string[]): boolean {
    const checker = new Checker(RULES, { ...DEFAULT_SETTINGS, ...settings });
    const forest = new Forest(checker);
    const entries = readLdif(users.join("\n")).flatMap(({ entry }) => entry ?? []);
    for (const entry of entries) forest.note(entry, forest.take(), checker.check(entry).excluded);
    const [fix] = checker.check(entries[0]!).findings.flatMap((finding) => proposeFix(checker, finding) ?? []);
    assert.ok(fix !== undefined);
    return fix.newKeys.some((key) => forest.isTaken(key));
  }

  test("whichever rules are on", () => {
    const off = Object.fromEntries(RULES.filter(({ unique }) => unique).map(({ id }) => [id, "off" as const]));
    assert.equal(isTaken({ rules: off }, wanting, user("b", "userPrincipalName: anna@contoso.com")), true);
    assert.equal(isTaken({ rules: off }, wanting, user("b", "userPrincipalName: ben@contoso.com")), false);
  });

  test("even where the other entry does not synchronize", () => {
    const other = user("e", "userPrincipalName: anna@contoso.com", "adminDescription: User_NoSync");
    assert.equal(isTaken({}, wanting, other), true);
  });

  test("whatever kind of object holds an account name", () => {
    const group = "dn: CN=grp,DC=contoso,DC=com\nobjectClass: group\ngroupType: -2147483646\nsAMAccountName: grp\n";
    const account = user("grp", "userPrincipalName: g@contoso.com").replace(
      "sAMAccountName: grp",
      "sAMAccountName: g[rp",
    );
    assert.equal(isTaken({}, account, group), true);
  });
});

test("a reference is told wherever the object stands that turns out to be excluded", () => {
  const contact = "dn: CN=c,DC=contoso,DC=com\nobjectClass: contact\ndisplayName: c\n";
  const one = user("u", "mail: u@contoso.com", "manager: CN=c,DC=contoso,DC=com");
  for (const text of [
    [contact, one],
    [one, contact],
  ].map((parts) => parts.join("\n"))) {
    const found = checkText(text, SETTINGS).map(({ finding }) => finding.rule.id);
    assert.ok(found.includes("reference-to-object-out-of-scope"), found.join());
  }
});
