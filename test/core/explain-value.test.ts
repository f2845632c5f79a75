import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { explainAttribute } from "../../server/core/model/explain-attribute.ts";
import { explainDn, explainValue, type ValueExplanation } from "../../server/core/model/explain-value.ts";
import { isoText } from "../../server/core/model/moment.ts";
import { synchronizationOf } from "../../server/core/model/synchronization.ts";

/** Central European time: summer time from April to September will do here. */
function berlin(milliseconds: number): number {
  const month = new Date(milliseconds).getUTCMonth();
  return month >= 3 && month <= 8 ? 120 : 60;
}

/** What is said of the value of an LDIF line. */
function explained(line: string): ValueExplanation {
  const { entry } = readLdif(`dn: CN=x,DC=contoso,DC=com\n${line}\n`)[0]!;
  const [type] = entry!.attributeTypes();
  return explainValue(entry!.values(type!)[0]!, berlin);
}

function linesOf(line: string): string[] {
  return explained(line).lines.map(({ label, text }) => `${label}: ${text}`);
}

function blocksOf({ blocks }: ValueExplanation): string[] {
  return blocks.map(({ label, text }) => `${label}: ${text}`);
}

function base64(text: string | readonly number[]): string {
  return Buffer.from(text as string).toString("base64");
}

