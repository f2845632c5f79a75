import { type LineStyle, writeLine } from "../../server/core/ldif/writer.ts";
import { base64Of } from "../../server/core/text/base64.ts";
import fc from "../property.ts";

/** Values as directories have them, and as they should not have them: blanks, colons, letters of all kinds, control characters. */
export const value: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "Jane",
    "jane@contoso.com",
    "smtp:jane@contoso.com",
    "SMTP:jane@contoso.com",
    " leading",
    "trailing ",
    "a  b",
  ),
  fc.constantFrom(
    ":colon",
    "<less",
    "#hash",
    "- dash",
    "-",
    "Müller",
    "日本",
    "😀 smile",
    "a\u0000b",
    "a\r\nb",
    "a\tb",
    "\u200b",
    "x".repeat(200),
  ),
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
);

/** As Active Directory compares text: without regard to case, accents and width. */
function matchingKey(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What an edited export may hold but no modify file writes: characters that stand for lost ones, NUL, halves of surrogate pairs. */
const UNWRITABLE = /[\0\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const rdnValue = fc.constantFrom(
  "Jane Doe",
  "Doe\\, John",
  'Ann \\"Annie\\" Lee',
  "Jürgen",
  "日本",
  "\\ lead",
  "trail\\ ",
  "😀",
  "a\\+b",
  "x\\0ACNF:1",
);

/** Attributes that an import may write, and that rules look at. */
const attribute = fc.constantFrom(
  "displayName",
  "mail",
  "proxyAddresses",
  "description",
  "mailNickname",
  "otherTelephone",
  "info",
);

export interface GeneratedEntry {
  readonly dn: string;
  /** Attribute and values; values that differ only in capitals do not occur twice, since no directory holds them. */
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[];
}

/** Of these a directory keeps one value; of the description, for accounts and groups. */
const ONE_VALUE: ReadonlySet<string> = new Set(["description", "displayName", "mail", "mailNickname", "info"]);

/** Of these a directory takes at most 64 UTF-16 units; of the others more than there are in any value here. */
const SHORT: ReadonlySet<string> = new Set(["mailNickname", "otherTelephone"]);

const attributes = fc
  .uniqueArray(
    fc.tuple(
      attribute,
      fc.uniqueArray(
        value.filter((text) => !UNWRITABLE.test(text)),
        { minLength: 1, maxLength: 4, selector: matchingKey },
      ),
    ),
    { maxLength: 5, selector: ([name]) => name },
  )
  .map((all) => all.map(([name, values]) => [name, asDirectoriesHave(name, values)] as const));

function asDirectoriesHave(name: string, values: readonly string[]): readonly string[] {
  const short = SHORT.has(name) ? values.filter(({ length }) => length <= 64) : values;
  return ONE_VALUE.has(name) ? short.slice(0, 1) : short;
}

export const entries: fc.Arbitrary<GeneratedEntry[]> = fc
  .array(fc.tuple(rdnValue, attributes), { minLength: 1, maxLength: 5 })
  .map((all) => all.map(([rdn, list], at) => ({ dn: `CN=${rdn}${at},OU=Staff,DC=contoso,DC=com`, attributes: list })));

export const lineStyle: fc.Arbitrary<LineStyle> = fc.record({
  lineEnd: fc.constantFrom("\r\n" as const, "\n" as const),
  width: fc.constantFrom(undefined, 76, 78, 80, 20),
  valueOnNextLine: fc.boolean(),
});

/** An export of the entries. */
export function toExport(all: readonly GeneratedEntry[], style: LineStyle): string {
  return all
    .map(({ dn, attributes }) => {
      const lines = [writeLine("dn", { text: dn }, style), "objectClass: user"];
      for (const [name, values] of attributes)
        for (const text of values) lines.push(writeLine(name, exact(text), style));
      return `${lines.join(style.lineEnd)}${style.lineEnd}`;
    })
    .join(style.lineEnd);
}

/** What cannot stand as text is written in base64, lone surrogates as the replacement character. */
function exact(text: string) {
  return /[\ud800-\udfff]/.test(text) ? { base64: base64Of(text) } : { text };
}
