import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dnKey, domainDn, escapeRdnValue, parentDn, parseDn, rdnText, rdnValue } from "../../server/core/model/dn.ts";
import fc from "../property.ts";

/** RDNs as `type=value`, the parts of a multi-valued one joined with `+`. */
function rdnsOf(text: string): string[] {
  return parseDn(text).rdns.map(({ attributes }) => attributes.map(({ type, value }) => `${type}=${value}`).join("+"));
}

const GOOD: readonly (readonly [dn: string, ...rdns: string[]])[] = [
  [""],
  ["DC=com", "DC=com"],
  // RFC 4514, section 4.
  ["UID=jsmith,DC=example,DC=net", "UID=jsmith", "DC=example", "DC=net"],
  ["OU=Sales+CN=J.  Smith,DC=example,DC=net", "OU=Sales+CN=J.  Smith", "DC=example", "DC=net"],
  ['CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net', 'CN=James "Jim" Smith, III', "DC=example", "DC=net"],
  ["CN=Before\\0dAfter,DC=example,DC=net", "CN=Before\rAfter", "DC=example", "DC=net"],
  ["1.3.6.1.4.1.1466.0=#04024869", "1.3.6.1.4.1.1466.0=#04024869"],
  ["CN=Lu\\C4\\8Di\\C4\\87", "CN=Lučić"],
  // RFC 4514, section 2.4: what needs a backslash.
  ["CN=\\#a,DC=com", "CN=#a", "DC=com"],
  ["CN=\\ a\\ ,DC=com", "CN= a ", "DC=com"],
  ['cn=\\"\\+\\,\\;\\<\\>\\\\,ou=misc', 'cn="+,;<>\\', "ou=misc"],
  ["CN=a\\=b=c", "CN=a=b=c"],
  // Active Directory.
  ["CN=Doe\\, John,OU=Staff,DC=contoso,DC=com", "CN=Doe, John", "OU=Staff", "DC=contoso", "DC=com"],
  ["CN=Jane\\0ACNF:6d66-1,OU=Staff", "CN=Jane\nCNF:6d66-1", "OU=Staff"],
  ["CN=fred\\0ADEL:2301,CN=Deleted Objects", "CN=fred\nDEL:2301", "CN=Deleted Objects"],
  ["<GUID=164512ae>;<SID=S-1-5>;CN=Jane,DC=com", "CN=Jane", "DC=com"],
  ["<GUID=164512ae-3fcb-4a96-977b-c10c9cc6491e>"],
  ["CN=O/Brien\\2C J,DC=com", "CN=O/Brien, J", "DC=com"],
  ["CN=Jérôme 😀,DC=com", "CN=Jérôme 😀", "DC=com"],
  ["CN=J\\C3\\A9r\\C3\\B4me,DC=com", "CN=Jérôme", "DC=com"],
  ["CN=J\\E9r,DC=com", "CN=Jér", "DC=com"],
  ["CN=,DC=com", "CN=", "DC=com"],
  // LDAPv2, and blanks.
  ["CN = Jane , DC = com", "CN=Jane", "DC=com"],
  ['cn="Doe, Jane",dc=com', "cn=Doe, Jane", "dc=com"],
  ['cn="a\\"b" ,dc=com', 'cn=a"b', "dc=com"],
  ["cn=Jane;dc=com", "cn=Jane", "dc=com"],
  ["OID.2.5.4.3=Jane", "OID.2.5.4.3=Jane"],
  ["CN=a + UID=b,DC=com", "CN=a+UID=b", "DC=com"],
  // Samba.
  ["@INDEXLIST"],
];

/** The DN with its error marked, and the reason. */
const BAD: readonly (readonly [marked: string, reason: string])[] = [
  ["«baddn»", `"=" is missing`],
  ["CN=Doe, «Jane»,DC=com", `"=" is missing`],
  ["CN=a«,»", "nothing follows the last separator"],
  ["CN=a,«,»DC=com", `"=" is missing`],
  ["«bad_type»=a", `"bad_type" is no attribute type`],
  ["CN=a,«=»b", `"" is no attribute type`],
  ["«1.»=a", `"1." is no attribute type`],
  ["CN=a«\\»", `nothing follows the last "\\"`],
  ['CN=«"Doe, Jane»', "a quotation mark is not closed"],
  ["«%USERDN%»", `"=" is missing`],
  ["CN=a+«b»,DC=com", `"=" is missing`],
  ['CN="a" «b»,DC=com', "text follows a closing quotation mark"],
  ["CN=a«+»", "nothing follows the last separator"],
];

