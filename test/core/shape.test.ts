import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { lowerCase } from "../../server/core/model/attribute-type.ts";
import type { AttributeValue, Entry } from "../../server/core/model/entry.ts";
import { ENTRY_RULES } from "../../server/core/rules/index.ts";
import { base64Of } from "../../server/core/text/base64.ts";
import { ShapeTable } from "../../server/core/text/shape.ts";
import { parseMarks, settingsOf } from "./examples.ts";
import { type Vector, vectors } from "./vector-checks.ts";

const shapes = new ShapeTable();

describe("Texts have the same shape", () => {
  const rows: readonly (readonly [name: string, one: string, other: string, same: boolean])[] = [
    ["with other letters and digits", "Jane Doe", "J0hn Smith", true],
    ["with longer words", "a.b", "jane.doe", true],
    ["not with other characters between", "jane.doe", "jane-doe", false],
    ["not with two blanks for one", "a b", "a  b", false],
    ["not with a blank at the end", "a", "a ", false],
    ["with another local part", "SMTP:jane@contoso.com", "SMTP:j0hn@contoso.com", true],
    ["not with another domain", "jane@contoso.com", "jane@contoso.con", false],
    ["not with a domain in other letters", "jane@contoso.com", "jane@Contoso.com", false],
    ["not with another address type", "SMTP:jane@contoso.com", "smtp:jane@contoso.com", false],
    ["not with a word in the place of nothing", ".", "a.", false],
    ["with other letters of Latin-1", "Müller", "Mélanie", true],
    ["not with letters beyond Latin-1 for them", "Müller", "Mšller", false],
    ["not where one begins the word", "Müller", "Öö", false],
    ["not with letters beyond ASCII for others", "Muller", "Müller", false],
    ["not in another range of lengths", "a".repeat(20), "a".repeat(21), false],
    ["in the same range of lengths", "a".repeat(65), "a".repeat(256), true],
    ["not with other letters where there is an underscore", "AAD_x", "BBD_x", false],
    ["not with other letters where there is a brace", "CAS_{1}", "CAS_{2}", false],
  ];
  for (const [name, one, other, same] of rows) {
    test(name, () => assert.equal(shapes.shapeOf(one) === shapes.shapeOf(other), same));
  }

  test("and none where they are too long or no plain text", () => {
    for (const text of [
      "а",
      "×",
      "\u00a0",
      "u\u0308",
      "a\tb",
      "\u007f",
      "\0",
      "a".repeat(449),
      `${"a".repeat(60)}@b.de`,
      "\ud83d\ude00",
    ]) {
      assert.equal(shapes.shapeOf(text), -1, text);
    }
    assert.notEqual(shapes.shapeOf(""), -1);
  });

  test("only where they are equal, if letters matter", () => {
    assert.notEqual(shapes.shapeOf("512", true), shapes.shapeOf("514", true));
    assert.equal(shapes.shapeOf("512", true), shapes.shapeOf("512", true));
  });

  test("whatever came between, and of more than there may be the last have none", () => {
    const table = new ShapeTable();
    const first = table.shapeOf("first", true);
    const numbers = new Set<number>();
    for (let n = 0; n < 70_000; n++) numbers.add(table.shapeOf(`value ${n}`, true));
    assert.equal(numbers.size, 65_536);
    assert.ok(numbers.has(-1));
    assert.equal(table.shapeOf("first", true), first);
    assert.equal(table.shapeOf("value 7", true), 8);
  });
});

const SETTINGS = [
  DEFAULT_SETTINGS,
  { ...DEFAULT_SETTINGS, verifiedDomains: ["contoso.com"] },
  { ...DEFAULT_SETTINGS, profile: "cloudSync" as const },
];

/** What stands in values of an attribute in some example or vector of any rule. */
const VALUES: ReadonlyMap<string, ReadonlySet<string>> = valuesByAttribute();

function valuesByAttribute(): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  const add = (attribute: string, text: string) => {
    const type = lowerCase(attribute);
    const known = values.get(type) ?? new Set(["", " ", "a", "A1", "a b", "x@y.zz", ":", "@", "smtp:", "_", "{"]);
    values.set(type, known.add(text));
  };
  for (const { examples } of ENTRY_RULES) {
    for (const example of examples) {
      const { text } = parseMarks("bad" in example ? example.bad : example.good);
      for (const { entry } of readLdif(text.replace(/^(?!dn:)/, "dn: CN=A,DC=contoso,DC=com\n"))) {
        for (const type of entry?.attributeTypes() ?? []) for (const one of entry!.values(type)) add(type, one.text);
      }
    }
  }
  for (const { entries } of vectors<Vector>("rules")) {
    for (const entry of entries) {
      for (const [type, texts] of Object.entries(entry)) for (const text of [texts].flat()) add(type, text);
    }
  }
  return values;
}

