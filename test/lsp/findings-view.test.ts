import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type {
  Decided,
  DecideParams,
  ExportedFindings,
  FindingRow,
  FindingsPart,
} from "../../server/lsp/findings-protocol.ts";
import type { NewValueObjection, WrittenModifyFile } from "../../server/lsp/protocol.ts";
import { file, only, rangeOfText, START, user, withFolder } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const configuration = only("upn-domain-not-routable", "displayname-missing", "duplicate-userprincipalname");

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

const ask = <Answer>(session: Session, request: string, params: object) =>
  session.connection.sendRequest<Answer>(`syncready/${request}`, params);

const part = (session: Session, about = uri, query: object = {}, offset = 0, limit = 100) =>
  ask<FindingsPart>(session, "findings", { uri: about, query, offset, limit });

const decide = (session: Session, params: Omit<DecideParams, "uri">, about = uri) =>
  ask<Decided>(session, "decide", { uri: about, ...params });

const shown = ({ name, rule, value }: FindingRow) => `${name} ${rule} ${value?.text}`;

const text =
  user("Zoe", "userPrincipalName: zoe@contoso.local") +
  user("Jack").replace("displayName: Jack\n", "") +
  user("Jane", "userPrincipalName: jane@fabrikam.local");

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
