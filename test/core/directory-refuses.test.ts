import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { whyNotNameable } from "../../server/core/fix/directory-refuses.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { base64Of } from "../../server/core/text/base64.ts";
import { a, bytes, COMPUTER, CONTACT, change, GROUP, LIMITS, USER } from "./entry-changes.ts";

interface Row {
  readonly what: string;
  readonly head?: string;
  readonly removed?: readonly string[];
  readonly added: readonly string[];
  readonly reason: RegExp;
  readonly rule?: string;
}

const SYSTEM: readonly (readonly [attribute: string, value: string, reason: RegExp])[] = [
  ["objectGUID", "0f9a1b2c3d4e5f60", /by the system only/],
  ["whenChanged", "20260101000000.0Z", /by the system only/],
  ["uSNChanged", "1", /by the system only/],
  ["memberOf", "CN=Group,DC=contoso,DC=com", /other side of a link/],
  ["homeMDBBL", "CN=Jane,DC=contoso,DC=com", /other side of a link/],
  ["canonicalName", "contoso.com/Jane", /computed/],
  ["distinguishedName", "CN=Janet,DC=contoso,DC=com", /names the object/],
  ["name", "Janet", /names the object/],
  ["cn", "Janet", /names the object/],
  ["objectClass", "contact", /another kind/],
  ["objectSid", "S-1-5-21-1-2-3-1104", /security accounts manager/],
  ["sAMAccountType", "805306368", /security accounts manager/],
  ["primaryGroupID", "514", /that the object is a member of/],
  ["nTSecurityDescriptor", "D:P", /security descriptor/],
  ["unicodePwd", "secret", /secret/],
  ["userPassword", "secret", /secret/],
  ["ntPwdHistory", "secret", /secret/],
  ["lastLogonTimestamp", "133000000000000000", /security accounts manager/],
  ["pwdLastSet", "0", /undo file/],
  ["1.2.840.113556.1.2.13", "Jane", /number/],
  ["displayName;lang-de", "Jane", /option/],
  ["control", "1.2.3", /meaning of its own/],
];

