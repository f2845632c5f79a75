import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CancellationTokenSource, type SymbolInformation } from "vscode-languageserver-protocol/node";
import { file, user, withFolder } from "./exports.ts";
import { ENCODED_DN, EXPORT, NAVIGATION, textAt } from "./navigation.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const capabilities = NAVIGATION;

function search(session: Session, query: string): Promise<SymbolInformation[]> {
  return session.connection.sendRequest("workspace/symbol", { query });
}

async function names(session: Session, query: string): Promise<string[]> {
  return (await search(session, query)).map(({ name }) => name);
}

describe("An entry is found", () => {
  const rows: readonly (readonly [title: string, query: string, expected: readonly string[]])[] = [
    ["by its name", "jane doe", ["Jane Doe"]],
    ["by words in another order", "DOE  jane", ["Jane Doe"]],
    ["by a part of a word", "rge", ["Jürgen 😀"]],
    ["by what is written in base64, in any case", "JÜRGEN 😀", ["Jürgen 😀"]],
    ["by its DN", "cn=jane doe,ou=staff,dc", ["Jane Doe"]],
    ["by an address that is folded", "jane@contoso", ["Jane Doe \u00b7 jane@contoso.com"]],
    ["by another address", "j.doe@", ["Jane Doe \u00b7 smtp:j.doe@contoso.com"]],
    ["by words of different values", "j.doe jane staff", ["Jane Doe \u00b7 smtp:j.doe@contoso.com"]],
    ["by no other attribute", "before", []],
    ["by nothing", " ", []],
    ["by no word that is not there", "jane nobody", []],
  ];
  for (const [title, query, expected] of rows) {
    test(
      title,
      withSession({ capabilities }, async (session) => {
        await session.open(uri, EXPORT);
        assert.deepEqual(await names(session, query), expected);
      }),
    );
  }

  test(
    "where its DN stands",
    withSession({ capabilities }, async (session) => {
      await session.open(uri, EXPORT);
      const [found] = await search(session, "jürgen");
      assert.equal(found!.location.uri, uri);
      assert.equal(textAt(session, uri, found!.location.range), ENCODED_DN);
      assert.equal(found!.containerName, "CN=Jürgen 😀,OU=Staff,DC=contoso,DC=com");
    }),
  );

  test("in all exports that are open, tables and companions too, the best first", async () => {
    await withFolder(async (folder) => {
      file(folder, ".syncready.json", '{ "checkedTogether": ["a.ldf", "b.ldf"] }');
      const a = file(folder, "a.ldf", "");
      const b = file(folder, "b.ldf", user("Lee", "mail: mary.lee@contoso.com"));
      await withSession({ capabilities }, async (session) => {
        await session.open(a, user("Shirley") + user("Ann Lee") + user("Leeroy"));
        await session.open("untitled:t.csv", "DN,mail\r\n\"CN=Zoe,DC=x\",X'6c6565407878'\r\n");
        const found = await search(session, "lee");
        assert.deepEqual(
          found.map(({ name, location }) => [name, location.uri]),
          [
            ["Lee", b],
            ["Leeroy", a],
            ["Zoe \u00b7 lee@xx", "untitled:t.csv"],
            ["Ann Lee", a],
          ],
        );
      })();
    });
  });
});

describe("A search in a long export", () => {
  const text = Array.from({ length: 4000 }, (_, n) => user(`U${n}`, `info: ${"x".repeat(1200)}`)).join("");

  test(
    "answers a hundred, and finds the last entry",
    withSession({ capabilities }, async (session) => {
      assert.ok(text.length > 5_000_000);
      await session.open(uri, text);
      assert.equal((await search(session, "contoso")).length, 100);
      assert.deepEqual(await names(session, "u3999@"), ["U3999 \u00b7 u3999@contoso.com"]);
      const [best] = await names(session, "u39");
      assert.equal(best, "U39");
    }),
  );

  test(
    "can be given up",
    withSession({ capabilities }, async (session) => {
      await session.open(uri, text);
      const source = new CancellationTokenSource();
      const answer = session.connection.sendRequest("workspace/symbol", { query: "zzz" }, source.token);
      source.cancel();
      await answer.catch(() => undefined);
      assert.deepEqual(await names(session, "u3999@"), ["U3999 \u00b7 u3999@contoso.com"]);
    }),
  );

  test(
    "begins anew where somebody types meanwhile",
    withSession({ capabilities }, async (session) => {
      await session.open(uri, text);
      const answer = search(session, "u39");
      await session.change(uri, [
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: "# x\n" },
      ]);
      for (const { location, containerName } of await answer) {
        const isBefore = textAt(session, uri, location.range) !== containerName;
        // What was answered before the edit came counts from the text before it.
        const { start, end } = location.range;
        const moved = { start: { ...start, line: start.line + 1 }, end: { ...end, line: end.line + 1 } };
        assert.equal(textAt(session, uri, isBefore ? moved : location.range), containerName);
      }
    }),
  );
});
