import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type DocumentSymbol, type FoldingRange, SymbolKind } from "vscode-languageserver-protocol/node";
import { ENCODED_DN, EXPORT, NAVIGATION, outlineOf, textAt } from "./navigation.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const capabilities = NAVIGATION;

const KINDS = Object.fromEntries(Object.entries(SymbolKind).map(([name, number]) => [number, name]));

async function outline(session: Session, text: string, at = uri): Promise<DocumentSymbol[]> {
  await session.open(at, text);
  return (await outlineOf(session, at)) ?? [];
}

/** The entries of an outline as lines, `Kind name | detail`. */
async function entries(session: Session, text: string, at = uri): Promise<string[]> {
  return (await outline(session, text, at)).map(({ kind, name, detail }) => `${KINDS[kind]} ${name} | ${detail}`);
}

describe("The outline", () => {
  test(
    "names entries by their RDNs, and tells where they are and what they are",
    withSession({ capabilities }, async (session) => {
      assert.deepEqual(await entries(session, EXPORT), [
        "Enum Team | OU=Groups,DC=contoso,DC=com",
        "Class Jane Doe | OU=Staff,DC=contoso,DC=com",
        "Interface Jürgen 😀 | OU=Staff,DC=contoso,DC=com",
        "Namespace Staff | DC=contoso,DC=com",
      ]);
    }),
  );

  test(
    "leaves out of an entry's range the comments before it and the blank lines behind it",
    withSession({ capabilities }, async (session) => {
      const [team, , third] = await outline(session, EXPORT);
      const text = textAt(session, uri, team!.range);
      assert.ok(text.startsWith("dn: CN=Team,"), text);
      assert.ok(text.endsWith("dc=contoso,dc=com"), text);
      assert.equal(textAt(session, uri, team!.selectionRange), "CN=Team,OU=Groups,DC=contoso,DC=com");
      assert.equal(textAt(session, uri, third!.selectionRange), ENCODED_DN);
    }),
  );

  test(
    "has an attribute once, with its value or the number of its values",
    withSession({ capabilities }, async (session) => {
      const [team, jane] = await outline(session, EXPORT);
      const lines = (symbol: DocumentSymbol | undefined) =>
        symbol!.children!.map(({ kind, name, detail }) => `${KINDS[kind]} ${name} | ${detail}`);
      assert.deepEqual(lines(team), [
        "Property objectClass | group",
        "Property description | 😀 before",
        "Array member | 2 values",
        "Property managedBy | cn=jane doe, OU=staff,dc=contoso,dc=com",
      ]);
      assert.deepEqual(lines(jane).slice(2), [
        "Array proxyAddresses | 2 values",
        "Property mail | Jane@Contoso.com",
        "Property userPrincipalName | jane@contoso.com",
      ]);
      const [, , addresses, mail] = jane!.children!;
      assert.equal(
        textAt(session, uri, addresses!.range),
        "proxyAddresses: SMTP:jane@con\r\n toso.com\r\nproxyAddresses: smtp:j.doe@contoso.com",
      );
      assert.match(textAt(session, uri, mail!.range), /^mail:: [\w=]+\r\n [\w=]+/);
      assert.match(textAt(session, uri, mail!.selectionRange), /^[\w=]+\r\n [\w=]+/);
    }),
  );

  test(
    "is one that editors take, whatever the export holds",
    withSession({ capabilities }, async (session) => {
      const strange = [
        "dn:\ncn: root\n\n",
        "dn: CN= ,DC=x\n: no name\n\n",
        "dn: CN=J,DC=x\ncn: J\n \n\n",
        `dn: CN=${"long".repeat(500)}\u001b[31m\nphoto:: /9j/4AAQ\ninfo: ${"x".repeat(100_000)}\n\n`,
        "dn: CN=J\nmember: CN=a\ncn: J\nmember: CN=b\n\n",
        "cn: no DN\n\n",
        "dn: CN=C,DC=x\nchangetype: modify\nreplace: cn\ncn: C\n-\n\n",
        "dn: CN=C,DC=x\nchangetype: delete\n",
      ];
      const symbols = await outline(session, strange.join(""));
      const names = symbols.map(({ kind, name, detail }) => `${KINDS[kind]} ${name.slice(0, 9)} | ${detail}`);
      assert.deepEqual(names, [
        "Object (no name) | ",
        "Object CN= ,DC=x | DC=x",
        "Object J | DC=x",
        "Object longlongl | ",
        "Object J | ",
        "Event C | modify DC=x",
        "Event C | delete DC=x",
      ]);
      const details = symbols[3]!.children!.map(({ detail }) => detail);
      assert.deepEqual(details, ["6 bytes", `${"x".repeat(120)}...`]);
      const all = symbols.flatMap((symbol) => [symbol, ...(symbol.children ?? [])]);
      assert.ok(all.every(({ name }) => name.trim() !== "" && name.length <= 130 && !name.includes("\u001b")));
      for (const parent of symbols) {
        for (const one of [parent, ...(parent.children ?? [])]) {
          assert.ok(isWithin(one.selectionRange, one.range), JSON.stringify(one));
          assert.ok(isWithin(one.range, parent.range), JSON.stringify(one));
        }
      }
    }),
  );

  test(
    "follows edits",
    withSession({ capabilities }, async (session) => {
      const before = await outline(session, EXPORT);
      await session.change(uri, [{ range: before[0]!.selectionRange, newText: "CN=Other,DC=x\r\nsn: o" }]);
      const after = (await outlineOf(session, uri))!;
      assert.deepEqual(
        after.map(({ name }) => name),
        ["Other", "Jane Doe", "Jürgen 😀", "Staff"],
      );
      assert.equal(after[3]!.range.start.line, before[3]!.range.start.line + 1);
      assert.equal(textAt(session, uri, after[2]!.children![1]!.selectionRange).slice(0, 11), "CN=Jane Doe");
    }),
  );

  test(
    "is there for tables and for ldp's details pane",
    withSession({ capabilities }, async (session) => {
      const table = 'DN,objectClass,member\r\n"CN=Team,DC=x",group,"CN=A,DC=x;CN=😀,DC=x"\r\n';
      assert.deepEqual(await entries(session, table, "untitled:t.csv"), ["Enum Team | DC=x"]);
      const [team] = (await outlineOf(session, "untitled:t.csv"))!;
      assert.deepEqual(
        team!.children!.map(({ range }) => textAt(session, "untitled:t.csv", range)),
        ["group", "CN=A,DC=x;CN=😀,DC=x"],
      );
      const pane = "Dn: CN=Jane,DC=x\ncn: Jane; \nobjectClass (2): top; user; \nmail: 😀@x.com; \n\n-----------\n";
      assert.deepEqual(await entries(session, pane, "untitled:pane.ldf.txt"), ["Class Jane | DC=x"]);
    }),
  );

  test(
    "is flat for clients that know no trees",
    withSession({}, async (session) => {
      const [first] = await outline(session, EXPORT);
      assert.deepEqual(Object.keys(first!).sort(), ["containerName", "kind", "location", "name"]);
    }),
  );

  test(
    "says what it leaves out",
    withSession({ capabilities }, async (session) => {
      const entry = (n: number) => `dn: CN=U${n},DC=contoso,DC=com\nobjectClass: user\ninfo: ${"x".repeat(200)}\n\n`;
      const many = Array.from({ length: 20_003 }, (_, n) => entry(n)).join("");
      assert.ok(many.length > 5_000_000);
      const symbols = await outline(session, many);
      assert.equal(symbols.length, 20_001);
      assert.equal(symbols[19_999]!.name, "U19999");
      assert.ok(symbols.every(({ children }) => children === undefined));
      const { name, detail, range } = symbols[20_000]!;
      assert.equal(`${name}: ${detail}`, "... and 3 more entries: attributes are left out, since the export is long");
      assert.deepEqual(range.start, { line: 20_003 * 4, character: 0 });
      const fewer = await outline(session, many.slice(0, 3_000_000), "untitled:fewer.ldf");
      assert.equal(fewer.at(-1)!.name, "... without attributes");
    }),
  );
});

