import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Position, Range, TextEdit } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { rangeOfText, user } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const OPTIONS = { tabSize: 2, insertSpaces: true };

async function formatted(session: Session, text: string, place?: string): Promise<string> {
  await session.open(uri, text);
  const document = session.documents.get(uri)!;
  const params = { textDocument: { uri }, options: OPTIONS };
  const edits = await (place === undefined
    ? session.connection.sendRequest<TextEdit[]>("textDocument/formatting", params)
    : session.connection.sendRequest<TextEdit[]>("textDocument/rangeFormatting", {
        ...params,
        range: rangeOfText(document, place),
      }));
  return TextDocument.applyEdits(document, edits);
}

describe("Formatting", () => {
  const before = "\r\ndn:CN=😀,DC=x\r\ncn:😀\r\nsn: D\r\n oe\r\n\r\n\r\n\r\ndn: CN=B,DC=x\r\nsn:: QQ== \r\nmail:b\r\n";
  const after = "dn: CN=😀,DC=x\r\ncn: 😀\r\nsn: Doe\r\n\r\ndn: CN=B,DC=x\r\nsn:: QQ==\r\nmail: b\r\n";

  test(
    "lays out the whole export",
    withSession({}, async (session) => assert.equal(await formatted(session, before), after)),
  );

  test(
    "lays out the records that a range touches, and no other",
    withSession({}, async (session) => {
      const expected = before.replace("QQ== ", "QQ==").replace("mail:b", "mail: b");
      assert.equal(await formatted(session, before, "QQ=="), expected);
    }),
  );

  test(
    "leaves tables, and documents that are not open, to others",
    withSession({}, async (session) => {
      const table = "untitled:export.csv";
      await session.open(table, 'DN,objectClass,mail\r\n"CN=Jane,DC=contoso,DC=com",user,\r\n');
      for (const other of [table, "untitled:nothing.ldf"]) {
        const params = { textDocument: { uri: other }, options: OPTIONS };
        assert.equal(await session.connection.sendRequest("textDocument/formatting", params), null);
      }
    }),
  );
});

describe("The commands to fold and unfold", () => {
  const long = `info: ${"abc ".repeat(40)}x`;
  const text = user("Jane", long) + user("Joe", long);

  test(
    "lay out what a range touches, or the whole export",
    withSession({}, async (session) => {
      await session.open(uri, text);
      const { start } = rangeOfText(session.documents.get(uri)!, "displayName: Jane");
      const lines = { start, end: { line: start.line + 2, character: 0 } };
      assert.equal(await session.command("syncready.foldLines", uri, lines), false);
      assert.equal(await session.command("syncready.foldLines", uri, { start, end: start }), true);
      const folded = long.replace(/^(.{76})(.{75})(.*)$/, "$1\n $2\n $3");
      assert.equal(session.text(uri), text.replace(long, folded));
      assert.equal(await session.command("syncready.foldLines", uri), true);
      assert.equal(session.text(uri), text.replaceAll(long, folded));
      assert.equal(await session.command("syncready.foldLines", uri), false);
      assert.equal(await session.command("syncready.unfoldLines", uri), true);
      assert.equal(session.text(uri), text);
      assert.equal(await session.command("syncready.unfoldLines", uri), false);
      assert.deepEqual(
        [...new Set(session.messages)],
        ["There is no line to be folded here.", "There is no folded line here."],
      );
    }),
  );

  test(
    "go by the width of the export's own lines",
    withSession({}, async (session) => {
      const own = `dn: CN=A,DC=x\r\ninfo: ${"y".repeat(94)}\r\n yy\r\ninfo: ${"z".repeat(150)}\r\n`;
      await session.open(uri, own);
      await session.command("syncready.foldLines", uri);
      assert.equal(session.text(uri), own.replace(/(z{94})(z+)/, "$1\r\n $2"));
    }),
  );
});

describe("The command to convert a value", () => {
  const positionOf = (session: Session, place: string): Position =>
    rangeOfText(session.documents.get(uri)!, place).start;

  test(
    "writes text in base64, and base64 as text",
    withSession({}, async (session) => {
      const text = "dn: CN=A,DC=x\r\nsn: 😀 Do\r\n e\r\ncn:: RG\r\n 9l\r\n";
      await session.open(uri, text);
      assert.equal(await session.command("syncready.convertValue", uri, positionOf(session, "e\r\ncn")), true);
      const first = text.replace("sn: 😀 Do\r\n e", "sn:: 8J+YgCBEb2U=");
      assert.equal(session.text(uri), first);
      assert.equal(await session.command("syncready.convertValue", uri, positionOf(session, "9l")), true);
      assert.equal(session.text(uri), first.replace("cn:: RG\r\n 9l", "cn: Doe"));
      assert.equal(await session.command("syncready.convertValue", uri, positionOf(session, "8J")), false);
      assert.deepEqual(session.messages, ['The value must be in base64: it holds "😀".']);
    }),
  );

  test(
    "says where there is nothing to convert",
    withSession({}, async (session) => {
      const start: Range["start"] = { line: 0, character: 0 };
      await session.open(uri, "version: 1\n\n");
      assert.equal(await session.command("syncready.convertValue", uri, start), false);
      const table = "untitled:export.csv";
      await session.open(table, 'DN,objectClass,mail\r\n"CN=Jane,DC=contoso,DC=com",user,\r\n');
      assert.equal(await session.command("syncready.convertValue", table, start), false);
      assert.equal(await session.command("syncready.foldLines", table), false);
      assert.deepEqual(session.messages, [
        "There is no value here.",
        "Put the cursor into a value of an export in LDIF.",
        "Lines are folded in exports in LDIF only.",
      ]);
    }),
  );
});
