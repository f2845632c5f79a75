import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { InlayHint, Range, SemanticTokens } from "vscode-languageserver-protocol/node";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const DN = "dn: CN=Jane,DC=contoso,DC=com\n";

function whole(session: Session): Range {
  const document = session.documents.get(uri)!;
  return { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
}

async function put(session: Session, text: string): Promise<void> {
  if (session.documents.has(uri)) await session.replace(uri, text);
  else await session.open(uri, text);
}

/** The tokens as `type.modifier text`, in their order. */
async function tokens(session: Session, text: string, range?: Range): Promise<string[]> {
  await put(session, text);
  const params = { textDocument: { uri }, range: range ?? whole(session) };
  const { data } = await session.connection.sendRequest<SemanticTokens>("textDocument/semanticTokens/range", params);
  const { legend } = session.capabilities.semanticTokensProvider!;
  const found: string[] = [];
  const lines = text.split(/\r?\n/);
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [deltaLine, delta, length, type, bits] = data.slice(at, at + 5) as [number, number, number, number, number];
    line += deltaLine;
    character = deltaLine === 0 ? character + delta : delta;
    const modifiers = legend.tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
    const part = lines[line]!.slice(character, character + length);
    assert.equal(part.length, length, `a token ends in its line: ${part}`);
    found.push(`${[legend.tokenTypes[type], ...modifiers].join(".")} ${part}`);
  }
  return found;
}

/** Hints as `value before it | label`. */
async function hints(session: Session, text: string, range?: Range): Promise<string[]> {
  await put(session, text);
  const params = { textDocument: { uri }, range: range ?? whole(session) };
  const found = await session.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", params);
  const lines = text.split(/\r?\n/);
  return found.map(({ position, label }) => {
    assert.equal(position.character, lines[position.line]!.length);
    return `${lines[position.line]} | ${label}`;
  });
}

describe("Semantic tokens", () => {
  const dn = ["parameter CN", "string Jane", "parameter DC", "string contoso", "parameter DC", "string com"];

  test(
    "tell the class of each attribute",
    withSession({}, async (session) => {
      const lines = [
        "# a comment",
        "cn: Jane",
        "proxyAddresses: smtp:x",
        "whenCreated: x",
        "contosoBadge: 7",
        "sn;lang-de: Doe",
      ];
      assert.deepEqual(await tokens(session, `${lines[0]}\n${DN}${lines.slice(1).join("\n")}\n`), [
        ...dn,
        "property.naming cn",
        "property.address proxyAddresses",
        "property.systemOnly whenCreated",
        "property.unknown contosoBadge",
        "property.naming sn;lang-de",
      ]);
    }),
  );

  test(
    "tell the parts of DNs, folded, in base64, beyond the basic plane, with CRLF",
    withSession({}, async (session) => {
      const text =
        "dn: CN=😀 a\\,b,D\r\n C=x\r\nmember: CN=Jo\r\n e,DC=x\r\nmanager:: Q049Sm9lLERDPXg=\r\ndescription: CN=x\r\n";
      assert.deepEqual(await tokens(session, text), [
        ...["parameter CN", "string 😀 a\\,b", "parameter D", "parameter C", "string x"],
        ...["property.link member", "parameter CN", "string Jo", "string e", "parameter DC", "string x"],
        ...["property.link manager", "parameter Q04", "string Sm9l", "parameter ERD", "string Xg"],
        "property description",
      ]);
    }),
  );

  test(
    "tell what is no base64, and the attributes of changes",
    withSession({}, async (session) => {
      const text = `${DN}changetype: modify\nadd: proxyAddresses\nproxyAddresses:: QU%D\n-\ndelete: memberOf\nmemberOf:: QUJ\n-\n`;
      assert.deepEqual(await tokens(session, text), [
        ...dn,
        ...["property.address proxyAddresses", "property.address proxyAddresses", "invalidBase64 %"],
        ...["property.link.systemOnly memberOf", "property.link.systemOnly memberOf", "invalidBase64 QUJ"],
      ]);
    }),
  );

  test(
    "are those of the lines that are asked for, and none of tables",
    withSession({}, async (session) => {
      const text = `${DN}cn: Jane\nsn: D\n oe\nmail: x\n\n${DN}ou: x\n`;
      const range = { start: { line: 3, character: 1 }, end: { line: 3, character: 2 } };
      assert.deepEqual(await tokens(session, text, range), ["property.naming sn"]);
      const next = { start: { line: 4, character: 0 }, end: { line: 6, character: 4 } };
      assert.deepEqual(await tokens(session, text, next), ["property.address mail", ...dn]);
      const table = "untitled:export.csv";
      await session.open(table, 'DN,objectClass,mail\r\n"CN=Jane,DC=contoso,DC=com",user,\r\n');
      const params = { textDocument: { uri: table }, range };
      assert.deepEqual(await session.connection.sendRequest("textDocument/semanticTokens/range", params), { data: [] });
    }),
  );
});

describe("Inlay hints", () => {
  test(
    "show the text of short values in base64",
    withSession({}, async (session) => {
      const text = `dn:: Q049SsO8cmdlbixEQz14\r\ncn: x\r\nsn:: TcO8\r\n bGxlcg==\r\ninfo:: 8J+YgA==\r\nc:: IERFIA==\r\nl:: QeKAi0I=\r\n`;
      assert.deepEqual(await hints(session, text), [
        'dn:: Q049SsO8cmdlbixEQz14 | "CN=Jürgen,DC=x"',
        ' bGxlcg== | "Müller"',
        'info:: 8J+YgA== | "😀"',
        'c:: IERFIA== | " DE "',
        'l:: QeKAi0I= | "A<U+200B>B"',
      ]);
    }),
  );

  test(
    "show nothing of what is long, no text, or broken",
    withSession({}, async (session) => {
      const values = [
        "rhJFFss/lkqXe8EMnMZJHg==",
        btoa("x".repeat(61)),
        btoa("a\nb"),
        btoa("\u001b[31m"),
        "QU%D",
        "QUJ",
        "",
        btoa("y".repeat(9999)),
      ];
      assert.deepEqual(await hints(session, `${DN}${values.map((value) => `info:: ${value}\n`).join("")}`), []);
      const fits = btoa("x".repeat(60));
      assert.deepEqual(await hints(session, `${DN}info:: ${fits}\n`), [`info:: ${fits} | "${"x".repeat(60)}"`]);
    }),
  );

  test(
    "are those of the lines that are asked for",
    withSession({}, async (session) => {
      const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } };
      assert.deepEqual(await hints(session, `${DN}sn:: QQ==\nsn:: Qg==\nsn:: Qw==\n`, range), ['sn:: Qg== | "B"']);
    }),
  );
});