const REFUSED: readonly Row[] = [
  ...LIMITS.map(
    ([attribute, most, rule]): Row => ({
      what: `${attribute} of ${most + 1} characters`,
      added: [`${attribute}: ${a(most + 1)}`],
      reason: new RegExp(`${most + 1} characters: the directory takes at most ${most}\\b`),
      ...(rule && { rule }),
    }),
  ),
  ...SYSTEM.map(
    ([attribute, value, reason]): Row => ({
      what: `${attribute}, which only the system writes, or nobody`,
      added: [`${attribute}: ${value}`],
      reason,
    }),
  ),
  ...Array.from(
    '/\\[]:;|=+,*?<>"\x01',
    (character): Row => ({
      what: `sAMAccountName with ${JSON.stringify(character)}`,
      added: [`sAMAccountName:: ${base64Of(`ja${character}ne`)}`],
      reason: /which no account name has/,
      ...(character >= " " && { rule: "samaccountname-invalid-characters" }),
    }),
  ),
  {
    what: "a system object",
    added: ["isCriticalSystemObject: TRUE"],
    reason: /security accounts manager/,
    rule: "scope-critical-system-object",
  },
  {
    what: "no system object any more",
    removed: ["isCriticalSystemObject: TRUE"],
    added: [],
    reason: /security accounts manager/,
    rule: "scope-critical-system-object",
  },
  { what: "sAMAccountName that ends with a period", added: ["sAMAccountName: jane."], reason: /end with/ },
  { what: "sAMAccountName of a blank", added: ["sAMAccountName:: IA=="], reason: /nothing but blanks/ },
  {
    what: "no sAMAccountName any more",
    removed: ["sAMAccountName: jane"],
    added: [],
    reason: /always has one/,
    rule: "scope-samaccountname-missing",
  },
  {
    what: "a group's sAMAccountName of 257 characters",
    head: GROUP,
    added: [`sAMAccountName: ${a(257)}`],
    reason: /at most 256/,
  },
  {
    what: "a group's sAMAccountName with a plus sign",
    head: GROUP,
    added: ["sAMAccountName: a+b"],
    reason: /"\+", which no account name has/,
  },
  {
    what: "a computer's sAMAccountName of 21 characters",
    head: COMPUTER,
    added: [`sAMAccountName: ${a(20)}$`],
    reason: /at most 20/,
  },
  {
    what: "a value that is there in other capitals",
    removed: ["proxyAddresses: smtp:a@contoso.com"],
    added: ["proxyAddresses: smtp:a@contoso.com", "proxyAddresses: SMTP:a@contoso.com"],
    reason: /without regard to capitals/,
    rule: "proxyaddresses-duplicate-on-object",
  },
  {
    what: "two new values that differ in capitals",
    added: ["proxyAddresses: smtp:a@contoso.com", "proxyAddresses: SMTP:a@contoso.com"],
    reason: /without regard to capitals/,
    rule: "proxyaddresses-duplicate-on-object",
  },
  {
    what: "two new values that differ in accents",
    added: ["otherMailbox: e", "otherMailbox:: w6k="],
    reason: /without regard to capitals/,
  },
  {
    what: "a DN twice in two spellings",
    head: GROUP,
    added: ["member: CN=A,DC=contoso,DC=com", "member: cn=a, dc=contoso, dc=com"],
    reason: /takes the two for one/,
  },
  {
    what: "a second value where there is one",
    removed: ["displayName: Jane"],
    added: ["displayName: Jane", "displayName: Janet"],
    reason: /would hold 2 values: the directory keeps one/,
  },
  {
    what: "two values where there was none",
    added: ["targetAddress: smtp:a@contoso.com", "targetAddress: smtp:b@contoso.com"],
    reason: /would hold 2 values/,
  },
  {
    what: "two values in the place of one",
    removed: ["displayName: Jane"],
    added: ["displayName: Jan", "displayName: Janet"],
    reason: /would hold 2 values/,
  },
  {
    what: "a second description of a user",
    removed: ["description: one"],
    added: ["description: one", "description: two"],
    reason: /would hold 2 values/,
    rule: "attribute-first-value-only",
  },
  {
    what: "a kind of group for a user",
    added: ["groupType: -2147483646"],
    reason: /object of the class user can have/,
  },
  { what: "a manager of a user as of a group", added: ["managedBy: CN=A,DC=x"], reason: /the class user/ },
  { what: "a department of a group", head: GROUP, added: ["department: Sales"], reason: /the class group/ },
  {
    what: "a name for logging on of a contact",
    head: CONTACT,
    added: ["userPrincipalName: a@x.com"],
    reason: /contact/,
  },
  { what: "an empty value", added: ["displayName:"], reason: /empty value/ },
  { what: "an empty value in base64", added: ["displayName::"], reason: /empty value/ },
  { what: "an empty value in the place of one", removed: ["info: x"], added: ["info: "], reason: /empty value/ },
  { what: "bytes of Latin-1 as text", added: ["displayName:: SvxyZ2Vu"], reason: /bytes that are no text/ },
  { what: "NUL", added: ["displayName:: YQBi"], reason: /no directory keeps/ },
  {
    what: "33 emoji where there is room for 32",
    added: [`mailNickname:: ${base64Of("😀".repeat(33))}`],
    reason: /66 characters/,
    rule: "mailnickname-length",
  },
  ...["true", "True", "1", "yes", "WAHR"].map(
    (text): Row => ({
      what: `${text} as a boolean`,
      removed: ["msExchHideFromAddressLists: FALSE"],
      added: [`msExchHideFromAddressLists: ${text}`],
      reason: /TRUE and FALSE, in capitals/,
    }),
  ),
  ...["abc", "0x10", "1.5", "007", "+1"].map(
    (text): Row => ({
      what: `${text} as an integer`,
      added: [`msExchRecipientTypeDetails: ${text}`],
      reason: /no integer/,
    }),
  ),
  { what: "an integer behind a blank", added: ["msExchRecipientTypeDetails:: IDE="], reason: /no integer/ },
  { what: "more than 64 bits", added: ["msExchRecipientTypeDetails: 99999999999999999999"], reason: /64 bits/ },
  { what: "one more than 64 bits hold", added: ["accountExpires: 9223372036854775808"], reason: /64 bits/ },
  { what: "more than 32 bits", added: ["userAccountControl: 2147483648"], reason: /32 bits/ },
  { what: "less than 32 bits", added: ["groupType: -2147483649"], head: GROUP, reason: /32 bits/ },
  { what: "an integer out of its range", added: ["countryCode: 70000"], reason: /get 70000: .*at most 65535/ },
  { what: "an integer below its range", added: ["countryCode: -1"], reason: /get -1: .*at least 0/ },
  {
    what: "a photo over 100 KB",
    added: [`thumbnailPhoto:: ${bytes(102401)}`],
    reason: /102401 bytes/,
    rule: "thumbnailphoto-too-large",
  },
  { what: "a GUID of 15 bytes", added: [`msExchMailboxGuid:: ${bytes(15)}`], reason: /15 bytes: .*at least 16/ },
  {
    what: "a GUID as text",
    added: ["msExchMailboxGuid: 0f9a1b2c-3d4e-4f60-8a7b-1c2d3e4f5a6b"],
    reason: /36 bytes/,
  },
  { what: "a manager who is no DN", added: ["manager: Jane Doe"], reason: /no DN/ },
  { what: "a manager who is the root", added: ["manager: @ROOT"], reason: /no DN/ },
  { what: "a DN with too few bytes", added: ["msPKIDPAPIMasterKeys: B:4:ff:CN=A,DC=x"], reason: /no DN with bytes/ },
  ...["2026-12-31", "20261231", "20261332000000.0Z", "20260230000000.0Z", "20261231000000"].map(
    (text): Row => ({
      what: `${text} as a time`,
      added: [`msTSExpireDate: ${text}`],
      reason: /no time/,
    }),
  ),
];

