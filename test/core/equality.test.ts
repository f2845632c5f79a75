import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { csvHeader } from "../../server/core/csv/header.ts";
import { readCsv } from "../../server/core/csv/reader.ts";
import { CsvEntry } from "../../server/core/csv/row.ts";
import { differenceOf } from "../../server/core/fix/difference.ts";
import { change, USER } from "./entry-changes.ts";

type Pair = readonly [attribute: string, one: string, other: string];

const EQUAL: readonly Pair[] = [
  ["manager", "CN=Doe\\, Jane,OU=Staff,DC=contoso,DC=com", "cn=Doe\\2C Jane, ou=staff, dc=Contoso,dc=com"],
  ["member", "CN=Zoë,DC=contoso,DC=com", "CN=Zo\\C3\\AB,DC=contoso,DC=com"],
  ["homeMDB", 'CN="a,b",DC=x', "CN=a\\,b,DC=x"],
  ["msPKIDPAPIMasterKeys", "B:4:00ff:CN=A,DC=x", "B:4:00FF:cn=a, dc=x"],
  ["msExchHideFromAddressLists", "TRUE", "True"],
  ["userAccountControl", "512", "0512"],
  ["accountExpires", "0", "-0"],
  ["msTSExpireDate", "20260101000000Z", "20260101000000.0Z"],
  ["msTSExpireDate", "20260101003000.50Z", "20251231233000,5-0100"],
];

const DIFFERENT: readonly Pair[] = [
  ["manager", "CN=A,DC=x", "CN=A,DC=y"],
  ["msPKIDPAPIMasterKeys", "B:4:00ff:CN=A,DC=x", "B:4:01ff:CN=A,DC=x"],
  ["userAccountControl", "512", "-512"],
  ["msTSExpireDate", "20260101000000.0Z", "20260101000000.0+0100"],
  ["msTSExpireDate", "20260101000000.0Z", "20260101000000.1Z"],
  ["displayName", "Jane", "JANE"],
  ["servicePrincipalName", "HTTP/a", "http/a"],
  ["description", "0512", "512"],
  ["fooBar", "TRUE", "True"],
  ["fooBar", "CN=A,DC=x", "cn=a,dc=x"],
  ["otherMailbox", "CN=A,DC=x", "cn=a,dc=x"],
];

describe("Values of two exports are compared as the attribute's syntax has it", () => {
  for (const [attribute, one, other] of EQUAL) {
    test(`${attribute}: ${one} is ${other}`, () => {
      const lines = (text: string) => [`${attribute}: ${text}`];
      assert.deepEqual(change(USER, lines(one), lines(other)), { record: undefined, refusals: [] });
      assert.deepEqual(change(USER, lines(other), lines(one)), { record: undefined, refusals: [] });
    });
  }

  for (const [attribute, one, other] of DIFFERENT) {
    test(`${attribute}: ${one} is not ${other}`, () => {
      const { record, refusals } = change(USER, [`${attribute}: ${one}`], [`${attribute}: ${other}`]);
      assert.ok(record !== undefined || refusals.length > 0);
    });
  }

  test("values that are spelled in another way stay as they are beside one that has come", () => {
    const { record } = change(
      USER,
      ["member: CN=A,DC=x", "member: CN=B,DC=x"],
      ["member: cn=b, dc=x", "member: CN=C,DC=x", "member: cn=a,dc=x"],
    );
    assert.deepEqual(record!.modSpecs, [{ type: "add", attribute: "member", values: [{ text: "CN=C,DC=x" }] }]);
  });

  test("bytes are compared as bytes, however they are written", () => {
    assert.equal(change(USER, ["jpegPhoto:: /x=="], ["jpegPhoto:: /w=="]).record, undefined);
    assert.equal(change(USER, ["jpegPhoto:: YWI="], ["jpegPhoto: ab"]).record, undefined);
  });
});

describe("A table of Export-Csv shows booleans in its own capitals", () => {
  const entry = (value: string) => {
    const table = `DistinguishedName,msExchHideFromAddressLists,displayName\n"CN=A,DC=x",${value},True\n`;
    return readCsv(table, csvHeader(table)!).find((row) => row instanceof CsvEntry)!;
  };

  test("which are written as the directory has them", () => {
    const { record, refusals } = differenceOf(entry("True"), entry("False"));
    assert.deepEqual(refusals, []);
    assert.deepEqual(record!.modSpecs, [
      { type: "delete", attribute: "msExchHideFromAddressLists", values: [{ text: "TRUE" }] },
      { type: "add", attribute: "msExchHideFromAddressLists", values: [{ text: "FALSE" }] },
    ]);
  });

  test("which make no difference", () => {
    assert.deepEqual(differenceOf(entry("True"), entry("TRUE")), { record: undefined, refusals: [] });
  });

  test("and another word is refused", () => {
    const { record, refusals } = differenceOf(entry("False"), entry("Wahr"));
    assert.equal(record, undefined);
    assert.match(refusals[0]!.reason, /TRUE and FALSE/);
  });
});

describe("A cell of an attribute that takes one value is one value", () => {
  const values = (table: string, type: string) =>
    readCsv(table, csvHeader(table)!)
      .find((row) => row instanceof CsvEntry)!
      .values(type)
      .map(({ text }) => text);

  test("whatever is in it, as AdFind writes it", () => {
    const table =
      '"dn","objectClass","physicalDeliveryOfficeName","otherMailbox"\n"CN=A,DC=x","top;user","a;b","c;d"\n';
    assert.deepEqual(values(table, "physicalDeliveryOfficeName"), ["a;b"]);
    assert.deepEqual(values(table, "otherMailbox"), ["c", "d"]);
    const unknown = table.replace("otherMailbox", "fooBar");
    assert.deepEqual(values(unknown, "fooBar"), ["c", "d"]);
  });
});
