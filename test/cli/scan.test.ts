import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  Checker,
  DEFAULT_SETTINGS,
  dnKey,
  type Entry,
  type ExportFormat,
  formatOf,
  LDIF_FORMAT,
  RULES,
  ScannedEntry,
  type Settings,
  type SourceRecord,
  scanPlan,
} from "../../server/core/index.ts";
import { decodeBytes } from "../../server/node/decode.ts";
import { EntryPlaces } from "../../server/node/entry-places.ts";
import { ExportScanner } from "../../server/node/export-scanner.ts";
import { RecordScan } from "../../server/node/scan-records.ts";
import { damagedFile } from "../core/damaged-file.ts";
import { type Attributes, type Vector, vectors } from "../core/vector-checks.ts";
import fc from "../property.ts";
import { narrow, read, scan, whole } from "./scanning.ts";

describe("What is scanned is what the reader reads", () => {
  const cuts = fc.array(fc.nat(2000), { maxLength: 6 });

  test("in files that something has happened to, wherever their bytes are cut", () => {
    let scanned = 0;
    fc.assert(
      fc.property(damagedFile, damagedFile, cuts, fc.boolean(), (one, other, places, isNarrow) => {
        const bytes = Buffer.from(one + other, "utf8");
        const { text, ...facts } = decodeBytes(bytes);
        if (facts.encoding.startsWith("utf-16")) return;
        const seen = scan(isNarrow ? narrow : whole, LDIF_FORMAT, bytes, facts, places);
        assert.deepEqual(seen.records, read(LDIF_FORMAT, text));
        scanned += seen.scanned;
      }),
      { numRuns: 4000 },
    );
    // Were everything left to the reader, nothing would have been shown.
    assert.ok(scanned > 200, `${scanned} were scanned`);
  });

  test("with a byte order mark, in Windows-1252, and with no more than one byte at a time", () => {
    const file = "dn: CN=A,DC=contoso,DC=com\r\nobjectClass: user\r\n\r\n".repeat(3);
    for (const text of [`\ufeff${file}`, `${file}\r\n`, file.trimEnd(), `${file}x`, "", "\ufeff", "\r", "\n\n\n"]) {
      const bytes = Buffer.from(text, "utf8");
      const { text: decoded, ...facts } = decodeBytes(bytes);
      const each = Array.from({ length: bytes.length }, (_, at) => at);
      for (const scanner of [whole, narrow])
        assert.deepEqual(scan(scanner, LDIF_FORMAT, bytes, facts, each).records, read(LDIF_FORMAT, decoded));
    }
    const bytes = Buffer.concat([
      Buffer.from(`${file}dn: CN=J`),
      Buffer.of(0xfc),
      Buffer.from(",DC=contoso\ncn: x\n\n"),
    ]);
    const { text: decoded, ...facts } = decodeBytes(bytes);
    assert.equal(facts.encoding, "windows-1252");
    assert.deepEqual(scan(whole, LDIF_FORMAT, bytes, facts, [7]).records, read(LDIF_FORMAT, decoded));
  });

  test("also where a record is longer than the window", () => {
    const member = "member: CN=Somebody,OU=Staff,DC=contoso,DC=com\n";
    const entries = [3, 30_000, 2, 5, 1].map(
      (n) => `dn: CN=G${n},DC=contoso,DC=com\nobjectClass: group\n${member.repeat(n)}\n`,
    );
    const text = entries.join("");
    const seen = scan(
      whole,
      LDIF_FORMAT,
      Buffer.from(text),
      { encoding: "utf-8", guessed: false, byteOrderMark: false },
      [],
    );
    assert.deepEqual(seen.records, read(LDIF_FORMAT, text));
    assert.equal(seen.scanned, 2, "The first and the last are the reader's, too");
  });
});

/** An entry with a DN of its own, and what it has of attributes. */
interface Written {
  readonly dn: string;
  readonly values: readonly (readonly [name: string, values: readonly string[]])[];
}

function written(attributes: Attributes, number: number): Written {
  const values = Object.entries(attributes)
    .filter(([name]) => name !== "dn" && !name.startsWith("_"))
    .map(([name, values]) => [name, [values].flat()] as const);
  return { dn: String(attributes.dn ?? `CN=Vector ${number},OU=Staff,DC=contoso,DC=com`), values };
}

function ldif(entries: readonly Written[]): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const line = (name: string, value: string) =>
    /^(?![ :<])[ -~]*$/.test(value) ? `${name}: ${value}\n` : `${name}:: ${base64(value)}\n`;
  return entries
    .map(({ dn, values }) => {
      const lines = values.flatMap(([name, own]) => own.map((value) => line(name, value)));
      return `dn:: ${base64(dn)}\n${lines.join("")}\n`;
    })
    .join("");
}

/** The same as csvde writes it. */
function csvde(entries: readonly Written[]): string {
  const names = [...new Set(entries.flatMap(({ values }) => values.map(([name]) => name)))];
  const field = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = entries.map(({ dn, values }) => {
    const byName = new Map(values);
    const cells = names.map((name) =>
      (byName.get(name) ?? []).map((value) => value.replace(/[\\;]/g, "\\$&")).join(";"),
    );
    return [dn, ...cells].map(field).join(",");
  });
  return `${[["DN", ...names].join(","), ...rows].join("\r\n")}\r\n`;
}

