import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Checker } from "../../server/core/engine/checker.ts";
import { DEFAULT_SETTINGS, type Ruleset, type Settings } from "../../server/core/engine/settings.ts";
import { IDFIX_RULESETS } from "../../server/core/rules/idfix-rulesets.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { background, checkText } from "./examples.ts";

const MT = "idfix-multi-tenant";
const D = "idfix-dedicated";
const BOTH = [MT, D] as const;

type Row = readonly [modes: readonly Ruleset[], error: string, lines: string, rule: string];

const LONG = "a".repeat(300);

/** What IdFix reported, and was right: in which mode, by which name of its own, about which lines of an entry; and who reports it here. */
const REPORTED: readonly Row[] = [
  [BOTH, "Length", `displayName: ${LONG}`, "attribute-length-exceeded"],
  [BOTH, "Blank", "givenName: Jane", "displayname-missing"],
  [BOTH, "Blank", "cn: Sales\ndisplayName:: IA==", "displayname-blank"],
  [[D], "Character", "displayName:: U2FsZXMg", "displayname-outer-whitespace"],
  [[D], "Character", "displayName:: U2FsZXPChQ==", "attribute-invisible-characters"],
  [BOTH, "Length", `mail: ${LONG}@contoso.com`, "mail-length"],
  [[D], "Character", "mail: jane doe@contoso.com", "mail-format"],
  [[D], "DomainPart", "mail: jane@contoso", "mail-format"],
  [[D], "TopLevelDomain", "mail: jane@contoso.local", "mail-domain-top-level-unknown"],
  [BOTH, "Length", `mailNickname: ${LONG}`, "mailnickname-length"],
  [[MT], "Character", "mailNickname: .jane", "mailnickname-leading-period"],
  [[D], "Character", "mailNickname: jane(doe)", "mailnickname-invalid-characters"],
  [[D], "Character", "mailNickname: r&d", "mailnickname-ampersand"],
  [BOTH, "Length", `proxyAddresses: smtp:${LONG}@contoso.com`, "proxyaddresses-value-length"],
  [BOTH, "Character", "proxyAddresses:: c210cDpqYW5lQGNvbnRvc28uY29tIA==", "proxyaddresses-outer-whitespace"],
  [BOTH, "LocalPart", "proxyAddresses: smtp:jane doe@contoso.com", "proxyaddresses-whitespace-or-invisible"],
  [BOTH, "LocalPart", "proxyAddresses: smtp:<jane@contoso.com>", "proxyaddresses-invalid-characters"],
  [BOTH, "LocalPart", "proxyAddresses: smtp:jürgen@contoso.com", "proxyaddresses-non-ascii-characters"],
  [BOTH, "Character", "proxyAddresses: smtp:smtp:jane@contoso.com", "proxyaddresses-colon-after-prefix"],
  [BOTH, "LocalPart", "proxyAddresses: smtp:jane..doe@contoso.com", "proxyaddresses-smtp-format"],
  [BOTH, "TopLevelDomain", "proxyAddresses: smtp:jane@contoso.local", "proxyaddresses-domain-not-routable"],
  [BOTH, "TopLevelDomain", "proxyAddresses: smtp:jane@contoso.con", "proxyaddresses-domain-top-level-unknown"],
  [
    BOTH,
    "Duplicate",
    "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:Jane@contoso.com",
    "proxyaddresses-duplicate-on-object",
  ],
  [[MT], "Character", 'proxyAddresses: X400:c=us;a= ;s="Doe";', "proxyaddresses-legacy-protocol"],
  [[MT], "Character", "proxyAddresses: jane doe@contoso.com", "proxyaddresses-missing-prefix"],
  [[MT], "Character", "sAMAccountName: jane+doe", "samaccountname-invalid-characters"],
  [[MT], "Length", "sAMAccountName: bartholomew.longfellow", "samaccountname-length"],
  [BOTH, "Length", `targetAddress: SMTP:${LONG}@fabrikam.com`, "targetaddress-length"],
  [BOTH, "LocalPart", "targetAddress: SMTP:jane doe@fabrikam.com", "targetaddress-invalid-characters"],
  [BOTH, "DomainPart", "targetAddress: SMTP:jane@fabrikam", "targetaddress-smtp-format"],
  [BOTH, "TopLevelDomain", "targetAddress: SMTP:jane@fabrikam.con", "targetaddress-domain-top-level-unknown"],
  [[MT], "Character", "targetAddress:: IA==", "targetaddress-missing-prefix"],
  [[MT], "Length", `userPrincipalName: ${LONG}@contoso.com`, "upn-length"],
  [[MT], "DomainPart", "userPrincipalName: jane", "upn-no-at-sign"],
  [[MT], "LocalPart", "userPrincipalName: jane@doe@contoso.com", "upn-multiple-at-signs"],
  [[MT], "LocalPart", "userPrincipalName: @contoso.com", "upn-empty-local-part"],
  [[MT], "Character", "userPrincipalName: jane*@contoso.com", "upn-invalid-characters"],
  [[MT], "Character", "userPrincipalName: jürgen@contoso.com", "upn-non-ascii-characters"],
  [[MT], "Character", "userPrincipalName: jane doe@contoso.com", "upn-whitespace-or-invisible"],
  [[MT], "LocalPart", "userPrincipalName: jane.@contoso.com", "upn-local-part-ends-badly"],
  [[MT], "LocalPart", "userPrincipalName: jane..doe@contoso.com", "upn-local-part-dot-placement"],
  [[MT], "DomainPart", "userPrincipalName: jane@-contoso.com", "upn-domain-malformed"],
  [[MT], "TopLevelDomain", "userPrincipalName: jane@contoso.local", "upn-domain-not-routable"],
  [[MT], "TopLevelDomain", "userPrincipalName: jane@contoso.con", "upn-domain-top-level-unknown"],
  [BOTH, "Duplicate", twice("mail: sales@contoso.com"), "duplicate-smtp-address"],
  [
    BOTH,
    "Duplicate",
    "proxyAddresses: SMTP:a@contoso.com\nmail: sales@contoso.com\n\nproxyAddresses: SMTP:b@contoso.com\nmail: sales@contoso.com",
    "duplicate-mail",
  ],
  [BOTH, "Duplicate", twice("mailNickname: sales"), "duplicate-mailnickname"],
  [BOTH, "Duplicate", twice("proxyAddresses: SMTP:sales@contoso.com"), "duplicate-smtp-address"],
  [
    BOTH,
    "Duplicate",
    `${twice("proxyAddresses: smtp:sales@contoso.com", "objectClass: group\n")}`,
    "duplicate-smtp-address-across-object-types",
  ],
  [BOTH, "Duplicate", twice("proxyAddresses: X500:/o=Contoso/cn=sales"), "duplicate-non-smtp-proxyaddress"],
  [[MT], "Duplicate", twice("targetAddress: SMTP:sales@fabrikam.com"), "duplicate-targetaddress"],
  [[MT], "Duplicate", twice("userPrincipalName: sales@contoso.com"), "duplicate-userprincipalname"],
  [[MT], "Duplicate", twice("sAMAccountName: sales"), "duplicate-samaccountname-without-upn"],
];

