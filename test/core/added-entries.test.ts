import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { judgeAdded } from "../../server/core/fix/added-entries.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";

const ROWS: readonly (readonly [what: string, lines: string, ...missing: string[]])[] = [
  ["a user of whom only the class is said", "dn: CN=A,OU=x,DC=x\nobjectClass: user"],
  ["a group without a kind", "dn: CN=A,OU=x,DC=x\nobjectClass: group"],
  ["a contact", "dn: CN=A,OU=x,DC=x\nobjectClass: top\nobjectClass: person\nobjectClass: contact"],
  ["a unit", "dn: OU=A,DC=x\nobjectClass: organizationalUnit"],
  ["a unit that is named like a user", "dn: CN=A,DC=x\nobjectClass: organizationalUnit", "ou"],
  ["a user who is named like a unit", "dn: OU=A,DC=x\nobjectClass: user", "cn"],
  [
    "a printer without all that is known of one",
    "dn: CN=A,DC=x\nobjectClass: printQueue\nprinterName: a\nserverName: b\nshortServerName: b",
    "uNCName",
    "versionNumber",
  ],
  [
    "a managed account without the days of its password",
    "dn: CN=A,DC=x\nobjectClass: msDS-GroupManagedServiceAccount",
    "msDS-ManagedPasswordInterval",
  ],
  [
    "a principal of another forest without its SID",
    "dn: CN=A,DC=x\nobjectClass: foreignSecurityPrincipal",
    "objectSid",
  ],
  ["an object of a class that is not known", "dn: CN=A,DC=x\nobjectClass: contosoThing"],
];

describe("A new entry that lacks what every object of its class has, and what no directory fills in, is refused", () => {
  for (const [what, lines, ...missing] of ROWS) {
    test(what, () => {
      const { entries, refusals } = judgeAdded([readLdif(`${lines}\n`)[0]!.entry!]);
      assert.deepEqual(refusals.map(({ attribute }) => attribute).sort(), missing);
      for (const { reason } of refusals) assert.match(reason, /is missing, and every object of the class/);
      assert.equal(entries.length, missing.length === 0 ? 1 : 0);
    });
  }

  test("as is one that has what its class does not hold", () => {
    const text = "dn: CN=A,DC=x\nobjectClass: group\ndepartment: Sales\nmailNickname: a\n";
    const { refusals } = judgeAdded([readLdif(text)[0]!.entry!]);
    assert.deepEqual(refusals, [
      {
        dn: "CN=A,DC=x",
        attribute: "department",
        reason: "is no attribute that an object of the class group can have",
      },
    ]);
  });
});