describe("What the directory would refuse is refused before it is written, with the reason", () => {
  for (const { what, head = USER, removed = [], added, reason, rule } of REFUSED) {
    test(what, () => {
      const { record, refusals } = change(head, removed, added);
      assert.equal(record, undefined);
      assert.deepEqual([refusals.length, refusals[0]?.rule], [1, rule]);
      assert.match(refusals[0]!.reason, reason);
    });
  }

  test("each rule that a reason names is one, and about that attribute", () => {
    for (const { rule, added, removed = [] } of REFUSED) {
      if (rule === undefined) continue;
      const attribute = [...added, ...removed][0]!.split(":", 1)[0]!;
      const about = RULES.find(({ id }) => id === rule);
      assert.ok(about?.attributes?.includes(attribute), `${rule} and ${attribute}`);
    }
  });
});

describe("A name that the directory would refuse", () => {
  const rows: readonly [type: string, value: string, reason: RegExp | undefined][] = [
    ["CN", a(64), undefined],
    ["CN", a(65), /a CN of 65 characters: the directory takes at most 64/],
    ["ou", a(65), /at most 64/],
    ["ou", "Münster", undefined],
    ["dc", a(256), /at most 255/],
    ["uid", a(256), /at most 255/],
    ["foo", a(256), /at most 255/],
    ["cn", "😀".repeat(32), undefined],
    ["cn", "😀".repeat(33), /66/],
    ["cn", "", /blanks/],
    ["cn", "  ", /blanks/],
    ["cn", " Doe, John", undefined],
    ["cn", "a\ufffd", /lost/],
    ["cn", "a\0", /lost/],
    ["cn", "Jane\nCNF:0f9a1b2c-3d4e-4f60-8a7b-1c2d3e4f5a6b", /mark/],
  ];
  for (const [type, value, reason] of rows) {
    test(`${type}=${JSON.stringify(value.slice(0, 20))} (${value.length})`, () => {
      const why = whyNotNameable(type, value);
      if (reason === undefined) assert.equal(why, undefined);
      else assert.match(why ?? "", reason);
    });
  }
});