/** Two entries with the same line, the first of them with others, too. */
function twice(line: string, first = ""): string {
  return `${first}${line}\n\n${line}`;
}

/** A user, or the object that `lines` say it is, with what makes it synchronize. */
function whole(lines: string, number: number): string {
  const usual = [
    "objectClass: user",
    `cn: Example ${number}`,
    `sAMAccountName: example${number}`,
    "userAccountControl: 512",
  ];
  const own = new Set(lines.split("\n").map((line) => line.slice(0, line.indexOf(":"))));
  const rest = usual.filter((line) => !own.has(line.slice(0, line.indexOf(":"))));
  return [`dn: CN=Example ${number},OU=Staff,DC=contoso,DC=com`, ...rest, lines].join("\n");
}

/** The rules that report something about an export with these entries. */
function reported(lines: string, settings: Partial<Settings>): Set<string> {
  const own = { ...DEFAULT_SETTINGS, ...settings };
  const entries = [...lines.split("\n\n").map(whole), ...background(own)].map((entry) => `${entry}\n`);
  const found = checkText(entries.join("\n"), own).map(({ finding }) => finding.rule);
  return new Set(found.filter(({ objectTypes }) => objectTypes !== undefined).map(({ id }) => id));
}

describe("What IdFix reported is reported with its rule set", () => {
  for (const [modes, error, lines, rule] of REPORTED) {
    for (const ruleset of modes) {
      test(`${ruleset} ${error}: ${lines.slice(0, 60)}`, () => assert.ok(reported(lines, { ruleset }).has(rule), rule));
    }
  }

  for (const [ruleset, ids] of Object.entries(IDFIX_RULESETS)) {
    test(`${ruleset}: all its rules exist and are about entries, and for each IdFix reported something`, () => {
      const rows = REPORTED.filter(([modes]) => modes.includes(ruleset as Ruleset)).map(([, , , rule]) => rule);
      assert.deepEqual([...new Set(ids)].sort(), [...new Set(rows)].sort());
      assert.equal(new Set(ids).size, ids.length, "A rule is named twice");
      const known = new Set(RULES.filter(({ objectTypes }) => objectTypes !== undefined).map(({ id }) => id));
      assert.deepEqual(
        ids.filter((id) => !known.has(id)),
        [],
      );
    });
  }
});

