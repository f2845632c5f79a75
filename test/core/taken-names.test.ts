import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeRecord } from "../../server/core/fix/describe-records.ts";
import { type DifferenceOptions, ExportDifference } from "../../server/core/fix/export-difference.ts";
import { lossesOf } from "../../server/core/fix/modify-file.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";

function difference(original: string, edited: string, options?: DifferenceOptions) {
  const comparison = new ExportDifference();
  for (const record of readLdif(original)) comparison.original(record);
  for (const record of readLdif(edited)) comparison.edited(record);
  return comparison.finish(options);
}

/** An entry under `CN=name,OU=Staff,DC=contoso,DC=com`. */
function entry(name: string, ...lines: readonly string[]): string {
  return `dn: CN=${name},OU=Staff,DC=contoso,DC=com\nobjectClass: user\n${lines.map((line) => `${line}\n`).join("")}\n`;
}

const sam = (name: string) => `sAMAccountName: ${name}`;
const upn = (name: string) => `userPrincipalName: ${name}`;
const guid = (number: number) => `objectGUID:: ${btoa(String(number).padStart(16, "0"))}`;

/** One that stays stands at the end, so that what is removed is not taken for cut off. */
const LAST = entry("Zoe", sam("zoe"), guid(99));

interface Row {
  readonly what: string;
  readonly original: string;
  readonly edited: string;
  /** Of each refusal, what it is about and how its reason ends. */
  readonly refused: readonly (readonly [attribute: string, reason: RegExp])[];
  /** What is written, without the DNs. */
  readonly written?: readonly string[];
}

const ANN = entry("Ann", sam("ann"), upn("ann@contoso.com"));
const BOB = entry("Bob", sam("bob"), upn("bob@fabrikam.com"));
const TAKEN_BY_ANN = /taken by cn=ann,ou=staff,dc=contoso,dc=com$/;