describe("A value in words", () => {
  /** Sources: MS-DTYP 2.4.2.4 (S-1-5-32-544), and the well-known moments of FILETIME and of the domain controllers' clocks. */
  const rows: readonly (readonly [line: string, ...said: string[]])[] = [
    ["objectSid:: AQIAAAAAAAUgAAAAIAIAAA==", "SID: S-1-5-32-544"],
    ["objectSid: S-1-5-32-544", "SID: S-1-5-32-544"],
    ["sIDHistory:: AQIAAAAAAAUgAAAAIAIAAA==", "SID: S-1-5-32-544"],
    [
      "objectGUID:: MyIRAFVEd2aImaq7zN3u/w==",
      "GUID: 00112233-4455-6677-8899-aabbccddeeff",
      "Its bytes in base64: MyIRAFVEd2aImaq7zN3u/w==",
    ],
    [
      "objectGUID: {00112233-4455-6677-8899-AABBCCDDEEFF}",
      "GUID: 00112233-4455-6677-8899-aabbccddeeff",
      "Its bytes in base64: MyIRAFVEd2aImaq7zN3u/w==",
    ],
    // Sixteen bytes may as well be text.
    [
      `mS-DS-ConsistencyGuid:: ${base64("abcdefghijklmnop")}`,
      "GUID: 64636261-6665-6867-696a-6b6c6d6e6f70",
      "Its bytes in base64: YWJjZGVmZ2hpamtsbW5vcA==",
    ],
    ["pwdLastSet: 116444736000000000", "UTC: 1970-01-01T00:00:00Z", "Local time: 1970-01-01T01:00:00+01:00"],
    [
      "lastLogonTimestamp: 133649676600500000",
      "UTC: 2024-07-09T03:01:00.050Z",
      "Local time: 2024-07-09T05:01:00.050+02:00",
    ],
    ["pwdLastSet: 0", "Means: the password must be changed at the next logon"],
    ["accountExpires: 0", "Means: never"],
    ["accountExpires: 9223372036854775807", "Means: never"],
    ["lastLogon: 0", "Means: never, or not known"],
    ["lockoutTime: 0", "Means: not locked out"],
    [
      "lastLogon: 9223372036854775806",
      "UTC: +030828-09-14T02:48:05.477Z",
      "Local time: +030828-09-14T04:48:05.477+02:00",
    ],
    ["lastLogon: 99999999999999999999"],
    ["lastLogon: tomorrow"],
    ["uSNChanged: 116444736000000000"],
    ["whenCreated: 20260115103000.0Z", "UTC: 2026-01-15T10:30:00Z", "Local time: 2026-01-15T11:30:00+01:00"],
    ["whenCreated: 20260115103000+0130", "UTC: 2026-01-15T09:00:00Z", "Local time: 2026-01-15T10:00:00+01:00"],
    [
      "msExchWhenMailboxCreated: 20240708140100.0Z",
      "UTC: 2024-07-08T14:01:00Z",
      "Local time: 2024-07-08T16:01:00+02:00",
    ],
    ["whenCreated: 20260230103000.0Z"],
    ["maxPwdAge: -36288000000000", "Duration: 42 days"],
    ["lockoutDuration: -18610000000", "Duration: 31 minutes, 1 second"],
    ["maxPwdAge: -9223372036854775808", "Duration: forever"],
    ["minPwdAge: 0", "Duration: none"],
    ["userAccountControl: 514", "Means: ACCOUNTDISABLE (0x2), NORMAL_ACCOUNT (0x200)"],
    ["userAccountControl: 0", "Means: no flag"],
    ["userAccountControl: 1073741824", "Means: unknown (0x40000000)"],
    ["userAccountControl: 99999999999"],
    ["groupType: -2147483646", "Means: ACCOUNT_GROUP (global) (0x2), SECURITY_ENABLED (0x80000000)"],
    ["groupType: 8", "Means: UNIVERSAL_GROUP (0x8)"],
    ["sAMAccountType: 805306368", "Means: USER_OBJECT"],
    ["sAMAccountType: 7", "Means: unknown (7)"],
    [
      "systemFlags: -1946157056",
      "Means: DOMAIN_DISALLOW_MOVE (0x4000000), DOMAIN_DISALLOW_RENAME (0x8000000), DISALLOW_DELETE (0x80000000)",
    ],
    ["trustDirection: 3", "Means: BIDIRECTIONAL"],
    ["trustType: 2", "Means: UPLEVEL"],
    ["trustAttributes: 8", "Means: FOREST_TRANSITIVE (0x8)"],
    [
      "msDS-SupportedEncryptionTypes: 28",
      "Means: RC4-HMAC (0x4), AES128-CTS-HMAC-SHA1-96 (0x8), AES256-CTS-HMAC-SHA1-96 (0x10)",
    ],
    ["msExchRecipientTypeDetails: 2147483648", "Means: RemoteUserMailbox (0x80000000)"],
    ["msExchRecipientTypeDetails: 34359738368", "Means: RemoteSharedMailbox (0x800000000)"],
    ["msExchRecipientTypeDetails: -1"],
    ["msExchRemoteRecipientType: 97", "Means: ProvisionMailbox (0x1), SharedMailbox (0x60)"],
    ["msExchRemoteRecipientType: 4", "Means: Migrated (0x4)"],
    ["msExchRecipientDisplayType: -1073741818", "Means: ACLableSyncedMailboxUser"],
    ["mail:: amFuZeKAi0Bjb250b3NvLmNvbQ==", "Invisible: zero width space (U+200B) at 5"],
    ["displayName:: IEphbmU=", "Invisible: white space at the beginning"],
    [
      `description:: ${base64("a\u00a0b\u202ec ")}`,
      "Invisible: white space at the end, no-break space (U+00A0) at 2, character U+202E at 4",
    ],
    [`info:: ${base64("one\r\ntwo\nthree")}`],
    [
      `info:: ${base64("\u200b".repeat(12))}`,
      `Invisible: ${Array.from({ length: 10 }, (_, at) => `zero width space (U+200B) at ${at + 1}`).join(", ")}, and 2 more`,
    ],
    ["msExchBlockedSendersHash:: /4A=", "Holds: 2 bytes"],
    ["userCertificate:: MIID/w==", "Holds: 4 bytes, DER structure, such as a certificate"],
    ["description: plain"],
  ];
  for (const [line, ...said] of rows) test(line.slice(0, 80), () => assert.deepEqual(linesOf(line), said));

  test("pictures are told by their first bytes, and only those that can hold no script are shown", () => {
    const jpeg = base64([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
    assert.deepEqual(explained(`thumbnailPhoto:: ${jpeg}`), {
      lines: [{ label: "Holds", text: "6 bytes, JPEG picture" }],
      blocks: [],
      picture: { mediaType: "image/jpeg", base64: jpeg },
    });
    const png = base64([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff]);
    assert.equal(explained(`jpegPhoto:: ${png}`).picture?.mediaType, "image/png");
    const svg = explained(`thumbnailPhoto:: ${base64('<svg onload="alert(1)"/>')}`);
    assert.equal(svg.picture, undefined);
    assert.deepEqual(blocksOf(svg), ['Text: <svg onload="alert(1)"/>']);
  });

  test("base64 that holds text is told as that text, lines and all", () => {
    assert.deepEqual(blocksOf(explained(`streetAddress:: ${base64("Hauptstraße 1\r\nBerlin")}`)), [
      "Text: Hauptstraße 1\r\nBerlin",
    ]);
    assert.deepEqual(explained("displayName: Jane").blocks, []);
  });

  test("long DNs are laid out without their escapes", () => {
    const line = "manager: CN=Doe\\, Jane,OU=Sales,OU=Berlin,DC=contoso,DC=com";
    assert.deepEqual(blocksOf(explained(line)), [
      "Part by part: CN = Doe, Jane\nOU = Sales\nOU = Berlin\nDC = contoso\nDC = com",
    ]);
    assert.deepEqual(explained("manager: CN=Jane,DC=contoso,DC=com").blocks, []);
    const dn = { text: "CN=Zoë,OU=Sales,OU=Berlin,OU=Germany,OU=Europe,DC=contoso,DC=com", isEncoded: true };
    assert.deepEqual(blocksOf(explainDn(dn)), [
      `Text: ${dn.text}`,
      "Part by part: CN = Zoë\nOU = Sales\nOU = Berlin\nOU = Germany\nOU = Europe\nDC = contoso\nDC = com",
    ]);
    assert.deepEqual(explainDn({ text: "CN=a\\,,,", isEncoded: false }).blocks, []);
  });

  test("so are X500 addresses", () => {
    const dn = "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=jane";
    const parts =
      "Part by part: o = Contoso\nou = Exchange Administrative Group (FYDIBOHF23SPDLT)\ncn = Recipients\ncn = jane";
    assert.deepEqual(blocksOf(explained(`legacyExchangeDN: ${dn}`)), [parts]);
    assert.deepEqual(blocksOf(explained(`proxyAddresses: X500:${dn}`)), [parts]);
    assert.deepEqual(explained(`description: ${dn}`).blocks, []);
    assert.deepEqual(explained("proxyAddresses: SMTP:jane@contoso.com").blocks, []);
  });

  test("local time has the offset of its moment, on either side of Greenwich", () => {
    assert.equal(isoText(0, -210), "1969-12-31T20:30:00-03:30");
    assert.equal(isoText(0, 0), "1970-01-01T00:00:00+00:00");
    assert.equal(isoText(Number.NaN), "");
  });
});

describe("An attribute in words", () => {
  const rows: readonly (readonly [type: string, ...said: string[]])[] = [
    [
      "mail",
      "Text, at most 256 characters, one value",
      "Synchronized to Microsoft Entra ID for users, contacts and groups, by default",
    ],
    [
      "member",
      "DN, several values",
      "Link: the directory keeps the other side of it",
      "Synchronized to Microsoft Entra ID for groups, by default",
    ],
    [
      "memberof",
      "DN, several values, written by the system only",
      "Back link: the directory keeps it, and changes go to the other side",
      "Not among the attributes that Connect Sync synchronizes by default",
    ],
    [
      "objectguid",
      "Bytes, exactly 16, one value, written by the system only",
      "Not synchronized under its own name: Connect Sync makes of it the source anchor (sourceAnchor, the immutable ID), unless that is mS-DS-ConsistencyGuid",
    ],
    [
      "useraccountcontrol",
      "Integer of 32 bits, one value",
      "Not synchronized under its own name: Connect Sync makes of it accountEnabled",
    ],
    [
      "objectclass",
      "OID, several values, written by the system only",
      "Not synchronized under its own name: Connect Sync makes of it the kind of the object",
    ],
    ["contosobadge", "Not among the attributes that Connect Sync synchronizes by default"],
    ["constructor", "Not among the attributes that Connect Sync synchronizes by default"],
  ];
  for (const [type, ...said] of rows) test(type, () => assert.deepEqual(explainAttribute(type), said));

  test("of which objects attributes are synchronized", () => {
    assert.deepEqual(synchronizationOf("objectsid").objects, ["users", "groups", "devices"]);
    assert.deepEqual(synchronizationOf("employeeid").objects, ["users"]);
    assert.deepEqual(synchronizationOf("msrtcsip-primaryuseraddress").objects, ["users", "contacts"]);
    assert.deepEqual(synchronizationOf("managedby").objects, ["groups"]);
    assert.deepEqual(synchronizationOf("proxyaddresses").objects, ["users", "contacts", "groups"]);
  });
});