describe("A rule set", () => {
  const withoutUpn =
    "userPrincipalName: jane@contoso.com\nmail: other@contoso.com\nproxyAddresses: SMTP:jane@contoso.com";

  test("default has all rules that are on by themselves", () => {
    const checker = new Checker(RULES, DEFAULT_SETTINGS);
    const off = RULES.filter((rule) => checker.severity(rule) === undefined);
    assert.deepEqual(
      off.filter(({ offByDefault, profiles }) => !offByDefault && profiles?.includes("connect") !== false),
      [],
    );
  });

  test("of IdFix has no rule for what IdFix did not look at, unless the settings name it", () => {
    const id = "upn-differs-from-primary-smtp";
    assert.ok(reported(withoutUpn.replace("jane@", "jd@"), {}).has(id));
    assert.ok(!reported(withoutUpn.replace("jane@", "jd@"), { ruleset: MT }).has(id));
    assert.ok(reported(withoutUpn.replace("jane@", "jd@"), { ruleset: MT, rules: { [id]: "hint" } }).has(id));
  });

  test("of IdFix has no rule that is switched off", () => {
    assert.deepEqual(
      [...reported("displayName: Jane\nmail: jane", { ruleset: D, rules: { "mail-format": "off" } })],
      [],
    );
  });

  for (const ruleset of BOTH) {
    test(`${ruleset} leaves out what does not synchronize`, () => {
      const lines = "sAMAccountName: AAD_1234\nproxyAddresses: smtp:jane doe@contoso.com";
      assert.deepEqual([...reported(lines, { ruleset })], ["scope-samaccountname-aad-prefix"]);
    });

    test(`${ruleset} reports what is wrong with the file`, () => {
      const found = checkText("dn: CN=Jane,DC=contoso,DC=com\nobjectClass: user\nmail jane\n", {
        ...DEFAULT_SETTINGS,
        ruleset,
      });
      assert.deepEqual(
        found.map(({ finding }) => finding.rule.objectTypes),
        found.map(() => undefined),
      );
      assert.ok(found.length > 0);
    });
  }
});
