import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { file, only, rangeOfText, user, withFolder } from "./exports.ts";
import { type Session, type SessionOptions, withSession } from "./session.ts";

const JANE = user("Jane", "userPrincipalName: jane@contoso.local");
const configuration = only("upn-domain-not-routable", "baseline-stale-row");
const ACCEPT = "Accept this finding for this object";

/** The baseline that accepts Jane's user principal name. */
const accepting = (reason: string, name = "Jane") => `{
  "accepted": [
    {
      "rule": "upn-domain-not-routable",
      "dn": "CN=${name},DC=contoso,DC=com",
      "attribute": "userPrincipalName",
      "value": "${HASH}",
      "reason": "${reason}"
    }
  ]
}
`;

/** The hash of `userprincipalname:jane@contoso.local`. */
const HASH = "7b5c318554fa3f6d";

/** An export in a folder, with a baseline or without. */
const inFolder = (
  baseline: string | undefined,
  work: (session: Session, exportUri: string, baselineUri: string) => Promise<void>,
  options: SessionOptions["options"] = {},
) =>
  withSession({ configuration, options }, (session) =>
    withFolder(async (folder) => {
      const exportUri = file(folder, "export.ldf", JANE);
      const baselineUri = exportUri.replace("export.ldf", ".syncready-baseline.json");
      if (baseline !== undefined) writeFileSync(new URL(baselineUri), baseline);
      await session.open(exportUri, JANE);
      await work(session, exportUri, baselineUri);
    }),
  );

const actionsAt = (session: Session, uri: string, text: string) =>
  session.actions(uri, rangeOfText(session.documents.get(uri)!, text));

const nothingLeft = (session: Session, uri: string) =>
  session.until("no findings", () => session.latest(uri)?.length === 0);

const told = (session: Session, uri: string) =>
  session.latest(uri)?.map(({ code, severity, range, message }) => {
    return `${range.start.line}:${range.start.character} ${severity} ${code ?? ""} ${message}`;
  });

