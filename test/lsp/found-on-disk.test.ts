import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { CheckedFromDisk } from "../../server/lsp/protocol.ts";
import { file, user } from "./exports.ts";
import { checkExport, disk, LARGE, large, rules, shown, WRONG } from "./from-disk.ts";
import type { Session } from "./session.ts";

describe("What was found on disk goes", () => {
  const change = (session: Session, uri: string) =>
    session.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });

  async function checked(session: Session, folder: string): Promise<string> {
    const uri = file(folder, "a.ldf", WRONG("Ann"));
    await checkExport(session, uri);
    assert.deepEqual(shown(session), { [uri]: 1 });
    return uri;
  }

  for (const [name, become] of Object.entries({
    changes: (path: string) => appendFileSync(path, "\n"),
    "is deleted": (path: string) => rmSync(path),
  })) {
    test(
      `when the file ${name}`,
      disk(async (session, folder) => {
        const uri = await checked(session, folder);
        assert.match(JSON.stringify(session.watchers), new RegExp(folder));
        become(join(folder, "a.ldf"));
        await change(session, uri);
        await session.until("it to go", () => session.latest(uri)!.length === 0);
      }),
    );
  }

  test(
    "not when a change is told that came before the check",
    disk(async (session, folder) => {
      const uri = await checked(session, folder);
      await change(session, uri);
      await session.command("syncready.checkExport", file(folder, "b.ldf", user("Ben")));
      assert.deepEqual(shown(session), { [uri]: 1 });
    }),
  );

  test(
    "when it is opened, and the document's own take their place",
    disk(async (session, folder) => {
      const uri = await checked(session, folder);
      await session.open(uri, user("Ann"));
      assert.deepEqual(await session.diagnostics(uri), []);
      assert.equal(await checkExport(session, uri), null);
      assert.match(session.messages.at(-1)!, /^a\.ldf is open, so its findings are shown already/);
      assert.deepEqual(shown(session), {});
    }),
  );

  test(
    "when it is opened while it is checked",
    disk(async (session, folder) => {
      const { uri, users } = large(folder, "large.ldf", LARGE);
      const answer = checkExport(session, uri);
      await session.until("findings", () => (session.latest(uri)?.length ?? 0) > 0);
      await session.open(uri, user("Ann"));
      assert.deepEqual(await session.diagnostics(uri), []);
      assert.equal((await answer)?.warnings, users);
      assert.deepEqual(session.latest(uri), []);
    }),
  );

  test(
    "by a command",
    disk(async (session, folder) => {
      await checked(session, folder);
      await session.command("syncready.clearChecked");
      assert.deepEqual(shown(session), {});
    }),
  );
});

describe("A file that is not what it was", () => {
  for (const [name, become] of Object.entries({
    grows: (path: string) => appendFileSync(path, WRONG("New")),
    shrinks: (path: string) => truncateSync(path, 1000),
  })) {
    test(
      `${name} while it is checked is told, nothing is left behind, and the next check is right`,
      disk(async (session, folder) => {
        const { uri } = large(folder, "large.ldf", LARGE);
        const answer = checkExport(session, uri);
        await session.until("findings", () => (session.latest(uri)?.length ?? 0) > 0);
        become(join(folder, "large.ldf"));
        const failure = `${join(folder, "large.ldf")}: the file was changed while it was read`;
        assert.deepEqual((await answer)?.failures, [failure]);
        assert.ok(session.messages.includes(`Not checked: ${failure}.`));
        assert.deepEqual(shown(session), {});
        assert.deepEqual((await checkExport(session, uri))?.failures, []);
      }),
    );
  }

  test(
    "is missing, or a folder is",
    disk(async (session, folder) => {
      const missing = pathToFileURL(join(folder, "missing.ldf")).href;
      const answer = await checkExport(session, missing);
      assert.deepEqual(answer?.failures, [`${join(folder, "missing.ldf")}: there is no such file or folder`]);
      assert.match(session.messages.at(-1)!, /^Not checked: .*missing\.ldf: there is no such file or folder\.$/);
      await checkExport(session, file(folder, "a.ldf", WRONG("Ann")));
      assert.equal(Object.keys(shown(session)).length, 1);
    }),
  );
});

describe("All exports in a folder", () => {
  test(
    "are checked, those of its sub-folders by their own settings, and what is found is shown with each",
    disk(async (session, folder) => {
      mkdirSync(join(folder, "sub"));
      const uris = [file(folder, "a.LDF", WRONG("Ann")), file(join(folder, "sub"), "b.ldif", WRONG("Ben"))];
      file(join(folder, "sub"), "c.ldf", user("Cleo", "userPrincipalName: ann@contoso.local"));
      file(join(folder, "sub"), ".syncready.json", '{ "rules": { "upn-domain-not-routable": "error" } }');
      file(folder, "notes.txt", WRONG("Dan"));
      const answer = (await session.command("syncready.checkFolder", pathToFileURL(folder).href)) as CheckedFromDisk;
      assert.deepEqual([answer.files, answer.entries, answer.errors, answer.warnings], [3, 3, 4, 1]);
      assert.deepEqual(
        uris.map((uri) => rules(session.latest(uri)).length),
        [2, 1],
      );
      assert.match(JSON.stringify(session.watchers), /\*\*\/\{/);
      await session.command("syncready.clearChecked");
      assert.deepEqual(shown(session), {});
    }),
  );

  test(
    "which are ten thousand small ones",
    disk(async (session, folder) => {
      for (let at = 0; at < 10_000; at++) file(folder, `${at}.ldf`, at % 100 === 0 ? WRONG(`U${at}`) : user(`U${at}`));
      const answer = (await session.command("syncready.checkFolder", pathToFileURL(folder).href)) as CheckedFromDisk;
      assert.deepEqual(
        [answer.files, answer.entries, answer.warnings, answer.failures.length],
        [10_000, 10_000, 100, 0],
      );
      assert.equal(Object.keys(shown(session)).length, 100);
    }),
  );

  test(
    "and none is there",
    disk(async (session, folder) => {
      await session.command("syncready.checkFolder", pathToFileURL(folder).href);
      assert.match(session.messages.at(-1)!, /there is no export \(\*\.ldf, .*\) in this folder\.$/);
    }),
  );
});

describe("Nothing is checked from disk", () => {
  for (const [uri, name] of [
    ["untitled:a.ldf", "untitled:a.ldf"],
    ["vscode-vfs://github/contoso/exports/a.ldf", "a.ldf"],
  ] as const) {
    test(
      `that is not there: ${uri}`,
      disk(async (session) => {
        assert.equal(await checkExport(session, uri), null);
        assert.equal(session.messages.at(-1), `Nothing was checked, because ${name} is not on this disk.`);
      }),
    );
  }

  test(
    "for a client that does not know of it",
    disk(
      async (session, folder) => {
        assert.equal(await checkExport(session, file(folder, "a.ldf", WRONG("Ann"))), null);
        assert.ok(!session.capabilities.executeCommandProvider?.commands.includes("syncready.checkExport"));
        assert.deepEqual(session.published, []);
      },
      { options: {} },
    ),
  );

  test(
    "without a progress that the client cannot show, but all the same",
    disk(
      async (session, folder) => {
        const uri = file(folder, "a.ldf", WRONG("Ann"));
        assert.ok(session.capabilities.executeCommandProvider?.commands.includes("syncready.checkExport"));
        assert.equal((await checkExport(session, uri))?.entries, 1);
        assert.ok(rules(session.latest(uri)).includes("upn-domain-not-routable"));
        assert.deepEqual(session.progress, []);
      },
      { capabilities: {} },
    ),
  );
});
