import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Checker } from "../../server/core/engine/checker.ts";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { writeLine } from "../../server/core/ldif/writer.ts";
import { ENTRY_RULES, RULES } from "../../server/core/rules/index.ts";
import { turn } from "../turn.ts";
import { checkText } from "./examples.ts";

/**
 * Nothing is measured here: at this size, what takes quadratic time runs for a minute with each value, and the runner stops it.
 */
const SIZE = 1 << 18;
const TIMEOUT = { timeout: 60_000 };

const PATTERNS = [
  "a",
  "a@",
  ".a",
  "a.",
  "\\0A",
  " ",
  "a ",
  "@",
  ":",
  "=",
  ",",
  "-",
  ".",
  "smtp:",
  "CN=a,",
  "\u200b",
  "ä",
  "😀",
];

interface Subject {
  readonly type: string;
  readonly attribute: string;
}

/** One attribute of those that the same rules look at, in an object of the type that such a rule names first. */
const SUBJECTS: readonly Subject[] = [
  ...new Map(
    ENTRY_RULES.flatMap(({ attributes, objectTypes: [type] = ["user"] }) =>
      attributes.map((attribute) => {
        const rules = ENTRY_RULES.filter((rule) => rule.attributes.includes(attribute)).map(({ id }) => id);
        return [`${type} ${rules.join()}`, { type: type!, attribute }] as const;
      }),
    ),
  ).values(),
];

const ADDRESSES = /^(?:proxyAddresses|targetAddress|mail|userPrincipalName)$/;

/** The values that a pattern makes: bare and, of addresses, so that each part of one has it. */
function valuesOf(attribute: string, pattern: string): string[] {
  const long = pattern.repeat(SIZE / pattern.length);
  if (!ADDRESSES.test(attribute)) return [long];
  return [long, `smtp:${long}`, `SMTP:jane@${long}`, `jane@${long}.com`, `${long}@contoso.com`];
}

describe("Every rule takes linear time on any value", () => {
  const checker = new Checker(RULES, { ...DEFAULT_SETTINGS, verifiedDomains: ["contoso.com"] });
  for (const pattern of PATTERNS) {
    test(JSON.stringify(pattern), TIMEOUT, async () => {
      for (const subject of SUBJECTS) {
        for (const value of valuesOf(subject.attribute, pattern)) {
          judge(checker, subject, value);
          await turn();
        }
      }
    });
  }
});

/** What is done about one entry with the value, but for the trial of its fixes, which is the same once more. */
function judge(checker: Checker, { type, attribute }: Subject, value: string): void {
  const line = writeLine(attribute, { text: value }, { lineEnd: "\n", width: undefined });
  const [record] = readLdif(`dn: CN=Jane,DC=contoso,DC=com\nobjectClass: ${type}\n${line}\n`);
  const entry = record?.entry;
  assert.ok(entry !== undefined);
  for (const finding of checker.check(entry).findings) checker.fix(finding);
  for (const { key } of checker.uniqueKeys(entry)) assert.equal(typeof key, "string");
  checker.checkReferences(entry, () => true);
}

describe("No rule fails", () => {
  const odd = ["\ud800", "\udc00", "\udc00\ud800", "\0", "\u202e", "\u200f", "\ufffd", "\ufeff", "", " ", "\u0085"];
  for (const piece of odd) {
    test(`on ${JSON.stringify(piece)}, wherever it stands`, () => {
      for (const { type, attribute } of SUBJECTS) {
        const values = [piece, `${piece}jane@contoso.com`, `SMTP:${piece}jane@contoso.com`, `jane@contoso.com${piece}`];
        const lines = [...values, `ja${piece}ne`].map((value) => `${attribute}: ${value}`).join("\n");
        const text = `dn: CN=Ja${piece}ne,DC=contoso,DC=com\nobjectClass: ${type}\n${lines}\n`;
        for (const { finding } of checkText(text)) assert.ok(finding.message.length > 0);
      }
    });
  }

  test("on 10,000 proxy addresses in one entry, nor on 10,000 that are alike", TIMEOUT, async () => {
    for (const address of [(n: number) => `smtp:jane${n}@contoso.con`, () => "SMTP:ja ne@contoso.local"]) {
      const lines = Array.from({ length: 10_000 }, (_, n) => `proxyAddresses: ${address(n)}`);
      const text = `dn: CN=Jane,DC=contoso,DC=com\nobjectClass: user\n${lines.join("\n")}\n`;
      const found = checkText(text);
      assert.ok(found.some(({ finding }) => finding.rule.id === "proxyaddresses-too-many"));
      await turn();
    }
  });
});