/** Texts of the same shape, made by writing other letters and digits, and more or fewer of them. */
function alike(text: string, letters: boolean): string[] {
  const runs = /[\u00c0-\u024f]/.test(text)
    ? ["aüb", "cÿz", "Xé9", "kšk", "ačü"]
    : ["x", "Q", "7", "Zz9", "512", "true", "local", "msol", "microsoft", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"];
  const candidates = runs.flatMap((run) => [
    text.replace(/[A-Za-z0-9\u00c0-\u024f]+/g, run),
    text.replace(/[A-Za-z0-9]+/, run),
    text.replace(/[A-Za-z0-9]+(?=[^A-Za-z0-9]*$)/, run),
    text.replace(/[A-Za-z0-9]+(?=@)/, run),
    text.replace(/:[A-Za-z0-9]+/g, `:${run}`),
  ]);
  const shape = shapes.shapeOf(text, letters);
  return shape < 0 ? [] : [...new Set(candidates)].filter((other) => shapes.shapeOf(other, letters) === shape);
}

function attributeValue(attribute: string, text: string): AttributeValue {
  const span = { start: 0, end: text.length };
  const base64 = base64Of(text);
  return { description: attribute, text, binary: false, isEncoded: false, base64, span, slice: () => span };
}

describe("Whether a rule reports a value follows from its shape", () => {
  for (const rule of ENTRY_RULES) {
    const { checkValue, attributes } = rule;
    if (checkValue === undefined) continue;
    test(rule.id, () => {
      const entry = readLdif("dn: CN=A,DC=contoso,DC=com\nobjectClass: user\n")[0]!.entry!;
      const own = rule.examples.map((example) => settingsOf(example));
      const distinct = new Map([...SETTINGS, ...own].map((settings) => [JSON.stringify(settings), settings]));
      for (const settings of distinct.values()) {
        const reports = (attribute: string, text: string) => {
          let reported = false;
          checkValue({ entry, value: attributeValue(attribute, text), settings }, () => {
            reported = true;
          });
          return reported;
        };
        for (const attribute of attributes) {
          for (const text of VALUES.get(lowerCase(attribute)) ?? []) {
            const expected = reports(attribute, text);
            for (const other of alike(text, rule.readsLetters === true)) {
              assert.equal(reports(attribute, other), expected, `${attribute}: ${text} and ${other}`);
            }
          }
        }
      }
    });
  }
});

/** These look at mail to choose which of the addresses they report, not whether they report one. */
const CHOOSING: Readonly<Record<string, readonly string[]>> = {
  "proxyaddresses-multiple-primary": ["mail"],
  "proxyaddresses-no-primary": ["mail"],
};

describe("A rule about entries looks only at the attributes that it names", () => {
  const entries = vectors<Vector>("rules").flatMap(({ entries }) => entries.map((attributes) => entryOf(attributes)));
  for (const rule of ENTRY_RULES) {
    const { checkEntry } = rule;
    if (checkEntry === undefined || rule.everyEntry === true) continue;
    test(rule.id, () => {
      const named = new Set([...rule.attributes, ...(rule.requires ?? [])].map(lowerCase));
      const read = new Set<string>();
      for (const own of entries) {
        if (rule.objectTypes?.includes(own.objectType) !== true) continue;
        const entry: Entry = {
          dn: own.dn,
          objectType: own.objectType,
          values: (type) => {
            read.add(lowerCase(type));
            return own.values(type);
          },
          attributeTypes: () => assert.fail("It looks at all attributes"),
        };
        for (const settings of SETTINGS) checkEntry({ entry, settings }, () => undefined);
      }
      assert.deepEqual(
        [...read].filter((type) => !named.has(type)),
        CHOOSING[rule.id] ?? [],
      );
    });
  }
});

/** An entry of a vector, all values in base64. */
function entryOf(attributes: Vector["entries"][number]): Entry {
  const lines = Object.entries(attributes).flatMap(([name, values]) =>
    name === "dn" || name.startsWith("_") ? [] : [values].flat().map((value) => `${name}:: ${base64Of(value)}`),
  );
  const dn = String(attributes.dn ?? "CN=A,DC=contoso,DC=com");
  return readLdif(`dn:: ${base64Of(dn)}\n${lines.join("\n")}\n`)[0]!.entry!;
}
