import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { convertValue } from "../../server/core/fix/convert-value.ts";
import { applyChanges } from "../../server/core/fix/text-change.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import type { LdifEntry } from "../../server/core/ldif/record.ts";
import { isSafeString, writeLine } from "../../server/core/ldif/writer.ts";
import fc from "../property.ts";
import { value } from "./arbitrary.ts";

const STYLE = { lineEnd: "\n", width: 76 } as const;
const DN = "dn: CN=Jane,DC=contoso,DC=com\n";

/** The text after a conversion at `|`, or why there is none. */
function converted(marked: string): string {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const record = readLdif(text).find(({ start, text }) => start <= at && at <= start + text.length)!;
  const conversion = convertValue(record, at - record.start, STYLE);
  return conversion.refusal ?? applyChanges(record.text, [conversion.change]);
}

describe("A value in base64 becomes text, and text becomes base64", () => {
  for (const [name, before, after] of [
    ["text", "sn: Do|e\n", "sn:: RG9l\n"],
    ["text with a blank at its end", "sn: Doe |\n", "sn:: RG9lIA==\n"],
    ["raw letters", "sn: M|üller\n", "sn:: TcO8bGxlcg==\n"],
    ["a folded value", "sn: D\n |oe\n", "sn:: RG9l\n"],
    ["base64", "sn|:: RG9l\n", "sn: Doe\n"],
    ["folded base64, CRLF", "sn:: R|G9\r\n l\r\n", "sn: Doe\r\n"],
    ["empty base64", "sn:: |\n", "sn:\n"],
    ["the last line without a line end", "sn:: RG9l|", "sn: Doe"],
  ] as const) {
    test(name, () => {
      assert.equal(converted(DN + before), DN + after);
    });
  }

  test("a long value, which is folded like others", () => {
    const text = `${"abc ".repeat(20)}x`;
    const written = converted(`${DN}info: |${text}\n`);
    assert.match(written, /\ninfo:: \S{69}\n \S+\n$/);
    assert.equal((readLdif(written)[0] as LdifEntry).lines[0]!.text, text);
  });

  test("a DN, and values of change records", () => {
    const [before, after] = ["dn:: Q049Sm9lLERDPXg=\n", "dn: CN=Joe,DC=x\n"];
    assert.equal(converted(`${before.replace("Q0", "Q|0")}sn: Doe\n`), `${after}sn: Doe\n`);
    const modify = `${DN}changetype: modify\nadd: sn\nsn: |Doe\n-\n`;
    assert.equal(converted(modify), modify.replace("sn: |Doe", "sn:: RG9l"));
    const rename = `${DN}changetype: modrdn\nnewrdn: |CN=Joe\ndeleteoldrdn: 1\n`;
    assert.equal(converted(rename), rename.replace("newrdn: |CN=Joe", "newrdn:: Q049Sm9l"));
  });

  test("and back again, whatever the value", () => {
    fc.assert(
      fc.property(value, (text) => {
        fc.pre(!/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|^$/.test(text));
        const line = writeLine("info", { text }, STYLE);
        const there = converted(`${DN}|${line}\n`);
        if (!isSafeString(text)) {
          assert.match(there, /^The value must be in base64/);
          return;
        }
        assert.equal((readLdif(there)[0] as LdifEntry).lines[0]!.text, text);
        const at = DN.length;
        assert.equal(converted(`${there.slice(0, at)}|${there.slice(at)}`), `${DN}${line}\n`);
      }),
    );
  });
});

describe("A value stays as it is", () => {
  for (const [line, reason] of [
    ["sn:: TcO8|bGxlcg==", 'The value must be in base64: it holds "ü".'],
    ["sn:: Ik|Rl\n sn:: x", "What this value is meant to be is not certain: see what is reported of it."],
    ["sn:: RG9|lIA==", "The value must be in base64: a blank at its end would be lost."],
    ["sn:: IE|RvZQ==", "The value must be in base64: it begins with a space."],
    ["sn:: OkR|vZQ==", 'The value must be in base64: it begins with ":".'],
    ["sn:: RApv|ZQ==", "The value must be in base64: it holds line feed (U+000A)."],
    ["objectGUID:: rhJF|Fss/lkqXe8EMnMZJHg==", "The value is no text: its bytes are not UTF-8."],
    ["sn:< file|:x", "The value is in another file, which is never opened."],
    ["sn:|", "The value is empty."],
    ["sn: \ud83d|", "The value holds one half of a surrogate pair, which has no bytes."],
    ["sn: a\ufffd|", "What this value is meant to be is not certain: see what is reported of it."],
    ["# a comm|ent", "There is no value here."],
  ] as const) {
    test(reason, () => assert.equal(converted(`${DN}sn: x\n${line}\n`), reason));
  }

  test("where a line says what is to be done", () => {
    for (const line of ["change|type: modify", "add: s|n", "-|"]) {
      const marked = `${DN}changetype: modify\nadd: sn\nsn: Doe\n-\n`.replace(line.replace("|", ""), line);
      assert.equal(converted(marked), "There is no value here.", line);
    }
    assert.equal(converted("ver|sion: 1\n\n"), "There is no value here.");
  });
});