const ROWS: readonly Row[] = [
  {
    what: "another's sAMAccountName, in other capitals",
    original: ANN + BOB,
    edited: ANN + BOB.replace(sam("bob"), sam("ANN")),
    refused: [["sAMAccountName", TAKEN_BY_ANN]],
  },
  {
    what: "another's userPrincipalName",
    original: ANN + BOB,
    edited: ANN + BOB.replace("bob@fabrikam.com", "ann@contoso.com"),
    refused: [["userPrincipalName", TAKEN_BY_ANN]],
  },
  {
    what: "another's userPrincipalName in other capitals, and besides what can be written",
    original: ANN + BOB,
    edited: ANN + BOB.replace("bob@fabrikam.com", "ANN@Contoso.COM\nmail: bob@contoso.com"),
    refused: [["userPrincipalName", TAKEN_BY_ANN]],
    written: ["+ mail: bob@contoso.com"],
  },
  {
    what: "a userPrincipalName by which another logs on because of a sAMAccountName",
    original: entry("Ann", sam("ann")) + BOB,
    edited: entry("Ann", sam("ann")) + BOB.replace("bob@fabrikam.com", "Ann@contoso.com"),
    refused: [["userPrincipalName", TAKEN_BY_ANN]],
  },
  {
    what: "a sAMAccountName that another has in a userPrincipalName",
    original: entry("Ann", sam("a"), upn("bobby@contoso.com")) + BOB,
    edited: entry("Ann", sam("a"), upn("bobby@contoso.com")) + BOB.replace(sam("bob"), sam("Bobby")),
    refused: [["sAMAccountName", /"bobby@contoso\.com" to log on by, which is taken by cn=ann,/]],
  },
  {
    what: "names for two entries that both get them",
    original: ANN + BOB,
    edited: ANN.replace(sam("ann"), sam("new")) + BOB.replace(sam("bob"), sam("new")),
    refused: [
      ["sAMAccountName", /taken by cn=bob/],
      ["sAMAccountName", /taken by cn=ann/],
    ],
  },
  {
    what: "names that two entries exchange",
    original: ANN + BOB,
    edited: ANN.replace(sam("ann"), sam("bob")) + BOB.replace(sam("bob"), sam("ann")),
    refused: [
      ["sAMAccountName", /taken by cn=bob.*, which gives it up later or not at all/],
      ["sAMAccountName", /taken by cn=ann.*, which gives it up later or not at all/],
    ],
  },
  {
    what: "a name that another gives up later in the file",
    original: ANN + BOB,
    edited: ANN.replace(sam("ann"), sam("bob")) + BOB.replace(sam("bob"), sam("robert")),
    refused: [["sAMAccountName", /which gives it up later/]],
    written: ["- sAMAccountName: bob", "+ sAMAccountName: robert"],
  },
  {
    what: "a name that another would give up, if it could",
    original: ANN + BOB + entry("Eve", sam("eve")),
    edited: ANN.replace(sam("ann"), sam("eve")) + BOB.replace(sam("bob"), sam("ann")) + entry("Eve", sam("eve")),
    refused: [
      ["sAMAccountName", /taken by cn=eve/],
      ["sAMAccountName", /taken by cn=ann/],
    ],
  },
  {
    what: "a new entry with another's names",
    original: ANN,
    edited: ANN + entry("New", sam("ANN"), upn("ann@CONTOSO.com")),
    refused: [
      ["sAMAccountName", TAKEN_BY_ANN],
      ["userPrincipalName", TAKEN_BY_ANN],
    ],
  },
  {
    what: "two new entries with one name",
    original: ANN,
    edited: ANN + entry("New", upn("new@contoso.com")) + entry("Newer", upn("new@contoso.com")),
    refused: [
      ["userPrincipalName", /taken by cn=newer/],
      ["userPrincipalName", /taken by cn=new,/],
    ],
  },
  {
    what: "a new entry with a name that another gives up in the same file",
    original: ANN,
    edited: ANN.replace(sam("ann"), sam("old")) + entry("New", sam("ann")),
    refused: [["sAMAccountName", /which gives it up later/]],
    written: ["- sAMAccountName: ann", "+ sAMAccountName: old"],
  },
  {
    what: "the name of one that is renamed, and keeps it",
    original: entry("Ann", sam("ann"), guid(1)) + BOB,
    edited: entry("Anna", sam("ann"), guid(1)) + BOB.replace(sam("bob"), sam("ann")),
    refused: [["sAMAccountName", /taken by cn=ann,/]],
    written: ["CN=Ann -> CN=Anna"],
  },
  {
    what: "the name of one that is missing, and is not removed",
    original: entry("Ann", sam("ann"), guid(1)) + BOB,
    edited: BOB.replace(sam("bob"), sam("ann")),
    refused: [
      ["sAMAccountName", /taken by cn=ann,.*later or not at all/],
      ["", /not removed unless/],
    ],
  },
  {
    what: "a name that another has given up before, in the order of the file",
    original: ANN + BOB,
    edited: ANN.replace(sam("ann"), sam("anna")) + BOB.replace(sam("bob"), sam("ann")).replace("@fabrikam", "@contoso"),
    refused: [["sAMAccountName", /"ann@contoso\.com" to log on by, which is taken by cn=ann/]],
    written: [
      "- sAMAccountName: ann",
      "+ sAMAccountName: anna",
      "- userPrincipalName: bob@fabrikam.com",
      "+ userPrincipalName: bob@contoso.com",
    ],
  },
  {
    what: "a name that another has given up before, with all of it",
    original: entry("Ann", sam("ann")) + BOB,
    edited: entry("Ann", sam("anna")) + BOB.replace(sam("bob"), sam("ann")),
    refused: [],
    written: ["- sAMAccountName: ann", "+ sAMAccountName: anna", "- sAMAccountName: bob", "+ sAMAccountName: ann"],
  },
  {
    what: "one's own name in other capitals, and as a userPrincipalName",
    original: entry("Ann", sam("ann")),
    edited: entry("Ann", sam("Ann"), upn("ann@contoso.com")),
    refused: [],
    written: ["- sAMAccountName: ann", "+ sAMAccountName: Ann", "+ userPrincipalName: ann@contoso.com"],
  },
  {
    what: "a name that is taken in another domain",
    original: ANN.replace("DC=contoso", "DC=fabrikam") + BOB,
    edited: ANN.replace("DC=contoso", "DC=fabrikam") + BOB.replace(sam("bob"), sam("ann2")),
    refused: [],
    written: ["- sAMAccountName: bob", "+ sAMAccountName: ann2"],
  },
  {
    what: "names that clash since before",
    original: ANN + entry("Bob", sam("ann")),
    edited: ANN + entry("Bob", sam("ann"), "mail: bob@contoso.com"),
    refused: [],
    written: ["+ mail: bob@contoso.com"],
  },
];

