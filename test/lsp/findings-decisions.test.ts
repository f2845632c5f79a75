import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { ExportedFindings } from "../../server/lsp/findings-protocol.ts";
import type { NewValueObjection, WrittenModifyFile } from "../../server/lsp/protocol.ts";
import { file, only, rangeOfText, START, user, withFolder } from "./exports.ts";
import { ask, base64, configuration, decide, part, text, uri } from "./findings-requests.ts";
import { type Session, withSession } from "./session.ts";

describe("A decision about a finding", () => {
  test(
    "is kept by what the finding is, and comes back",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      const { version, rows } = await part(session);
      const { changes, count } = await decide(session, {
        version,
        rows: [rows[2]!.row],
        action: "edit",
        text: "jane@fabrikam.com",
      });
      assert.equal(count, 1);
      assert.deepEqual(
        changes.map(({ identity: { rule, dn }, action, text }) => [rule, dn, action, text]),
        [["upn-domain-not-routable", "CN=Jane,DC=contoso,DC=com", "edit", "jane@fabrikam.com"]],
      );
      await session.change(uri, [{ range: START, newText: "# a\n\n" }]);
      const after = await part(session, uri, { facets: { decision: ["edit"] } });
      assert.deepEqual(
        after.rows.map(({ name, decision, newValue }) => [name, decision, newValue]),
        [["Jane", "edit", "jane@fabrikam.com"]],
      );
      await ask(session, "findingsClosed", { uri });
      assert.equal((await part(session, uri, { facets: { decision: ["edit"] } })).matching, 0);
      await ask(session, "restoreDecisions", { uri, decisions: [...changes, { action: "edit" }, { identity: {} }] });
      const restored = await part(session, uri, { facets: { decision: ["edit"] } });
      assert.deepEqual([restored.matching, restored.rows[0]!.newValue], [1, "jane@fabrikam.com"]);
      const undone = await decide(session, {
        version: restored.version,
        rows: [restored.rows[0]!.row],
        action: "undecided",
      });
      assert.deepEqual(
        undone.changes.map(({ action }) => action),
        ["undecided"],
      );
      assert.equal((await part(session, uri, { facets: { decision: ["edit"] } })).matching, 0);
    }),
  );

  test(
    "can only be what is possible",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      const { version, rows } = await part(session, uri, { text: "Jack" });
      assert.deepEqual([...rows[0]!.actions].sort(), ["accept", "edit", "undecided"]);
      assert.equal((await decide(session, { version, rows: [rows[0]!.row], action: "remove" })).count, 0);
      assert.equal((await decide(session, { version, rows: [99], action: "accept" })).count, 0);
      assert.equal((await decide(session, { version, query: { text: "jack" }, action: "accept" })).count, 1);
    }),
  );

  test(
    "is checked while it is typed",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      const { version, rows } = await part(session);
      const check = async (typed: string) =>
        (
          await ask<NewValueObjection | null>(session, "checkDecision", {
            uri,
            version,
            row: rows[0]!.row,
            text: typed,
          })
        )?.message;
      assert.match((await check("zoe@fabrikam.local"))!, /fabrikam\.local/);
      assert.match((await check("jack@contoso.com"))!, /CN=Jack,DC=contoso,DC=com holds this value already/);
      assert.equal(await check(""), "An entry holds no empty value");
      assert.equal(await check("zoe@contoso.com"), undefined);
    }),
  );

  test(
    "takes all safe suggestions at once, and leaves alone what is decided",
    withSession({ configuration: only("mail-smtp-prefix") }, async (session) => {
      await session.open(
        uri,
        user("Jane", "mail: smtp:jane@contoso.com") + user("Jack", "mail: SMTP:jack@contoso.com"),
      );
      const { version, rows } = await part(session);
      assert.deepEqual(
        rows.map(({ suggestion }) => suggestion?.text),
        ["jane@contoso.com", "jack@contoso.com"],
      );
      await decide(session, { version, rows: [rows[0]!.row], action: "accept" });
      const { count, changes } = await decide(session, { version, query: {}, action: "suggested" });
      assert.equal(count, 1);
      assert.deepEqual(
        changes.map(({ identity: { dn }, text }) => [dn, text]),
        [["CN=Jack,DC=contoso,DC=com", "jack@contoso.com"]],
      );
      const named = await decide(session, { version, rows: [rows[0]!.row], action: "suggested" });
      assert.deepEqual(
        named.changes.map(({ action, text }) => [action, text]),
        [["edit", "jane@contoso.com"]],
      );
    }),
  );

  test(
    "takes what all safe suggestions together make of a value",
    withSession(
      { configuration: only("proxyaddresses-outer-whitespace", "proxyaddresses-missing-prefix") },
      (session) =>
        withFolder(async (folder) => {
          const lines = ["proxyAddresses: SMTP:jane@contoso.com", `proxyAddresses:: ${base64(" j.doe@contoso.com")}`];
          const about = file(folder, "export.ldf", user("Jane", ...lines));
          const { version, rows } = await part(session, about);
          assert.deepEqual(rows.map(({ rule }) => rule).sort(), [
            "proxyaddresses-missing-prefix",
            "proxyaddresses-outer-whitespace",
          ]);
          const { changes } = await decide(session, { version, query: {}, action: "suggested" }, about);
          assert.deepEqual(
            changes.map(({ text }) => text),
            ["smtp:j.doe@contoso.com", "smtp:j.doe@contoso.com"],
          );
          const written = await ask<WrittenModifyFile>(session, "writeDecisions", { uri: about });
          assert.deepEqual([written.records, written.refusals], [1, []]);
        }),
    ),
  );
});

