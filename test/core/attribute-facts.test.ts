import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AttributeFacts, attributeFacts, isSingleValued } from "../../server/core/model/attribute-facts.ts";
import { EXCHANGE_FACTS } from "../../server/core/model/exchange-facts.ts";
import { SCHEMA_FACTS } from "../../server/core/model/schema-facts.ts";

const STORED = { isSystemOnly: false, isConstructed: false };

const ROWS: Readonly<Record<string, AttributeFacts>> = {
  cn: { syntax: "UnicodeString", isSingleValued: true, ...STORED, rangeLower: 1, rangeUpper: 64 },
  proxyAddresses: { syntax: "UnicodeString", isSingleValued: false, ...STORED, rangeLower: 1, rangeUpper: 1123 },
  userPrincipalName: { syntax: "UnicodeString", isSingleValued: true, ...STORED, rangeUpper: 1024 },
  displayName: { syntax: "UnicodeString", isSingleValued: true, ...STORED, rangeLower: 0, rangeUpper: 256 },
  member: { syntax: "DN", isSingleValued: false, ...STORED, link: "forward" },
  manager: { syntax: "DN", isSingleValued: true, ...STORED, link: "forward" },
  memberOf: { syntax: "DN", isSingleValued: false, isSystemOnly: true, isConstructed: false, link: "back" },
  whenCreated: { syntax: "GeneralizedTime", isSingleValued: true, isSystemOnly: true, isConstructed: false },
  tokenGroups: { syntax: "SID", isSingleValued: false, isSystemOnly: false, isConstructed: true },
  accountExpires: { syntax: "LargeInteger", isSingleValued: true, ...STORED },
  userCertificate: { syntax: "OctetString", isSingleValued: false, ...STORED, rangeUpper: 32768 },
  mailNickname: { syntax: "UnicodeString", isSingleValued: true, ...STORED, rangeLower: 1, rangeUpper: 64 },
  homeMDB: { syntax: "DN", isSingleValued: true, ...STORED, link: "forward" },
  publicDelegatesBL: { syntax: "DN", isSingleValued: false, ...STORED, link: "back" },
};

describe("What is known of attributes", () => {
  for (const [attribute, facts] of Object.entries(ROWS)) {
    test(attribute, () => {
      assert.deepEqual(attributeFacts(attribute.toLowerCase()), facts);
    });
  }

  test("is nothing of a schema of one's own, which may take several values", () => {
    assert.equal(attributeFacts("foobar"), undefined);
    assert.equal(attributeFacts("constructor"), undefined);
    assert.equal(isSingleValued("foobar"), false);
  });

  test("is said of each attribute once, under a head that is well-formed", () => {
    const words = `${SCHEMA_FACTS}\n${EXCHANGE_FACTS}`.split(/\s+/);
    const names = words.filter((word) => !word.startsWith("=")).map((name) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > 1500);
    for (const word of words) assert.match(word, /^(?:=[A-Z]\w+:s?w?c?[bf]?:(?:\d*\.\.\d*)?|[A-Za-z][\w-]*)$/);
  });
});
