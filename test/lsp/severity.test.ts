import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { file, only, rangeOfText, user, withFolder } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

describe("The severity of a rule", () => {
  const configuration = only("upn-domain-not-routable");
  const text = user("Jane", "userPrincipalName: jane@contoso.local");
  const off = "Switch off rule upn-domain-not-routable in .syncready.json";

  /** An export in a folder, with a settings file or without. */
  const inFolder = (
    settings: string | undefined,
    work: (session: Session, exportUri: string, settingsUri: string) => Promise<void>,
    options = {},
  ) =>
    withSession({ configuration, options }, (session) =>
      withFolder(async (folder) => {
        const exportUri = file(folder, "export.ldf", text);
        if (settings !== undefined) file(folder, ".syncready.json", settings);
        await session.open(exportUri, text);
        await work(session, exportUri, exportUri.replace("export.ldf", ".syncready.json"));
      }),
    );

  const take = async (session: Session, exportUri: string, title: string) => {
    const actions = await session.actions(exportUri, rangeOfText(session.documents.get(exportUri)!, "contoso.local"));
    const action = actions.find((one) => one.title === title);
    assert.ok(action, actions.map((one) => one.title).join(" | "));
    await session.apply(action.edit!);
  };

  test(
    "is written to a settings file that is created",
    inFolder(undefined, async (session, exportUri, settingsUri) => {
      await take(session, exportUri, off);
      assert.equal(session.created.get(settingsUri), '{\n  "rules": {\n    "upn-domain-not-routable": "off"\n  }\n}\n');
    }),
  );

  test(
    "is written to the settings file in the editor, whose comments stay, and counts at once",
    inFolder("{}", async (session, exportUri, settingsUri) => {
      const settings = '{\r\n    // Ours\r\n    "rules": { "displayname-blank": "hint", }\r\n}\r\n';
      await session.open(settingsUri, settings, "jsonc");
      assert.equal((await session.diagnostics(exportUri)).length, 1);
      await take(session, exportUri, off);
      assert.match(session.text(settingsUri), /^\{\r\n {4}\/\/ Ours\r\n/);
      assert.match(session.text(settingsUri), /"displayname-blank": "hint"/);
      assert.match(session.text(settingsUri), /"upn-domain-not-routable": "off"/);
      await session.until("no findings", () => session.latest(exportUri)?.length === 0);
    }),
  );

  test(
    "can be any of the others",
    inFolder(undefined, async (session, exportUri, settingsUri) => {
      await take(session, exportUri, "Make rule upn-domain-not-routable a hint in .syncready.json");
      assert.match(session.created.get(settingsUri)!, /"upn-domain-not-routable": "hint"/);
    }),
  );

  test(
    "is asked for by clients that can",
    inFolder(
      undefined,
      async (session, exportUri, settingsUri) => {
        const actions = await session.actions(
          exportUri,
          rangeOfText(session.documents.get(exportUri)!, "contoso.local"),
        );
        const { command } = actions.find(
          (one) => one.title === "Change the severity of rule upn-domain-not-routable...",
        )!;
        assert.deepEqual(command!.arguments, [exportUri, "upn-domain-not-routable"]);
        assert.ok(!actions.some((one) => one.title.startsWith("Make rule")));
        assert.equal(await session.command("syncready.setSeverity", ...command!.arguments!, "error"), true);
        assert.match(session.created.get(settingsUri)!, /"upn-domain-not-routable": "error"/);
        assert.equal(await session.command("syncready.setSeverity", ...command!.arguments!, "loud"), false);
      },
      { changesSeverities: true },
    ),
  );

  test(
    "is left alone in a file that cannot be read",
    inFolder('{ "rules": [', async (session, exportUri) => {
      const actions = await session.actions(exportUri, rangeOfText(session.documents.get(exportUri)!, "contoso.local"));
      assert.ok(!actions.some((one) => one.title.includes(".syncready.json")));
    }),
  );
});