function isWithin(inner: DocumentSymbol["range"], outer: DocumentSymbol["range"]): boolean {
  const isBefore = (one: { line: number; character: number }, other: typeof one) =>
    one.line < other.line || (one.line === other.line && one.character <= other.character);
  return isBefore(outer.start, inner.start) && isBefore(inner.end, outer.end);
}

describe("Folding", () => {
  async function folds(session: Session, text: string, at = uri): Promise<string[] | null> {
    await session.open(at, text);
    const params = { textDocument: { uri: at } };
    const ranges = await session.connection.sendRequest<FoldingRange[] | null>("textDocument/foldingRange", params);
    return ranges?.map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ""}`) ?? null;
  }

  test(
    "is there for entries, folded values and comments",
    withSession({ capabilities }, async (session) => {
      assert.deepEqual(await folds(session, EXPORT), [
        "0-1 comment",
        "2-10",
        "5-6",
        "7-9",
        "13-24",
        "18-19",
        "21-23",
        "26-30",
        "32-33",
      ]);
    }),
  );

  test(
    "takes a comment with its continuation, and no line of blanks",
    withSession({ capabilities }, async (session) => {
      const text = "#one\n two\n#three\n\ndn: CN=J\n \n# x\ncn: a\n b\n  \ndn: CN=K\ncn: K";
      assert.deepEqual(await folds(session, text), ["0-2 comment", "4-8", "7-8", "10-11"]);
    }),
  );

  test(
    "gives no more than the client takes, entries first",
    withSession({ capabilities: { textDocument: { foldingRange: { rangeLimit: 4 } } } }, async (session) => {
      assert.deepEqual(await folds(session, EXPORT), ["2-10", "13-24", "26-30", "32-33"]);
      assert.deepEqual(await folds(session, EXPORT.repeat(2), "untitled:2.ldf"), ["2-10", "13-24", "26-30", "32-33"]);
    }),
  );

  test(
    "is left to the editor where rows are lines",
    withSession({ capabilities }, async (session) => {
      assert.equal(await folds(session, "DN,cn\r\nCN=A,A\r\n", "untitled:t.csv"), null);
      assert.deepEqual(await folds(session, "Dn: CN=J,DC=x\ncn: J; \n\nDn: CN=K\ncn: K; ", "untitled:p.txt"), [
        "0-1",
        "3-4",
      ]);
    }),
  );
});
