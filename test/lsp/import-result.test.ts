import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import type { ShownImportResult } from "../../server/lsp/protocol.ts";
import { ALL_LOGS, MODIFY_FILE } from "../core/import-logs.ts";
import { file, only, user, withFolder } from "./exports.ts";
import { shown } from "./from-disk.ts";
import { type Session, type SessionOptions, withSession } from "./session.ts";

const STOPPED = ALL_LOGS.find(({ name }) => name.startsWith("it stops in the middle"))!.log;
const CONTINUED = ALL_LOGS.find(({ name }) => name === "-c, as a terminal shows it")!.log;

/** An export with two entries of the modify file, and one that is in none. */
const EXPORT = ["Ben Koch", "Nobody", "Zoe"]
  .map((name) => user(name).replace(",DC=contoso", ",OU=Users,DC=contoso"))
  .join("");

function result(work: (session: Session, folder: string, log: string) => Promise<void>, settings: SessionOptions = {}) {
  const configuration = only("displayname-missing");
  return () =>
    withFolder((folder) =>
      withSession({ configuration, ...settings }, (session) =>
        work(session, folder, file(folder, "ldif.log", STOPPED)),
      )(),
    );
}

function show(session: Session, ...uris: readonly string[]): Promise<ShownImportResult | null> {
  return session.command("syncready.showImportResult", ...uris) as Promise<ShownImportResult | null>;
}

/** `line code` of each diagnostic; one that says what was not done has no code. */
function places(diagnostics: readonly Diagnostic[] | undefined): string[] {
  return (diagnostics ?? []).map(({ range, code = "-" }) => `${range.start.line} ${code}`);
}

function uriOf(folder: string, name: string): string {
  return pathToFileURL(join(folder, name)).href;
}

describe("The result of an import is shown", () => {
  test(
    "on the records of the modify file and the entries of the export beside it",
    result(async (session, folder, log) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      const exported = file(folder, "contoso.ldf", EXPORT);
      assert.deepEqual(await show(session, log), {
        modifyFile: modify,
        applied: 2,
        failed: 1,
        notApplied: 3,
        unknown: 0,
        unplaced: 0,
      });
      assert.deepEqual(places(session.latest(modify)), ["19 import-32", "25 -"]);
      assert.deepEqual(places(session.latest(exported)), ["7 import-32"]);
      const [failed, rest] = session.latest(modify)!;
      assert.equal(failed!.severity, 1);
      assert.deepEqual(failed!.range, { start: { line: 19, character: 4 }, end: { line: 19, character: 40 } });
      assert.match(
        String(failed!.message),
        /^The import of this record failed\. There is no entry with this DN.*\nIt was deleted/,
      );
      assert.equal(
        failed!.codeDescription!.href,
        "https://github.com/syncready/syncready/blob/main/docs/import-results.md#import-32",
      );
      assert.equal(rest!.severity, 3);
      assert.match(String(rest!.message), /^3 records, this one first, are not applied: ldifde stopped/);
      assert.match(
        session.messages.at(-1)!,
        /^contoso\.modify\.ldf: 2 applied, 1 failed, 3 not applied\. ldifde stopped/,
      );
    }),
  );

  test(
    "and in exports that are open, in tables as well",
    result(async (session, folder, log) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      const table = uriOf(folder, "users.csv");
      await session.open(table, 'DN,objectClass\n"CN=Nobody,OU=Users,DC=contoso,DC=com",user\n');
      await session.open(modify, MODIFY_FILE);
      await session.diagnostics(modify);
      await show(session, log);
      assert.deepEqual(places(session.latest(table)), ["1 import-32"]);
      assert.deepEqual(places(session.latest(modify)), ["19 import-32", "25 -"]);
    }),
  );

  test(
    "with the modify file that is named, and pages inside of a client that opens them",
    result(
      async (session, folder) => {
        const log = file(folder, "out.txt", CONTINUED);
        const modify = file(folder, "m.ldf", MODIFY_FILE);
        assert.deepEqual(await show(session, log), { applied: 0, failed: 0, notApplied: 0, unknown: 0, unplaced: 4 });
        assert.deepEqual(shown(session), {});
        await show(session, log, modify);
        assert.deepEqual(places(session.latest(modify)), [
          "1 import-16",
          "19 import-32",
          "25 import-20",
          "31 import-19",
        ]);
        assert.equal(session.latest(modify)![0]!.codeDescription!.href, "syncready-rule:/import-16.md");
        const page = await session.connection.sendRequest<{ text: string }>("syncready/rulePage", { id: "import-16" });
        assert.match(page.text, /^# 16 noSuchAttribute\n\nA value or an attribute that is to be deleted/);
        assert.equal(await session.connection.sendRequest("syncready/rulePage", { id: "import-3" }), null);
      },
      { options: { opensRulePages: true } },
    ),
  );

  test(
    "beside what the check of an open export finds",
    result(async (session, folder, log) => {
      file(folder, "contoso.modify.ldf", MODIFY_FILE);
      const exported = file(folder, "contoso.ldf", EXPORT.replace("displayName: Zoe\n", ""));
      await session.open(exported, EXPORT.replace("displayName: Zoe\n", ""));
      assert.deepEqual(places(await session.diagnostics(exported)), ["14 displayname-missing"]);
      await show(session, log);
      assert.deepEqual(places(session.latest(exported)), ["7 import-32", "14 displayname-missing"]);
      await session.command("syncready.clearImportResult");
      assert.deepEqual(places(session.latest(exported)), ["14 displayname-missing"]);
    }),
  );

  test(
    "of the log that was shown last",
    result(async (session, folder, log) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      await show(session, log);
      await show(session, file(folder, "ldif.log", ALL_LOGS[0]!.log));
      assert.deepEqual(shown(session), {});
      assert.match(session.messages.at(-1)!, /^contoso\.modify\.ldf: 6 applied, 0 failed, 0 not applied\.$/);
      assert.ok(session.published.some(({ uri, diagnostics }) => uri === modify && diagnostics.length > 0));
    }),
  );
});

