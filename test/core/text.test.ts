import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { base64ErrorAt, decodeBase64, encodeBase64 } from "../../server/core/text/base64.ts";
import { characterName, quoted } from "../../server/core/text/characters.ts";
import { positionAt } from "../../server/core/text/position.ts";
import { decodeUtf8, encodeUtf8, utf8Length } from "../../server/core/text/utf8.ts";
import fc from "../property.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });
const anyUnits = fc.array(fc.nat(0xffff), { maxLength: 30 }).map((units) => String.fromCharCode(...units));
const anyBytes = fc.uint8Array({ maxLength: 60 });

/** Bytes that come close to UTF-8: sequences that are cut, overlong, surrogates or beyond Unicode. */
const nearlyUtf8 = fc
  .array(
    fc.constantFrom(
      0x41,
      0x7f,
      0x80,
      0xbf,
      0xc0,
      0xc1,
      0xc3,
      0xa9,
      0xe0,
      0xa0,
      0xed,
      0x9f,
      0xf0,
      0x90,
      0xf4,
      0x8f,
      0xf5,
    ),
  )
  .map((bytes) => Uint8Array.from(bytes));

function platformDecode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

describe("Base64 is that of the platform", () => {
  test("both ways, for any bytes", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        assert.equal(encodeBase64(bytes), text);
        assert.deepEqual([...decodeBase64(text)], [...bytes]);
        assert.equal(base64ErrorAt(text), -1);
      }),
    );
  });

  const errors: readonly (readonly [text: string, at: number])[] = [
    ["", -1],
    ["YQ==", -1],
    ["YWI=", -1],
    ["YWJj", -1],
    ["YQ", 2],
    ["YQ=", 3],
    ["YWJjZ", 5],
    ["Y Q=", 1],
    ["YQ==YQ==", 2],
    ["=", 1],
    ["==", 2],
    ["====", 0],
    ["é===", 0],
    ["YW-_", 2],
  ];
  for (const [text, at] of errors) test(`error in "${text}"`, () => assert.equal(base64ErrorAt(text), at));
});

describe("UTF-8 is that of the platform", () => {
  test("encoding", () => {
    for (const texts of [anyText, anyUnits]) {
      fc.assert(fc.property(texts, (text) => assert.deepEqual([...encodeUtf8(text)], [...Buffer.from(text)])));
    }
  });

  test("decoding", () => {
    for (const bytes of [anyBytes, nearlyUtf8, anyText.map(encodeUtf8)]) {
      fc.assert(
        fc.property(bytes, (each) => assert.equal(decodeUtf8(each), platformDecode(each))),
        { numRuns: 2000 },
      );
    }
  });

  test("decoding of much text", () => {
    const text = "Jérôme 😀 ".repeat(5000);
    assert.equal(decodeUtf8(encodeUtf8(text)), text);
  });

  test("length", () => {
    fc.assert(fc.property(anyText, (text) => assert.equal(utf8Length(text, text.length), Buffer.from(text).length)));
  });
});

describe("Positions count as the Language Server Protocol does", () => {
  test("LF, CRLF and a bare CR end a line", () => {
    const text = "a\nbc\r\nd\re";
    const positions = [0, 1, 2, 4, 6, 7, 8, 9, 99].map((offset) => positionAt(text, offset, 10));
    assert.deepEqual(
      positions.map(({ line, character }) => [line, character]),
      [
        [10, 0],
        [10, 1],
        [11, 0],
        [11, 2],
        [12, 0],
        [12, 1],
        [13, 0],
        [13, 1],
        [13, 1],
      ],
    );
  });
});

describe("How messages name characters", () => {
  const names: readonly (readonly [text: string, name: string])[] = [
    ["é", '"é"'],
    ["e\u0301", '"e"'],
    ["\u0301", "character U+0301"],
    [" ", "a space"],
    ["\t", "a tab"],
    ["\u00a0x", "no-break space (U+00A0)"],
    ["\u200b", "zero width space (U+200B)"],
    ["\u0007", "character U+0007"],
    ["😀", '"😀"'],
    ["\ud83d", "character U+D83D"],
    ["", "nothing"],
  ];
  for (const [text, name] of names) test(name, () => assert.equal(characterName(text), name));

  test("texts are quoted, shortened, and show what cannot be seen", () => {
    assert.equal(quoted("a\u200bb"), '"a<U+200B>b"');
    assert.equal(quoted("abcdef", 3), '"abc..." (6 characters)');
  });
});
