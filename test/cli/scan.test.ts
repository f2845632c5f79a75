import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hashDn, hashKey } from "../../server/core/engine/key-hash.ts";
import {
  Checker,
  DEFAULT_SETTINGS,
  dnKey,
  type Entry,
  LdifReader,
  RULES,
  ScannedEntry,
  type Settings,
  type SourceRecord,
  scanPlan,
} from "../../server/core/index.ts";
import { decodeBytes, type EncodingFacts } from "../../server/node/decode.ts";
import { EntryPlaces } from "../../server/node/entry-places.ts";
import { LdifScanner } from "../../server/node/ldif-scanner.ts";
import { RecordScan } from "../../server/node/scan-records.ts";
import { damagedFile } from "../core/damaged-file.ts";
import { type Attributes, type Vector, vectors } from "../core/vector-checks.ts";
import fc from "../property.ts";

const checker = new Checker(RULES, DEFAULT_SETTINGS);
const plan = scanPlan(checker);

/** The whole memory for every reading would take longer than all readings. Its window is cut to size for each. */
const whole = new LdifScanner(plan);

/** A scanner that has only so many bytes of room, so that nearly any record may be too long for it. */
const narrow = new LdifScanner(plan, 64);

/** What the scanner says of an entry is what the entry itself says. */
function checkScanned(entry: ScannedEntry): void {
  const own = entry.detached();
  assert.equal(entry.dn.text, own.dn.text);
  assert.deepEqual(entry.dn.span, own.dn.span);
  assert.equal(entry.valueCount, own.valueCount);
  assert.equal(entry.isChange, own.isChange);
  assert.equal(entry.objectType, own.objectType);
  for (const type of plan.numbers.types) {
    const shown = (one: Entry) =>
      one.values(type).map(({ text, description, span, isEncoded }) => ({ text, description, span, isEncoded }));
    assert.deepEqual(shown(entry), shown(own), type);
  }
  const hashes: string[] = [];
  if (entry.visitKeys((space, one, other) => hashes.push(`${space} ${one} ${other}`))) {
    const expected = checker.heldKeys(own).map(({ keySpace, key }) => {
      const space = checker.keySpaces.findIndex((one) => one.keySpace === keySpace);
      const { one, other } = hashKey(space, key);
      return `${space} ${one} ${other}`;
    });
    assert.deepEqual(hashes.sort(), expected.sort());
  }
  const references: number[] = [];
  if (entry.visitReferences((hash) => references.push(hash))) {
    const expected = ["manager", "managedBy", "member"].flatMap((type) =>
      own.values(type).map(({ text }) => hashDn(text)),
    );
    assert.deepEqual(references.sort(), expected.filter((hash) => hash !== hashDn("")).sort());
  }
}

interface Seen {
  readonly scanned: number;
  readonly records: readonly unknown[];
}

function shown({ text, start, firstLine, problems, isChange, valueCount, entry }: SourceRecord) {
  return { text, start, firstLine, problems: [...problems], isChange, valueCount, dn: entry?.dn.text };
}

function scan(scanner: LdifScanner, bytes: Uint8Array, facts: EncodingFacts, cuts: readonly number[]): Seen {
  const records: unknown[] = [];
  let scanned = 0;
  const record = (one: SourceRecord) => {
    records.push(shown(one));
    if (!(one instanceof ScannedEntry)) return;
    scanned++;
    checkScanned(one);
  };
  const reading = new RecordScan(scanner, facts, { record });
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let n = 1; n < places.length; n++) reading.push(bytes.subarray(places[n - 1], places[n]));
  reading.end();
  return { records, scanned };
}

function read(text: string): unknown[] {
  const records: unknown[] = [];
  const reader = new LdifReader((record) => records.push(shown(record)));
  reader.push(text);
  reader.end();
  return records;
}

describe("What is scanned is what the reader reads", () => {
  const cuts = fc.array(fc.nat(2000), { maxLength: 6 });

  test("in files that something has happened to, wherever their bytes are cut", () => {
    let scanned = 0;
    fc.assert(
      fc.property(damagedFile, damagedFile, cuts, fc.boolean(), (one, other, places, isNarrow) => {
        const bytes = Buffer.from(one + other, "utf8");
        const { text, ...facts } = decodeBytes(bytes);
        if (facts.encoding.startsWith("utf-16")) return;
        const seen = scan(isNarrow ? narrow : whole, bytes, facts, places);
        assert.deepEqual(seen.records, read(text));
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
      for (const scanner of [whole, narrow]) assert.deepEqual(scan(scanner, bytes, facts, each).records, read(decoded));
    }
    const bytes = Buffer.concat([
      Buffer.from(`${file}dn: CN=J`),
      Buffer.of(0xfc),
      Buffer.from(",DC=contoso\ncn: x\n\n"),
    ]);
    const { text: decoded, ...facts } = decodeBytes(bytes);
    assert.equal(facts.encoding, "windows-1252");
    assert.deepEqual(scan(whole, bytes, facts, [7]).records, read(decoded));
  });

  test("also where a record is longer than the window", () => {
    const member = "member: CN=Somebody,OU=Staff,DC=contoso,DC=com\n";
    const entries = [3, 30_000, 2, 5, 1].map(
      (n) => `dn: CN=G${n},DC=contoso,DC=com\nobjectClass: group\n${member.repeat(n)}\n`,
    );
    const text = entries.join("");
    const seen = scan(whole, Buffer.from(text), { encoding: "utf-8", guessed: false, byteOrderMark: false }, []);
    assert.deepEqual(seen.records, read(text));
    assert.equal(seen.scanned, 2, "The first and the last are the reader's, too");
  });
});

/** The lines of an entry, with an own DN. */
function ldif(attributes: Attributes, number: number): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) =>
    name === "dn" || name.startsWith("_")
      ? []
      : [values].flat().map((value) => {
          const isPlain = /^(?![ :<])[ -~]*$/.test(value);
          return isPlain ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString("base64")}`;
        }),
  );
  const dn = String(attributes.dn ?? `CN=Vector ${number},OU=Staff,DC=contoso,DC=com`);
  return `dn:: ${Buffer.from(dn).toString("base64")}\n${lines.join("\n")}\n\n`;
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
function bothJudgements(text: string, settings: Settings): readonly (readonly [string, string])[] {
  const scanning = new Checker(RULES, settings);
  const found: string[] = [];
  const expected: string[] = [];
  const told = (one: Checker, entry: Entry) => {
    const { findings, excluded } = one.check(entry);
    const list = findings.map(({ rule, span, message }) => `${rule.id} ${span.start}-${span.end} ${message}`).sort();
    return JSON.stringify([dnKey(entry.dn.text), excluded, ...list]);
  };
  const record = (one: SourceRecord) => {
    if (one.entry === undefined) return;
    found.push(told(scanning, one.entry));
    // A checker that has seen no other entry remembers nothing of one.
    expected.push(told(new Checker(RULES, settings), one instanceof ScannedEntry ? one.whole : one.entry));
  };
  const facts = { encoding: "utf-8", guessed: false, byteOrderMark: false } as const;
  const reading = new RecordScan(new LdifScanner(scanPlan(scanning)), facts, { record });
  reading.push(Buffer.from(text));
  reading.end();
  return found.map((one, at) => [one, expected[at]!]);
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
          ldif(entry, 10_000 * round + at),
          ldif(renamed(entry, 10_000 * round + at), 10_000 * round + at + 5000),
        ]),
      );
      for (const [found, expected] of bothJudgements(all.join(""), settings)) assert.equal(found, expected);
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