/** An export in a folder, opened, in which Zoe gets a new name and Jane's is accepted. */
const decided = (work: (session: Session, about: string) => Promise<void>, open = true) =>
  withSession({ configuration }, (session) =>
    withFolder(async (folder) => {
      const about = file(folder, "export.ldf", text);
      if (open) await session.open(about, text);
      const { version, rows } = await part(session, about);
      await decide(session, { version, rows: [rows[0]!.row], action: "edit", text: "zoe@contoso.com" }, about);
      await decide(session, { version, rows: [rows[2]!.row], action: "accept" }, about);
      await work(session, about);
    }),
  );

const MODIFICATION =
  "dn: CN=Zoe,DC=contoso,DC=com\r\nchangetype: modify\r\ndelete: userPrincipalName\r\nuserPrincipalName: zoe@contoso.local\r\n-\r\nadd: userPrincipalName\r\nuserPrincipalName: zoe@contoso.com\r\n-\r\n\r\n";

describe("The modify file of decisions", () => {
  const write = (session: Session, about: string) =>
    ask<WrittenModifyFile | null>(session, "writeDecisions", { uri: about });
  const content = (about: string) => readFileSync(new URL(about), "utf8").replace(/^#.*\r\n/gm, "");

  for (const [where, open] of [
    ["an open export", true],
    ["a file on disk", false],
  ] as const) {
    test(
      `holds what is decided of ${where}, and nothing else`,
      decided(async (session, about) => {
        const written = await write(session, about);
        assert.equal(written?.records, 1);
        assert.equal(content(written.modifyFile), MODIFICATION);
        assert.ok(existsSync(new URL(written.undoFile)));
      }, open),
    );
  }

  test(
    "does not hold an entry that has been edited in the export",
    decided(async (session, about) => {
      const place = rangeOfText(session.documents.get(about)!, "displayName: Zoe");
      await session.change(about, [{ range: place, newText: "displayName: Zoë" }]);
      assert.equal(await write(session, about), null);
      await session.until("the refusal", () =>
        session.messages.some((message) => message.includes("1 change cannot be written")),
      );
      await session.change(about, [
        { range: rangeOfText(session.documents.get(about)!, "displayName: Zoë"), newText: "displayName: Zoe" },
      ]);
      await session.change(about, [{ range: START, newText: "# another\n\n" }]);
      assert.equal((await write(session, about))?.records, 1);
    }),
  );

  test(
    "is not written where nothing is decided, nor for what is no file",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      assert.equal(await write(session, uri), null);
      await session.until("a message", () => session.messages.some((message) => message.includes("no file yet")));
    }),
  );
});

describe("Findings are exported", () => {
  const exported = async (session: Session, about: string, format: string, query: object = {}) =>
    (await ask<ExportedFindings>(session, "exportFindings", { uri: about, query, format })).text;

  test(
    "as a table, with what is decided",
    decided(async (session, about) => {
      const lines = (await exported(session, about, "csv")).split("\r\n");
      assert.equal(lines[0], "\ufeffline,severity,rule,dn,attribute,value,message,fix,decision,newValue");
      assert.equal(lines.length, 5);
      assert.match(
        lines[1]!,
        /^6,warning,upn-domain-not-routable,"CN=Zoe,DC=contoso,DC=com",userPrincipalName,zoe@contoso.local,.*,edit,zoe@contoso.com$/,
      );
      assert.equal((await exported(session, about, "csv", { text: "jack" })).split("\r\n").length, 3);
    }),
  );

  test(
    "as a list that says the same when it is opened as one",
    decided(async (session, about) => {
      const list = file(fileURLToPath(new URL(".", about)), "list.csv", await exported(session, about, "idfix"));
      const written = (await session.command("syncready.writeModifyFile", list)) as WrittenModifyFile;
      const content = readFileSync(new URL(written.modifyFile), "utf8").replace(/^#.*\r\n/gm, "");
      assert.equal(content, MODIFICATION);
    }),
  );
});