describe("A finding is accepted for one object", () => {
  test(
    "in a baseline that is created",
    inFolder(undefined, async (session, uri, baselineUri) => {
      const action = (await actionsAt(session, uri, "contoso.local")).find(({ title }) => title.startsWith("Accept"))!;
      assert.equal(action.title, `${ACCEPT} in .syncready-baseline.json`);
      await session.apply(action.edit!);
      assert.equal(session.created.get(baselineUri), accepting(""));
      await session.open(baselineUri, session.created.get(baselineUri)!, "jsonc");
      await nothingLeft(session, uri);
      assert.equal(session.latest(baselineUri), undefined, "nothing is wrong in it");
    }),
  );

  test(
    "with a reason, in clients that ask for one",
    inFolder(
      undefined,
      async (session, uri, baselineUri) => {
        const { command } = (await actionsAt(session, uri, "contoso.local")).find(
          ({ title }) => title === `${ACCEPT}...`,
        )!;
        assert.equal(command!.command, "syncready.acceptWithReason");
        assert.equal(await session.command("syncready.acceptFinding", ...command!.arguments!, "A test account"), true);
        assert.equal(session.created.get(baselineUri), accepting("A test account"));
        const wrong: unknown[][] = [
          [{ rule: "no" }, ""],
          [command!.arguments![1], 7],
          [{ rule: "mail-format" }, ""],
        ];
        for (const args of wrong) assert.notEqual(await session.command("syncready.acceptFinding", uri, ...args), true);
      },
      { givesReasons: true },
    ),
  );

  test(
    "in the baseline in the editor, whose comments stay, and the finding goes at once",
    inFolder('{ "accepted": [] }', async (session, uri, baselineUri) => {
      const others = accepting("Joe's", "Joe").replace("{\n", "{\n  // Ours\n").replaceAll("\n", "\r\n");
      await session.open(baselineUri, others, "jsonc");
      const action = (await actionsAt(session, uri, "contoso.local")).find(({ title }) => title.startsWith(ACCEPT))!;
      await session.apply(action.edit!);
      const rows = session.text(baselineUri);
      assert.match(rows, /^\{\r\n {2}\/\/ Ours\r\n/);
      assert.ok(rows.indexOf("CN=Jane") < rows.indexOf("CN=Joe"), "in order");
      await nothingLeft(session, uri);
    }),
  );

  test(
    "under its rule's name where there are others beside it",
    withSession({ configuration: only("upn-domain-not-routable", "displayname-blank") }, (session) =>
      withFolder(async (folder) => {
        const text = user("Jane", "userPrincipalName: jane@contoso.local", "displayName:: IA==");
        const uri = file(folder, "export.ldf", text);
        await session.open(uri, text);
        const titles = (await session.actions(uri, rangeOfText(session.documents.get(uri)!, text))).map(
          ({ title }) => title,
        );
        for (const rule of ["upn-domain-not-routable", "displayname-blank"]) {
          const title = `Accept this finding of ${rule} for this object in .syncready-baseline.json`;
          assert.ok(titles.includes(title), titles.join(" | "));
        }
      }),
    ),
  );

  test(
    "but not in a file that is no baseline",
    inFolder("[", async (session, uri) => {
      const titles = (await actionsAt(session, uri, "contoso.local")).map(({ title }) => title);
      assert.ok(!titles.some((title) => title.startsWith("Accept")), titles.join(" | "));
    }),
  );
});

describe("The baseline beside the export", () => {
  test(
    "counts as it is in the editor, and otherwise as it is on disk",
    inFolder(accepting("on disk"), async (session, uri, baselineUri) => {
      await nothingLeft(session, uri);
      await session.open(baselineUri, "{}", "jsonc");
      await session.until("the finding", () => session.latest(uri)?.length === 1);
      await session.replace(baselineUri, accepting("in the editor"));
      await nothingLeft(session, uri);
      await session.replace(baselineUri, "");
      await session.until("the finding", () => session.latest(uri)?.length === 1);
      await session.close(baselineUri);
      await nothingLeft(session, uri);
    }),
  );

  test(
    "is read again when it changes on disk",
    inFolder(undefined, async (session, uri, baselineUri) => {
      await session.until("the finding", () => session.latest(uri)?.length === 1);
      await session.until("a watcher", () => session.watchers.length > 0);
      assert.match(JSON.stringify(session.watchers[0]), /\.syncready-baseline\.json/);
      writeFileSync(new URL(baselineUri), accepting("now"));
      await session.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: baselineUri, type: 1 }],
      });
      await nothingLeft(session, uri);
    }),
  );

  test(
    "is told which rows are wrong, open or not, until nothing needs it",
    inFolder(accepting("x").replace("upn-domain-not-routable", "upn-domain"), async (session, uri, baselineUri) => {
      await session.until("the finding", () => session.latest(uri)?.length === 1);
      const problems = await session.until("a problem", () => told(session, baselineUri));
      assert.deepEqual(problems, ['3:14 2  There is no rule "upn-domain"']);
      await session.close(uri);
      await session.until("no problem", () => session.latest(baselineUri)!.length === 0);
    }),
  );

  test(
    "is told which rows accept nothing any more, as soon as they do",
    inFolder(accepting("x"), async (session, uri, baselineUri) => {
      await nothingLeft(session, uri);
      assert.equal(session.latest(baselineUri), undefined);
      await session.replace(uri, JANE.replace("jane@contoso.local", "jane@contoso.com"));
      const [row] = await session.until("a stale row", () =>
        session.latest(baselineUri)?.length === 1 ? told(session, baselineUri) : undefined,
      );
      assert.match(
        row!,
        /^2:4 3 baseline-stale-row This row accepts nothing: upn-domain-not-routable finds nothing for this value of userPrincipalName in "CN=Jane,DC=contoso,DC=com" any more$/,
      );
      await session.replace(uri, JANE);
      await session.until("no stale row", () => session.latest(baselineUri)!.length === 0);
    }),
  );

  test(
    "serves several exports: a row is of use as long as one of them needs it",
    inFolder(accepting("x"), async (session, uri, baselineUri) => {
      await nothingLeft(session, uri);
      const other = uri.replace("export.ldf", "other.ldf");
      await session.open(other, JANE.replace("contoso.local", "contoso.com"));
      await session.diagnostics(other);
      assert.equal(session.latest(baselineUri), undefined);
      await session.close(uri);
      await session.until("a stale row", () => session.latest(baselineUri)?.length === 1);
    }),
  );

  test(
    "keeps fix all away from what is accepted, and is counted in the status",
    withSession({ configuration: only("proxyaddresses-no-primary"), options: { showsStatus: true } }, (session) =>
      withFolder(async (folder) => {
        const text = user("Jane", "proxyAddresses: smtp:jane@contoso.com");
        const uri = file(folder, "export.ldf", text);
        await session.open(uri, text);
        const action = (await session.actions(uri, rangeOfText(session.documents.get(uri)!, "smtp:jane"))).find(
          ({ title }) => title.startsWith(ACCEPT),
        )!;
        await session.apply(action.edit!);
        const [baselineUri, rows] = [...session.created][0]!;
        await session.open(baselineUri, rows, "jsonc");
        const status = await session.until("a status", () =>
          session.statuses.find(({ checked }) => checked?.accepted === 1),
        );
        assert.equal(status.checked!.others + status.checked!.warnings + status.checked!.errors, 0);
        assert.equal(await session.command("syncready.fixAllSafe", uri), 0);
        assert.equal(session.text(uri), text);
      }),
    ),
  );
});

test("The client has both files of ours sent to the server", () => {
  assert.match(readFileSync("client/running-client.ts", "utf8"), /\{\.syncready,\.syncready-baseline\}\.json/);
});