const NAMES =
  /^(?:displayName|givenName|sn|mail|userPrincipalName|proxyAddresses|targetAddress|mailNickname|sAMAccountName|title)$/i;

/** The same entry with other names in it: words become other words, equal ones equal ones; domains and address types stay. */
function renamed(attributes: Attributes, number: number): Attributes {
  const words = new Map<string, string>();
  const rename = (word: string) => {
    const key = word.toLowerCase();
    const other = words.get(key) ?? `n${number}w${words.size}`.slice(0, 12);
    words.set(key, other);
    return other;
  };
  const renameText = (text: string) => {
    const [, type = "", rest = ""] = /^([A-Za-z0-9]+:)?([\s\S]*)$/.exec(text) ?? [];
    const at = rest.lastIndexOf("@");
    const local = at < 0 ? rest : rest.slice(0, at);
    return type + local.replace(/[A-Za-z0-9]+/g, rename) + (at < 0 ? "" : rest.slice(at));
  };
  return Object.fromEntries(
    Object.entries(attributes).map(([name, values]) => [
      name,
      NAMES.test(name) ? [values].flat().map(renameText) : values,
    ]),
  );
}

/** Each finding of each entry, where a scanner has read them, and where the reader has. */
function bothJudgements(
  format: ExportFormat,
  text: string,
  settings: Settings,
): readonly (readonly [found: string, expected: string, isScanned: boolean])[] {
  const scanning = new Checker(RULES, settings);
  const judgements: [found: string, expected: string, isScanned: boolean][] = [];
  const told = (one: Checker, entry: Entry) => {
    const { findings, excluded } = one.check(entry);
    const list = findings.map(({ rule, span, message }) => `${rule.id} ${span.start}-${span.end} ${message}`).sort();
    return JSON.stringify([dnKey(entry.dn.text), excluded, ...list]);
  };
  const record = (one: SourceRecord) => {
    if (one.entry === undefined) return;
    const isScanned = one instanceof ScannedEntry;
    // A checker that has seen no other entry remembers nothing of one.
    const expected = told(new Checker(RULES, settings), isScanned ? one.whole : one.entry);
    judgements.push([told(scanning, one.entry), expected, isScanned]);
  };
  const facts = { encoding: "utf-8", guessed: false, byteOrderMark: false } as const;
  const reading = new RecordScan(new ExportScanner(scanPlan(scanning)), format.scan!, facts, { record });
  reading.push(Buffer.from(text));
  reading.end();
  return judgements;
}

describe("What rules remember of the like of an entry is true of the entry", () => {
  const rows = vectors<Vector>("rules").concat(vectors<Vector>("must-not-flag"));
  const bySettings = new Map<string, Attributes[]>();
  for (const { entries, settings = {} } of rows) {
    const key = JSON.stringify(settings);
    bySettings.set(key, [...(bySettings.get(key) ?? []), ...entries]);
  }
  for (const [key, entries] of bySettings) {
    test(`with the settings ${key}`, () => {
      const settings = { ...DEFAULT_SETTINGS, ...(JSON.parse(key) as Partial<Settings>) };
      const all = [1, 2, 3].flatMap((round) =>
        entries.flatMap((entry, at) => [
          written(entry, 10_000 * round + at),
          written(renamed(entry, 10_000 * round + at), 10_000 * round + at + 5000),
        ]),
      );
      for (const text of [ldif(all), csvde(all)]) {
        const judgements = bothJudgements(formatOf("", text)!, text, settings);
        assert.equal(judgements.length, all.length);
        for (const [found, expected] of judgements) assert.equal(found, expected);
        const scanned = judgements.filter(([, , isScanned]) => isScanned);
        assert.ok(scanned.length > all.length / 2, `${scanned.length} of ${all.length} were scanned`);
      }
    });
  }
});

test("the parts of a file that hold some entries hold them, and begin where blocks begin", () => {
  const blocks = fc.array(fc.nat(3), { maxLength: 120 });
  fc.assert(
    fc.property(blocks, fc.array(fc.nat(200)), fc.nat(60), (entriesOf, wanted, first) => {
      const places = new EntryPlaces();
      const starts: number[] = [];
      let entries = 0;
      for (const [index, count] of entriesOf.entries()) {
        places.block({ byte: index * 10, offset: index * 9, line: index });
        starts.push(entries);
        for (let n = 0; n < count; n++) places.entry();
        entries += count;
      }
      const indexes = Int32Array.from([...new Set(wanted)].filter((index) => index < entries)).sort();
      const ranges = [...places.ranges({ first, indexes })];
      let end = 0;
      for (const { from, to, entry, offset, line } of ranges) {
        assert.ok(from >= end && to > from);
        assert.deepEqual([offset, line, entry], [(from / 10) * 9, from / 10, starts[from / 10]]);
        end = to;
      }
      const isIn = (index: number) => {
        const block = (starts.filter((start) => start <= index).length - 1) * 10;
        return ranges.some(({ from, to }) => from <= block && block < to);
      };
      for (const index of indexes) assert.ok(isIn(index), `${index}`);
      for (let index = 0; index < Math.min(first, entries); index++) assert.ok(isIn(index), `${index}`);
    }),
    { numRuns: 1000 },
  );
});
