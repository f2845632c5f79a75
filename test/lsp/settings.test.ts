import assert from "node:assert/strict";
import { unlinkSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { file, only, user, withFolder } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const text = user("Jane", "userPrincipalName: jane@contoso.local");
const configuration = only("upn-domain-not-routable");

const inFolder = (
  settings: string | undefined,
  work: (session: Session, exportUri: string, settingsUri: string) => Promise<void>,
  editor: unknown = configuration,
) =>
  withSession({ configuration: editor }, (session) =>
    withFolder(async (folder) => {
      const exportUri = file(folder, "export.ldf", text);
      if (settings !== undefined) file(folder, ".syncready.json", settings);
      await session.open(exportUri, text);
      await work(session, exportUri, exportUri.replace("export.ldf", ".syncready.json"));
    }),
  );

const severityOf = (session: Session, uri: string) =>
  session
    .latest(uri)
    ?.map(({ severity }) => severity)
    .join();

const problemsOf = (session: Session, uri: string) =>
  session.latest(uri)?.map(({ message, range }) => `${range.start.line}:${range.start.character} ${message}`);

describe("The file beside the export", () => {
  test(
    "wins over the editor's settings",
    inFolder(
      '{ "rules": { "upn-domain-not-routable": "hint" } }',
      async (session, uri) => {
        const [diagnostic] = await session.diagnostics(uri);
        assert.equal(diagnostic!.severity, 4);
      },
      { rules: { ...configuration.rules, "upn-domain-not-routable": "error" } },
    ),
  );

  test(
    "counts as it is in the editor, saved or not",
    inFolder('{ "rules": { "upn-domain-not-routable": "hint" } }', async (session, uri, settingsUri) => {
      await session.until("a hint", () => severityOf(session, uri) === "4");
      await session.open(settingsUri, '{ "rules": { "upn-domain-not-routable": "error" } }', "jsonc");
      await session.until("an error", () => severityOf(session, uri) === "1");
      await session.replace(settingsUri, '{ "rules": { "upn-domain-not-routable": "information" } }');
      await session.until("an information", () => severityOf(session, uri) === "3");
      await session.close(settingsUri);
      await session.until("the file on disk", () => severityOf(session, uri) === "4");
    }),
  );

  test(
    "is read again when it changes on disk",
    inFolder(undefined, async (session, uri, settingsUri) => {
      await session.until("a warning", () => severityOf(session, uri) === "2");
      await session.until("a watcher", () => session.watchers.length > 0);
      const { baseUri, pattern } = (session.watchers[0] as { globPattern: { baseUri: string; pattern: string } })
        .globPattern;
      assert.equal(baseUri, uri.replace("/export.ldf", ""));
      assert.match(pattern, /\.syncready\.json/);
      const changed = () =>
        session.connection.sendNotification("workspace/didChangeWatchedFiles", {
          changes: [{ uri: settingsUri, type: 2 }],
        });
      writeFileSync(new URL(settingsUri), '{ "rules": { "upn-domain-not-routable": "error" } }');
      await changed();
      await session.until("an error", () => severityOf(session, uri) === "1");
      unlinkSync(new URL(settingsUri));
      await changed();
      await session.until("a warning", () => severityOf(session, uri) === "2");
    }),
  );

  test(
    "is told what is wrong in it, open or not, until nothing needs it",
    inFolder(
      '{\n  "profile": "connekt",\n  "rules": { "no-such-rule": "off" }\n}',
      async (session, uri, settingsUri) => {
        await session.diagnostics(uri);
        const problems = await session.until("problems", () => problemsOf(session, settingsUri));
        assert.equal(problems.length, 2);
        assert.match(problems[0]!, /^1:13 .*"connect"/);
        assert.match(problems[1]!, /^2:13 .*no-such-rule/);
        assert.equal(session.published.find((one) => one.uri === settingsUri)!.diagnostics[0]!.source, "syncready");
        await session.open(settingsUri, "{ oops }", "jsonc");
        await session.until("other problems", () =>
          problemsOf(session, settingsUri)!.every((one) => one.startsWith("0:")),
        );
        await session.replace(settingsUri, "{}");
        await session.until("no problems", () => problemsOf(session, settingsUri)!.length === 0);
        await session.close(settingsUri);
        await session.until("the old problems", () => problemsOf(session, settingsUri)!.length === 2);
        await session.close(uri);
        await session.until("no problems", () => problemsOf(session, settingsUri)!.length === 0);
      },
    ),
  );

  test(
    "is told what is wrong in it without any export",
    withSession({}, (session) =>
      withFolder(async (folder) => {
        const uri = file(folder, ".syncready.json", "");
        await session.open(uri, '{ "rules": 7 }', "jsonc");
        await session.until("a problem", () => problemsOf(session, uri)?.length === 1);
        await session.close(uri);
        await session.until("no problem", () => problemsOf(session, uri)?.length === 0);
      }),
    ),
  );
});

test(
  "A change of the editor's settings counts for open exports",
  withSession({ configuration }, async (session) => {
    const uri = "untitled:export.ldf";
    await session.open(uri, text);
    await session.until("a warning", () => severityOf(session, uri) === "2");
    session.configuration = { rules: { ...configuration.rules, "upn-domain-not-routable": "off" } };
    await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await session.until("nothing", () => severityOf(session, uri) === "");
  }),
);
