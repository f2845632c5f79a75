import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Parser } from "@vscode/tree-sitter-wasm";
import { literal, writeScripts } from "../../server/core/fix/powershell.ts";
import { callsOf } from "../../server/core/fix/powershell-calls.ts";
import fc from "../property.ts";
import { NAMES, records } from "./powershell-records.ts";
import { callsIn, powerShellParser } from "./powershell-syntax.ts";

let parser: Parser;
before(async () => {
  parser = await powerShellParser();
});

/** The script that sets one value, which is what a call with it must come to. */
function valueRead(expression: string): unknown {
  const [call] = callsIn(parser, `Set-Entry 'CN=A,DC=x' -Add @{\r\n    'info' = ${expression}\r\n}\r\n`);
  return call?.parameters[0]?.value;
}

describe("The grammar of PowerShell finds in a script", () => {
  test("every value as it is, whatever it is", () => {
    const dangerous = [
      "'",
      "''",
      "' ; Remove-Item C:\\ -Recurse #",
      "$(Get-Date)",
      "$env:USERNAME",
      "`n`0`$",
      '"',
      "\u2018x\u2019\u201a\u201b\u201c\u201d\u201e",
      "@'",
      "'@",
      "@{}",
      "<# #>",
      "#>",
      "# x",
      "--%",
      "a\r\nb",
      "\n'@\n",
      "\0",
      "\u0085\u2028\u2029",
      "\ufeff",
      "(Text 'YQ==')",
      "trailing ",
      " ",
      "Müller",
      "日本",
      "😀",
      "\\",
      "\\'",
      "%",
      "|",
      "&",
      ";",
      "{",
      "}",
      ",",
    ];
    for (const text of dangerous) {
      assert.deepEqual(valueRead(literal({ text })), [{ attribute: "info", values: [{ text }] }], JSON.stringify(text));
    }
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...dangerous), maxLength: 12 }), (text) => {
        assert.deepEqual(valueRead(literal({ text })), [{ attribute: "info", values: [{ text }] }]);
      }),
      { numRuns: 300 },
    );
  });

  test("and nothing where quotes were not doubled", () => {
    assert.throws(() => valueRead("'a'b'"));
    assert.throws(() => valueRead('"$(Get-Date)"'));
    assert.throws(() => valueRead("$Server"));
  });

  test("the calls that were planned, and no others", () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 4 }), (planned) => {
        const { files, objection } = writeScripts(planned, NAMES);
        assert.equal(objection, undefined);
        assert.match(files.modify, /^(?:[\x20-\x7e]*\r\n)*$/);
        const calls = planned.flatMap((record) => callsOf(record, "rename first"));
        assert.deepEqual(callsIn(parser, files.modify), calls);
        const undoCalls = files.undoRecords.flatMap((record) => callsOf(record, "move first"));
        assert.deepEqual(callsIn(parser, files.undo), undoCalls);
      }),
      { numRuns: 60 },
    );
  });
});