describe("A name for logging on that another entry has is refused", () => {
  for (const { what, original, edited, refused, written = [] } of ROWS) {
    test(what, () => {
      const { records, refusals } = difference(original + LAST, edited + LAST);
      assert.deepEqual(
        refusals.map(({ attribute = "" }) => attribute),
        refused.map(([attribute]) => attribute),
      );
      for (const [at, [, reason]] of refused.entries()) assert.match(refusals[at]!.reason, reason);
      assert.deepEqual(
        records.flatMap((record) => describeRecord(record).slice(1)),
        written,
      );
    });
  }

  test("in whichever order the two exports come", () => {
    const entries = ["Ann", "Bob", "Eve", "Joe"].map((name) => entry(name, sam(name)));
    const edited = entries.map((text) => text.replace(sam("Joe"), sam("EVE")));
    const { records, refusals } = difference(entries.join("") + LAST, [...edited].reverse().join("") + LAST);
    assert.equal(records.length, 0);
    assert.match(refusals[0]!.reason, /taken by cn=eve/);
  });

  test("among thousands, with the same answer when it is asked for again", () => {
    const many = Array.from({ length: 3000 }, (_, at) => entry(`User ${at}`, sam(`user${at}`)));
    const edited = many.map((text, at) => (at % 1000 === 7 ? text.replace(/user\d+/, "user2999") : text));
    const comparison = new ExportDifference();
    for (const record of readLdif(many.join(""))) comparison.original(record);
    for (const record of readLdif(edited.join(""))) comparison.edited(record);
    for (const { records, refusals } of [comparison.finish(), comparison.finish({ allowDelete: true })]) {
      assert.equal(records.length, 0);
      for (const { reason } of refusals) assert.match(reason, /^would get "user2999", which is taken by cn=user \d+,/);
      assert.equal(refusals.length, 3);
    }
  });
});

describe("A name that two entries had, and one of them keeps, no undo file gives back", () => {
  const rows: readonly [what: string, original: string, edited: string, ...lost: string[]][] = [
    [
      "a userPrincipalName",
      ANN + BOB.replace("bob@fabrikam", "ANN@contoso"),
      ANN + BOB,
      'userPrincipalName would get "ANN@contoso.com", which is taken by cn=ann,ou=staff,dc=contoso,dc=com',
    ],
    [
      "a userPrincipalName that is another's sAMAccountName",
      entry("Ann", sam("ann")) + BOB.replace("bob@fabrikam", "ann@contoso"),
      entry("Ann", sam("ann")) + BOB,
      'userPrincipalName would get "ann@contoso.com" to log on by, which is taken by cn=ann,ou=staff,dc=contoso,dc=com',
    ],
    ["one that both give up", ANN + BOB.replace(sam("bob"), sam("ann")), entry("Ann", sam("a")) + BOB],
    [
      "one that is taken after it was given up",
      entry("Ann", sam("ann")) + BOB,
      entry("Ann", sam("a")) + entry("Bob", sam("ann")),
    ],
  ];
  for (const [what, original, edited, ...lost] of rows) {
    test(what, () => {
      const { records, refusals } = difference(original + LAST, edited + LAST);
      assert.deepEqual(refusals, []);
      assert.deepEqual(
        lossesOf(records).map(({ attribute, reason }) => `${attribute} ${reason}`),
        lost,
      );
    });
  }
});

describe("What another entry of the same class shows can be written to one that did not have it", () => {
  const group = (name: string, ...lines: readonly string[]) => entry(name, ...lines).replace(": user", ": group");

  test("wherever it stands in the original export", () => {
    const shown = group("Shown", "department: Sales");
    for (const order of [(one: string, other: string) => one + other, (one: string, other: string) => other + one]) {
      const { records, refusals } = difference(order(shown, group("A")), order(shown, group("A", "department: x")));
      assert.deepEqual(refusals, []);
      assert.deepEqual(records.flatMap(describeRecord), ["CN=A,OU=Staff,DC=contoso,DC=com", "+ department: x"]);
    }
  });

  test("also to a new one", () => {
    const shown = group("Shown", "department: Sales");
    const { records, refusals } = difference(shown, shown + group("New", "department: x"));
    assert.deepEqual([records.length, refusals], [1, []]);
  });

  test("and is refused where only the edited export shows it, or one of another class", () => {
    const user = entry("User", "department: Sales");
    const before = user + group("A") + group("B");
    const { records, refusals } = difference(before, user + group("A", "department: x") + group("B", "department: y"));
    assert.equal(records.length, 0);
    assert.deepEqual(
      refusals.map(({ attribute, reason }) => `${attribute} ${reason}`),
      Array(2).fill("department is no attribute that an object of the class group can have"),
    );
  });
});