const EQUAL: readonly (readonly [one: string, other: string])[] = [
  ["CN=Jane,DC=com", "cn=JANE,dc=COM"],
  ["CN=Jane,DC=com", "CN = Jane , DC = com"],
  ["CN=Doe\\, Jane", "CN=Doe\\2C Jane"],
  ["CN=Doe\\, Jane", 'CN="Doe, Jane"'],
  ["CN=Jérôme", "cn=j\\C3\\A9r\\C3\\B4me"],
  ["CN=Jane,DC=com", "CN=Jane;DC=com"],
  ["CN=a+UID=b,DC=com", "UID=B+CN=A,DC=com"],
  ["CN=Jane,DC=com", "<GUID=164512ae>;CN=Jane,DC=com"],
  ["CN=\\#a", "CN=\\23a"],
  ["CN=a ,DC=com", "CN=a,DC=com"],
];

const DIFFERENT: readonly (readonly [one: string, other: string])[] = [
  ["CN=a\\,DC=com", "CN=a,DC=com"],
  ["CN=a\\+UID\\=b", "CN=a+UID=b"],
  ["CN=a\\ ,DC=com", "CN=a,DC=com"],
  ["CN=a,CN=b", "CN=b,CN=a"],
  ["CN=a,DC=com", "CN=a,DC=com,DC=x"],
  ["CN=a\\\\,DC=com", "CN=a\\,DC\\=com"],
  ["<GUID=1>", "<GUID=2>"],
  ["baddn", "otherbaddn"],
];

describe("Distinguished names", () => {
  for (const [text, ...rdns] of GOOD) {
    test(`"${text}"`, () => {
      assert.equal(parseDn(text).error, undefined);
      assert.deepEqual(rdnsOf(text), rdns);
      assert.equal(rdnValue(text), parseDn(text).rdns[0]?.attributes[0]?.value);
    });
  }

  test("spans of RDNs", () => {
    const text = "<GUID=1>;CN=Doe\\, Jane+UID=7, OU=x;DC=com";
    assert.deepEqual(
      parseDn(text).rdns.map(({ start, end }) => text.slice(start, end)),
      ["CN=Doe\\, Jane+UID=7", "OU=x", "DC=com"],
    );
  });
});

describe("What is no distinguished name", () => {
  for (const [marked, reason] of BAD) {
    test(marked, () => {
      const { error } = parseDn(marked.replace(/[«»]/g, ""));
      assert.deepEqual(error, { reason, start: marked.indexOf("«"), end: marked.indexOf("»") - 1 });
    });
  }
});

describe("Keys", () => {
  for (const [one, other] of EQUAL) test(`${one} is ${other}`, () => assert.equal(dnKey(one), dnKey(other)));
  for (const [one, other] of DIFFERENT) test(`${one} is not ${other}`, () => assert.notEqual(dnKey(one), dnKey(other)));

  test("any value, escaped as RFC 4514 says, is read as it was", () => {
    const values = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 4,
    });
    const escaped = (value: string) => value.replace(/["+,;<>\\]|^[ #]| $/g, "\\$&");
    fc.assert(
      fc.property(values, (each) => {
        const { rdns, error } = parseDn(each.map((value) => `CN=${escaped(value)}`).join(","));
        assert.equal(error, undefined);
        assert.deepEqual(
          rdns.map(({ attributes }) => attributes[0]?.value),
          each,
        );
      }),
    );
  });

  test("nothing throws, and errors lie within the text", () => {
    const piece = fc.constantFrom(...'CN=a,+;\\"<>#= é'.split(""), "\\C3", "\\0A", "\\A9", "DC=com", "<GUID=1>;");
    const texts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const { error } = parseDn(text);
        dnKey(text);
        if (error !== undefined)
          assert.ok(0 <= error.start && error.start < error.end && error.end <= text.length, text);
      }),
      { numRuns: 5000 },
    );
  });
});

test("what is escaped for a DN is read back from it, and the DN's parts are found again", () => {
  const text = fc.string({ unit: fc.constantFrom(...' ,+"\\<>;=#aé😀\n\r\0\x7f'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (own, parent) => {
      const rdn = `CN=${escapeRdnValue(own)}`;
      const above = `OU=${escapeRdnValue(parent)},DC=contoso,DC=com`;
      assert.equal(parseDn(`${rdn},${above}`).error, undefined);
      assert.equal(rdnValue(`${rdn},${above}`), own);
      assert.equal(rdnText(`${rdn},${above}`), rdn);
      assert.equal(parentDn(`${rdn},${above}`), above);
    }),
  );
  const domains = {
    "CN=a,OU=DC=x,DC=contoso, dc=com": "DC=contoso, dc=com",
    "DC=contoso,DC=com": "DC=contoso,DC=com",
    "DC=x,CN=MicrosoftDNS,DC=com": "DC=com",
    "CN=a,O=b": "",
    "CN=a,DC=": "DC=",
    "CN=a,DC=b\\": "",
    "": "",
  };
  for (const [dn, domain] of Object.entries(domains)) assert.equal(domainDn(dn), domain, dn);
  assert.deepEqual(["", "<GUID=164512ae-3fcb-4a96-977b-c10c9cc6491e>", "DC=com"].map(parentDn), ["", "", ""]);
});
