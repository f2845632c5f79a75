import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FindingsPart } from "../../server/lsp/findings-protocol.ts";
import { file, only, rangeOfText, user, withFolder } from "./exports.ts";
import { ask, base64, configuration, decide, part, shown, text, uri } from "./findings-requests.ts";
import { withSession } from "./session.ts";

describe("The findings of an export", () => {
  test(
    "come in parts, with counts of all",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      const all = await part(session);
      assert.deepEqual(all.rows.map(shown), [
        "Zoe upn-domain-not-routable zoe@contoso.local",
        "Jack displayname-missing undefined",
        "Jane upn-domain-not-routable jane@fabrikam.local",
      ]);
      assert.deepEqual([all.total, all.matching, all.entries], [3, 3, 3]);
      const second = await part(session, uri, {}, 1, 1);
      assert.deepEqual([second.offset, second.rows], [1, [all.rows[1]]]);
      const local = await part(session, uri, { text: "LOCAL", sort: "dn" });
      assert.deepEqual([local.total, local.matching], [3, 2]);
      assert.deepEqual(
        local.rows.map(({ name }) => name),
        ["Jane", "Zoe"],
      );
      assert.deepEqual(local.facets.domain, [
        { name: "contoso.local", count: 1 },
        { name: "fabrikam.local", count: 1 },
      ]);
      assert.deepEqual((await part(session, uri, {}, 3)).rows, []);
    }),
  );

  test(
    "follow edits, and what was known before is known no more",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      const { version } = await part(session);
      await session.change(uri, [
        { range: rangeOfText(session.documents.get(uri)!, "contoso.local"), newText: "contoso.com" },
      ]);
      const after = await part(session);
      assert.equal(after.total, 2);
      assert.notEqual(after.version, version);
      const late = await decide(session, { version, rows: [0], action: "accept" });
      assert.match(late.message!, /has changed/);
      assert.equal(await ask(session, "findingPlace", { uri, version, row: 0 }), null);
    }),
  );

  test(
    "have their places, in folded lines, in base64, behind astral characters and with CRLF",
    withSession({ configuration: only("proxyaddresses-whitespace-or-invisible") }, async (session) => {
      const folded = `proxyAddresses: smtp:jane d\r\n oe@contoso.com`;
      const marked = user("Jane", "description: 😀 x").trimEnd().replaceAll("\n", "\r\n");
      const whole = `${marked}\r\n${folded}\r\nproxyAddresses:: ${base64("smtp:a b@contoso.com")}\r\n\r\n`;
      await session.open(uri, whole);
      const { version, rows } = await part(session);
      assert.equal(rows.length, 2);
      const places = await Promise.all(rows.map(({ row }) => ask(session, "findingPlace", { uri, version, row })));
      const diagnostics = await session.diagnostics(uri);
      assert.deepEqual(
        places,
        diagnostics.map(({ range }) => range),
      );
    }),
  );

  test(
    "are those of a file that is not open, read from disk",
    withSession({ configuration }, (session) =>
      withFolder(async (folder) => {
        const about = file(folder, "export.ldf", text);
        const { total, rows } = await part(session, about);
        assert.equal(total, 3);
        assert.deepEqual([rows[0]!.value?.text, rows[0]!.suggestion], ["zoe@contoso.local", undefined]);
        file(folder, "export.ldf", `${text}${user("Jim", "userPrincipalName: jim@contoso.local")}`);
        assert.equal((await part(session, about)).total, 4);
        assert.equal(await part(session, `${about}.none`), null);
      }),
    ),
  );

  test(
    "cut long values, and values are texts whatever stands in them",
    withSession({ configuration }, async (session) => {
      const evil = `<img src=x onerror=alert(1)>[x](command:evil)\u001b[31m${"😀".repeat(1000)}@contoso.local`;
      await session.open(uri, user("Jane", `userPrincipalName:: ${base64(evil)}`));
      const [row] = (await part(session)).rows;
      assert.equal(row!.value!.length, evil.length);
      assert.ok(evil.startsWith(row!.value!.text) && row!.value!.text.length < 1001);
      assert.doesNotMatch(row!.value!.text, /[\ud800-\udbff]$/);
    }),
  );

  test(
    "survive questions that make no sense",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      const questions = [
        { query: { sort: "nonsense", text: 7, facets: null }, offset: -1, limit: 5 },
        { query: null, offset: 0.5, limit: "x" },
      ];
      for (const question of questions)
        assert.equal((await ask<FindingsPart>(session, "findings", { uri, ...question })).total, 3);
      assert.equal((await part(session)).total, 3);
    }),
  );
});