describe("What is shown of an import", () => {
  const at = (line: number, character = 0) => ({ line, character });

  test(
    "moves with its record, and goes when the record is edited",
    result(async (session, folder, log) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      await session.open(modify, MODIFY_FILE);
      await show(session, log);
      await session.change(modify, [{ range: { start: at(19), end: at(19) }, newText: "# looked at\n# twice\n" }]);
      assert.deepEqual(places(await session.diagnostics(modify)), ["21 import-32", "27 -"]);
      await session.change(modify, [{ range: { start: at(0), end: at(1) }, newText: "" }]);
      assert.deepEqual(places(await session.diagnostics(modify)), ["20 import-32", "26 -"]);
      await session.change(modify, [{ range: { start: at(30), end: at(31) }, newText: "" }]);
      assert.deepEqual(places(await session.diagnostics(modify)), ["20 import-32"]);
      await session.change(modify, [{ range: { start: at(23, 13), end: at(23, 14) }, newText: "n" }]);
      assert.deepEqual(places(await session.diagnostics(modify)), []);
    }),
  );

  /** The server takes a file for closed a moment later: an editor may close it only to open it again. */
  async function closed(session: Session, uri: string): Promise<readonly Diagnostic[] | undefined> {
    const before = session.published.length;
    await session.close(uri);
    await session.until("the end of the document", () => session.published.length > before);
    return session.latest(uri);
  }

  test(
    "stays where the file is opened and closed again",
    result(async (session, folder, log) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      await show(session, log);
      await session.open(modify, MODIFY_FILE);
      assert.deepEqual(places(await session.diagnostics(modify)), ["19 import-32", "25 -"]);
      assert.deepEqual(places(await closed(session, modify)), ["19 import-32", "25 -"]);
    }),
  );

  test(
    "goes where the file is opened with another text, or was edited when it is closed",
    result(async (session, folder, log) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      await show(session, log);
      await session.open(modify, MODIFY_FILE.replace("displayName: Nobody", "displayName: Somebody"));
      assert.deepEqual(places(await session.diagnostics(modify)), []);
      await closed(session, modify);
      await show(session, log);
      await session.open(modify, MODIFY_FILE);
      await session.change(modify, [{ range: { start: at(0), end: at(0) }, newText: "# x\n" }]);
      assert.deepEqual(places(await session.diagnostics(modify)), ["20 import-32", "26 -"]);
      assert.deepEqual(places(await closed(session, modify)), []);
    }),
  );

  test(
    "goes when the file changes on the disk, or is gone",
    result(async (session, folder, log) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      const exported = file(folder, "contoso.ldf", EXPORT);
      await show(session, log);
      const changed = (uri: string) =>
        session.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });
      await changed(exported);
      writeFileSync(new URL(modify), `${MODIFY_FILE}# more\n`);
      await changed(modify);
      await session.until("nothing", () => session.latest(modify)?.length === 0);
      assert.deepEqual(places(session.latest(exported)), ["7 import-32"]);
      rmSync(new URL(exported));
      await changed(exported);
      await session.until("nothing", () => session.latest(exported)?.length === 0);
    }),
  );
});

describe("Nothing is shown", () => {
  for (const [name, log, message] of [
    ["of a file that is no log", MODIFY_FILE, /it is no log of ldifde, ldapmodify or ldbmodify/],
    ["of a file that is not there", undefined, /it cannot be read/],
  ] as const) {
    test(
      name,
      result(async (session, folder) => {
        const uri = log === undefined ? uriOf(folder, "x.log") : file(folder, "x.log", log);
        assert.equal(await show(session, uri), null);
        assert.match(session.messages.at(-1)!, message);
        assert.deepEqual(shown(session), {});
      }),
    );
  }

  test(
    "of a modify file elsewhere that a log names",
    result(async (session, folder) => {
      const modify = file(folder, "contoso.modify.ldf", MODIFY_FILE);
      for (const path of ["..", "/etc/passwd", ""]) {
        const log = file(folder, "ldif.log", STOPPED.replace("contoso.modify.ldf", path));
        assert.equal((await show(session, log))?.modifyFile, undefined);
      }
      const log = file(folder, "ldif.log", STOPPED.replace('"contoso', '"C:\\temp\\contoso'));
      assert.equal((await show(session, log))?.modifyFile, modify);
    }),
  );

  test(
    "for arguments that are none, and for a modify file that is none",
    result(async (session, folder, log) => {
      assert.equal(await session.command("syncready.showImportResult"), null);
      assert.equal(await session.command("syncready.showImportResult", 5, {}), null);
      assert.equal((await show(session, log, log))?.modifyFile, undefined);
      assert.match(session.messages.at(-1)!, /ldif\.log is no modify file that can be read/);
      assert.equal((await show(session, log, uriOf(folder, "missing.ldf")))?.modifyFile, undefined);
      assert.deepEqual(shown(session), {});
    }),
  );

  test(
    "of a modify file that is not the one of the log, but a question",
    result(async (session, folder) => {
      file(folder, "contoso.modify.ldf", MODIFY_FILE);
      const log = file(folder, "ldif.log", ALL_LOGS.find(({ name }) => name === "the log of another file")!.log);
      assert.deepEqual((await show(session, log))?.unplaced, 1);
      assert.match(session.messages.at(-1)!, /is it the log of another file\? Of 1 errors nothing tells/);
    }),
  );
});
