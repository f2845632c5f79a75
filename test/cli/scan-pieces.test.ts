import assert from "node:assert/strict";
import { test } from "node:test";
import { Checker, DEFAULT_SETTINGS, LDIF_FORMAT, RULES, ScannedEntry } from "../../server/core/index.ts";
import { LdifPieceScanner } from "../../server/node/piece-scanner.ts";

const checker = new Checker(RULES, DEFAULT_SETTINGS);

function piece(name: string, end = "\n\n"): string {
  return `dn: CN=${name},DC=contoso,DC=com\nobjectClass: user\nmail: ${name}@contoso.com${end}`;
}

/** Which of the pieces are scanned. What is scanned of a piece is what the format reads in it. */
function scanned(scanner: LdifPieceScanner, pieces: readonly string[]): boolean[] {
  const found = scanner.scan(pieces);
  return pieces.map((text, index) => {
    const one = found[index];
    if (one === undefined) return false;
    const { records, traits } = LDIF_FORMAT.blocks.read(text);
    assert.equal(one.traits, traits);
    assert.deepEqual(
      one.records.map((record) => [record.text, record.start, record.entry?.values("mail")[0]?.text]),
      records.map((record) => [record.text, record.start, record.entry?.values("mail")[0]?.text]),
    );
    return one.records.every((record) => record instanceof ScannedEntry);
  });
}

test("Pieces in which nothing is peculiar are scanned, and the others are left to the reader", () => {
  const scanner = new LdifPieceScanner(checker, 0);
  const pieces = [
    piece("ann"),
    piece("ben", "\r\n\r\n\n"),
    piece("j\u00fcrg"),
    // As long as the one before.
    piece("jane"),
    "version: 1\n\n",
    "# comment\n\n",
    piece("cleo\n x"),
    piece("dan", "\n"),
    piece("\ud800"),
    piece("eve"),
  ];
  assert.deepEqual(scanned(scanner, pieces), [true, true, false, true, false, false, true, false, false, true]);
  assert.deepEqual(scanned(scanner, [piece("j\u00f6rg"), piece("dora")]), [false, true]);
  assert.deepEqual(scanned(scanner, []), []);
});

test("Pieces for which there is no room are left to the reader", () => {
  const scanner = new LdifPieceScanner(checker, 0);
  const long = piece("ann", `\ndescription: ${"x".repeat(3 * scanner.room)}\n\n`);
  assert.deepEqual(scanned(scanner, [piece("ben"), long, piece("cleo")]), [true, false, true]);
});

test("Entries outlive what the scanner has written about them", () => {
  const scanner = new LdifPieceScanner(checker, 0);
  const [ann] = scanner.scan([piece("ann")]);
  scanner.scan([piece("benedict")]);
  const entry = ann?.records[0]?.entry;
  assert.equal(entry?.values("mail")[0]?.text, "ann@contoso.com");
  assert.equal(entry?.dn.text, "CN=ann,DC=contoso,DC=com");
});

test("A small export is left to the reader, until it gets large", () => {
  const scanner = new LdifPieceScanner(checker, 200);
  assert.deepEqual(scanned(scanner, [piece("ann")]), [false]);
  assert.deepEqual(scanned(scanner, [piece("ann"), piece("ben"), piece("cleo")]), [true, true, true]);
  assert.deepEqual(scanned(scanner, [piece("ann")]), [true]);
});
