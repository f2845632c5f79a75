import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { base64Of } from "../../server/core/text/base64.ts";
import { a, CONTACT, change, GROUP, LIMITS, USER } from "./entry-changes.ts";

interface Allowed {
  readonly what: string;
  readonly head?: string;
  readonly removed?: readonly string[];
  readonly added: readonly string[];
  /** `-` and `+` before the text, or the base64, of what is deleted and added. */
  readonly written: readonly string[];
}

const ALLOWED: readonly Allowed[] = [
  ...LIMITS.map(([attribute, most]) => ({
    what: `${attribute} of ${most} characters`,
    added: [`${attribute}: ${a(most)}`],
    written: [`+${a(most)}`],
  })),
  ...["j doe", "j@d", "Jürgen", "4711", " jane", "o'neil"].map((text) => ({
    what: `sAMAccountName ${text}`,
    added: [`sAMAccountName:: ${base64Of(text)}`],
    written: [`+${text}`],
  })),
  {
    what: "a group's sAMAccountName of 256 characters",
    head: GROUP,
    added: [`sAMAccountName: ${a(256)}`],
    written: [`+${a(256)}`],
  },
  ...["TRUE", "FALSE"].map((text) => ({
    what: `${text} as a boolean`,
    added: [`msExchHideFromAddressLists: ${text}`],
    written: [`+${text}`],
  })),
  ...["1", "-1", "2147483648", "9223372036854775807", "-9223372036854775808", "0"].map((text) => ({
    what: `${text} as a large integer`,
    added: [`msExchRecipientTypeDetails: ${text}`],
    written: [`+${text}`],
  })),
  {
    what: "another kind of group",
    head: GROUP,
    removed: ["groupType: -2147483646"],
    added: ["groupType: -2147483640"],
    written: ["--2147483646", "+-2147483640"],
  },
  ...["20261231000000.0Z", "20261231000000Z", "20261231000000.0+0100"].map((text) => ({
    what: `${text} as a time`,
    added: [`msTSExpireDate: ${text}`],
    written: [`+${text}`],
  })),
  { what: "64 of ü", added: [`mailNickname:: ${base64Of("ü".repeat(64))}`], written: [`+${"ü".repeat(64)}`] },
  { what: "32 emoji", added: [`mailNickname:: ${base64Of("😀".repeat(32))}`], written: [`+${"😀".repeat(32)}`] },
  { what: "a value of a blank", added: ["displayName:: IA=="], written: ["+ "] },
  { what: "a tab within a value", added: ["displayName: a\tb"], written: ["+a\tb"] },
  { what: "a hash within a value", added: ["displayName: a # b"], written: ["+a # b"] },
  {
    what: "other capitals alone, deleted before they are added",
    removed: ["proxyAddresses: SMTP:a@contoso.com"],
    added: ["proxyAddresses: smtp:a@contoso.com"],
    written: ["-SMTP:a@contoso.com", "+smtp:a@contoso.com"],
  },
  {
    what: "another primary address",
    removed: ["proxyAddresses: SMTP:a@x.com", "proxyAddresses: smtp:b@x.com"],
    added: ["proxyAddresses: smtp:a@x.com", "proxyAddresses: SMTP:b@x.com"],
    written: ["-SMTP:a@x.com", "-smtp:b@x.com", "+smtp:a@x.com", "+SMTP:b@x.com"],
  },
  { what: "no userPrincipalName any more", removed: ["userPrincipalName: a@x.com"], added: [], written: ["-a@x.com"] },
  { what: "an attribute of a schema of one's own", added: [`fooBar: ${a(5000)}`], written: [`+${a(5000)}`] },
  { what: "an option for bytes", added: ["userCertificate;binary:: /w=="], written: ["+/w=="] },
  {
    what: "a member by its GUID",
    head: GROUP,
    added: ["member: <GUID=0f9a1b2c-3d4e-4f60-8a7b-1c2d3e4f5a6b>"],
    written: ["+<GUID=0f9a1b2c-3d4e-4f60-8a7b-1c2d3e4f5a6b>"],
  },
  {
    what: "a group that is its own member",
    head: GROUP,
    added: ["member: CN=Jane,OU=Staff,DC=contoso,DC=com"],
    written: ["+CN=Jane,OU=Staff,DC=contoso,DC=com"],
  },
  {
    what: "a second description of a contact",
    head: CONTACT,
    removed: ["description: one"],
    added: ["description: one", "description: two"],
    written: ["+two"],
  },
  {
    what: "another department of a group whose schema has been extended by it",
    head: GROUP,
    removed: ["department: Sales"],
    added: ["department: Purchase"],
    written: ["-Sales", "+Purchase"],
  },
  {
    what: "what an auxiliary class of one's own may hold",
    head: GROUP.replace("objectClass: group", "objectClass: group\nobjectClass: contosoGroup"),
    added: ["department: Sales"],
    written: ["+Sales"],
  },
  {
    what: "what is not held, where the export shows no class",
    head: GROUP.replace("objectClass: group\n", ""),
    added: ["department: Sales"],
    written: ["+Sales"],
  },
  {
    what: "what everything is besides the class top",
    head: GROUP.replace("objectClass: group", "objectClass: top"),
    added: ["department: Sales"],
    written: ["+Sales"],
  },
  { what: "a photo of a group", head: GROUP, added: ["thumbnailPhoto:: /w=="], written: ["+/w=="] },
  { what: "an attribute of Exchange", head: CONTACT, added: ["mailNickname: ext"], written: ["+ext"] },
  { what: "octets that differ in capitals", added: ["jpegPhoto: a", "jpegPhoto: A"], written: ["+a", "+A"] },
  {
    what: "a wrong value taken away",
    removed: [`displayName: ${a(300)}`, "displayName: x", "msExchHideFromAddressLists: yes", "userAccountControl: abc"],
    added: ["displayName: x"],
    written: [`-${a(300)}`, "-yes", "-abc"],
  },
];

describe("What the directory takes is written", () => {
  for (const { what, head = USER, removed = [], added, written } of ALLOWED) {
    test(what, () => {
      const { record, refusals } = change(head, removed, added);
      assert.deepEqual(refusals, []);
      const told = record!.modSpecs.flatMap(({ type, values }) =>
        values.map((value) => `${type === "add" ? "+" : "-"}${"text" in value ? value.text : value.base64}`),
      );
      assert.deepEqual(told, written);
    });
  }
});
