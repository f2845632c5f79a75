import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  Checker,
  DEFAULT_SETTINGS,
  ENTRY_RULES,
  mergeSettings,
  readLdif,
  readSettingsFile,
} from "../../server/core/index.ts";

const RULE_IDS = new Set(["displayname-missing"]);

describe("A settings file", () => {
  /** Text with `«»` around what a problem is about, the settings that are read, the messages. */
  const rows: readonly [text: string, settings: object, ...messages: RegExp[]][] = [
    ["", {}],
    ["{}", {}],
    ['// comment\n{ "profile": "cloudSync", /* and */ }', { profile: "cloudSync" }],
    ['{ "verifiedDomains": ["Contoso.com"] }', { verifiedDomains: ["contoso.com"] }],
    ['{ "initialDomain": "Contoso.onmicrosoft.com" }', { initialDomain: "contoso.onmicrosoft.com" }],
    [
      '{ "domainReplacements": { "Contoso.local": "contoso.com" } }',
      { domainReplacements: { "contoso.local": "contoso.com" } },
    ],
    ['{ "alternateLoginId": true }', { alternateLoginId: true }],
    ['{ "rules": { "displayname-missing": "off" } }', { rules: { "displayname-missing": "off" } }],
    ['{ "$schema": "x" }', {}],
    ['{ "alternateLoginId": «"true"» }', {}, /one of true, false/],
    ['{ "profile": «"connct"» }', {}, /one of "connect", "cloudSync"/],
    ['{ «"profil"»: "connect", "verifiedDomains": ["a.b"] }', { verifiedDomains: ["a.b"] }, /"profil" is no setting/],
    [
      '{ "verifiedDomains": ["contoso.com", «"contoso com"», «7»] }',
      { verifiedDomains: ["contoso.com"] },
      /no domain name/,
      /domain name is expected/,
    ],
    ['{ "verifiedDomains": «"contoso.com"» }', { verifiedDomains: [] }, /list is expected/],
    ['{ "rules": { «"displayname-mising"»: "off" } }', { rules: {} }, /no rule "displayname-mising"/],
    ['{ "rules": { "displayname-missing": «"of"» } }', { rules: {} }, /"information", "hint", "off"/],
    ['{ "rules": «[]» }', { rules: {} }, /must be an object/],
    ['{ "extraTopLevelDomains": [".Cloud"] }', { extraTopLevelDomains: ["cloud"] }],
    ['{ "extraTopLevelDomains": [«"a.b"»] }', { extraTopLevelDomains: [] }, /top-level domain is expected/],
    ['{ "ruleset": "idfix-dedicated" }', { ruleset: "idfix-dedicated" }],
    [
      '{ "scope": { "include": ["OU=Staff, DC=Contoso"] } }',
      { scope: { include: ["ou=staff,dc=contoso"], exclude: [] } },
    ],
    ['{ "scope": { "exclude": [«"Staff"»] } }', { scope: { include: [], exclude: [] } }, /DN is expected/],
    ['{ "scope": { «"exlude"»: [] } }', { scope: { include: [], exclude: [] } }, /"exlude" is nothing/],
    ['{ "customScoping": [{ "exclude": "(a=«(»b)" }] }', { customScoping: [] }, /cannot be read/],
    ['{ "customScoping": [«{ "name": "x" }»] }', { customScoping: [] }, /needs "exclude"/],
    ['{ "customScoping": [«7»] }', { customScoping: [] }, /must be an object/],
    ['{ "checkedTogether": ["a.ldf", "B c.ldif"] }', { checkedTogether: ["a.ldf", "B c.ldif"] }],
    [
      '{ "checkedTogether": ["a.ldf", «"../b.ldf"», «"c\\\\d.ldf"», «".."», «""», «7»] }',
      { checkedTogether: ["a.ldf"] },
      /"\.\.\/b\.ldf" is no file beside this one; give a name without a folder/,
      /the name of a file is expected/,
    ],
    ['{ "checkedTogether": «"a.ldf"» }', { checkedTogether: [] }, /list is expected/],
    ["«[]»", {}, /must be an object/],
    ['{ "profile": "connect" «x» }', { profile: "connect" }, /no JSON/],
  ];
  for (const [marked, settings, ...messages] of rows) {
    test(marked, () => {
      const text = marked.replace(/[«»]/g, "");
      const read = readSettingsFile(text, RULE_IDS);
      assert.deepEqual(read.settings, settings);
      if (messages.length === 0) assert.deepEqual(read.problems, []);
      const at = [...marked.matchAll(/«([^»]*)»/g)].map(([, inside]) => inside);
      const places = read.problems.map(({ span }) => text.slice(span.start, span.end));
      for (const place of at) assert.ok(places.includes(place!), `${places} has no ${place}`);
      for (const message of messages) assert.match(read.problems.map((one) => one.message).join("\n"), message);
    });
  }

  test("wins over the settings before it, setting by setting and rule by rule", () => {
    const editor = { profile: "cloudSync", verifiedDomains: ["a.com"], rules: { x: "off", y: "hint" } } as const;
    const file = { verifiedDomains: ["b.com"], rules: { y: "error" } } as const;
    assert.deepEqual(mergeSettings(editor, file), {
      ...DEFAULT_SETTINGS,
      profile: "cloudSync",
      verifiedDomains: ["b.com"],
      rules: { x: "off", y: "error" },
    });
  });
});

describe("alternateLoginId", () => {
  const checker = new Checker(ENTRY_RULES, { ...DEFAULT_SETTINGS, alternateLoginId: true });

  test("silences every rule about userPrincipalName", () => {
    const rules = ENTRY_RULES.filter(({ id }) => id.startsWith("upn-"));
    assert.ok(rules.length > 0);
    for (const rule of rules) assert.equal(checker.severity(rule), undefined, rule.id);
  });

  test("and leaves the others", () => {
    const [record] = readLdif("dn: CN=Jane\nobjectClass: user\nuserPrincipalName: jane\nsAMAccountName: a+b\n");
    const ids = checker.check(record!.entry!).findings.map(({ rule }) => rule.id);
    assert.ok(ids.includes("samaccountname-invalid-characters"));
  });
});
