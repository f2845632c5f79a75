import assert from "node:assert/strict";
import { existsSync, readFileSync, unlinkSync } from "node:fs";
import { describe, test } from "node:test";
import type { WrittenModifyFile } from "../../server/lsp/protocol.ts";
import { file, rangeOfText, user, withFolder } from "./exports.ts";
import { type Session, type SessionOptions, withSession } from "./session.ts";

const text = user("Jane", "mail: old@contoso.com") + user("Jack", "mail: jack@contoso.com");

/** An export in a folder, opened, in which Jane's mail has been changed. */
const edited = (settings: SessionOptions, work: (session: Session, uri: string) => Promise<void>) =>
  withSession(settings, (session) =>
    withFolder(async (folder) => {
      const uri = file(folder, "export.ldf", text);
      await session.open(uri, text);
      await replace(session, uri, "old@contoso.com", "new@contoso.com");
      await work(session, uri);
    }),
  );

async function replace(session: Session, uri: string, from: string, to: string): Promise<void> {
  await session.change(uri, [{ range: rangeOfText(session.documents.get(uri)!, from), newText: to }]);
}

const write = (session: Session, uri: string, options?: object) =>
  session.command(
    "syncready.writeModifyFile",
    uri,
    ...(options === undefined ? [] : [options]),
  ) as Promise<WrittenModifyFile | null>;

const content = (uri: string) => readFileSync(new URL(uri), "utf8").replace(/^#.*\r\n/gm, "");

const record = (removed: string, added: string) =>
  `dn: CN=Jane,DC=contoso,DC=com\r\nchangetype: modify\r\ndelete: mail\r\nmail: ${removed}\r\n-\r\nadd: mail\r\nmail: ${added}\r\n-\r\n\r\n`;

describe("The modify file", () => {
  test(
    "holds what was changed, and the undo file takes it back",
    edited({}, async (session, uri) => {
      const written = await write(session, uri);
      const modifyFile = uri.replace(".ldf", ".modify.ldf");
      const undoFile = uri.replace(".ldf", ".undo.ldf");
      assert.deepEqual(written, { modifyFile, undoFile, records: 1, refusals: [] });
      assert.equal(content(modifyFile), record("old@contoso.com", "new@contoso.com"));
      assert.equal(content(undoFile), record("new@contoso.com", "old@contoso.com"));
      await session.until("the message", () => session.messages.includes("1 entry is in export.modify.ldf."));
    }),
  );

  test(
    "is written of a saved export, open or closed, too",
    edited({}, async (session, uri) => {
      await session.save(uri);
      await session.close(uri);
      assert.equal((await write(session, uri))!.records, 1);
    }),
  );

  test(
    "is opened where a person wants that",
    edited({ choose: (_, actions) => actions.find((one) => one.startsWith("Open")) }, async (session, uri) => {
      const written = await write(session, uri);
      await session.until("the document", () => session.shown.includes(written!.modifyFile));
    }),
  );

  test(
    "is not written where nothing has changed",
    edited({}, async (session, uri) => {
      await replace(session, uri, "new@contoso.com", "old@contoso.com");
      assert.equal(await write(session, uri), null);
      assert.deepEqual(session.messages, ["Nothing is written, because export.ldf is as it was."]);
    }),
  );

  for (const [choice, isOverwritten] of [
    ["Overwrite", true],
    ["Cancel", false],
    [undefined, false],
  ] as const) {
    test(
      `asks before it replaces another; answer: ${choice ?? "none"}`,
      edited({ choose: (_, actions) => actions.find((one) => one === choice) }, async (session, uri) => {
        const modifyFile = new URL(uri.replace(".ldf", ".modify.ldf"));
        await write(session, uri);
        await replace(session, uri, "new@contoso.com", "newer@contoso.com");
        const before = readFileSync(modifyFile, "utf8");
        assert.equal((await write(session, uri)) !== null, isOverwritten);
        assert.ok(
          session.messages.includes(
            "export.modify.ldf exists already. Overwrite export.modify.ldf and export.undo.ldf?",
          ),
        );
        assert.equal(readFileSync(modifyFile, "utf8") === before, !isOverwritten);
      }),
    );
  }

  test(
    "is a script of PowerShell where that is asked for",
    edited({}, async (session, uri) => {
      const written = await write(session, uri, { format: "powershell" });
      const modifyFile = uri.replace(".ldf", ".modify.ps1");
      const undoFile = uri.replace(".ldf", ".undo.ps1");
      assert.deepEqual(written, { modifyFile, undoFile, records: 1, refusals: [] });
      const call = (removed: string, added: string) =>
        `Set-Entry 'CN=Jane,DC=contoso,DC=com' -Remove @{\r\n    'mail' = '${removed}'\r\n} -Add @{\r\n    'mail' = '${added}'\r\n}\r\n`;
      assert.ok(readFileSync(new URL(modifyFile), "utf8").includes(call("old@contoso.com", "new@contoso.com")));
      assert.ok(readFileSync(new URL(undoFile), "utf8").includes(call("new@contoso.com", "old@contoso.com")));
      assert.ok(!existsSync(new URL(uri.replace(".ldf", ".modify.ldf"))));
      await session.until("the message", () => session.messages.includes("1 entry is in export.modify.ps1."));
    }),
  );

  test(
    "asks when only the undo file is there",
    edited({ choose: () => "Overwrite" }, async (session, uri) => {
      await write(session, uri);
      unlinkSync(new URL(uri.replace(".ldf", ".modify.ldf")));
      assert.equal((await write(session, uri))!.records, 1);
      assert.ok(session.messages.some((one) => one.startsWith("export.undo.ldf exists already.")));
    }),
  );

  test(
    "replaces nothing where a client cannot ask, and says so",
    edited({ cannotAsk: true }, async (session, uri) => {
      assert.equal((await write(session, uri))!.records, 1);
      assert.equal(await write(session, uri), null);
      assert.match(session.messages.at(-1)!, /^No modify file was written: .*exists already\.$/);
    }),
  );

  test(
    "replaces without a question where it is told to",
    edited({}, async (session, uri) => {
      await write(session, uri);
      assert.equal((await write(session, uri, { overwrite: true }))!.records, 1);
      assert.ok(!session.messages.some((one) => one.includes("exists already")));
    }),
  );

  test(
    "holds the rest where a change cannot be written, and a list says what it does not hold",
    edited({ options: { showsText: true }, choose: (_, actions) => actions[0] }, async (session, uri) => {
      await replace(session, uri, "cn: Jane", "cn: Janet");
      await replace(session, uri, "dn: CN=Jack", "dn: CN=John");
      const written = await write(session, uri);
      assert.equal(written!.records, 1);
      assert.deepEqual(
        written!.refusals.map(({ dn, attribute }) => [dn, attribute]),
        [
          ["CN=Jane,DC=contoso,DC=com", "cn"],
          ["CN=John,DC=contoso,DC=com", undefined],
        ],
      );
      assert.equal(content(written!.modifyFile), record("old@contoso.com", "new@contoso.com"));
      assert.ok(session.messages.includes("1 entry is in export.modify.ldf; 2 changes cannot be written."));
      const list = await session.until("the list", () => session.texts[0]);
      assert.equal(list.title, "export.ldf: not written");
      assert.match(list.text, /^CN=Jane,DC=contoso,DC=com: cn names the object/);
      assert.match(list.text, /^CN=John,DC=contoso,DC=com: may be CN=Jack,DC=contoso,DC=com under another name/m);
      assert.equal(list.text.trim().split("\n").length, 2);
    }),
  );

  test(
    "says of what the directory would refuse which rule has more about it",
    edited({ options: { showsText: true }, choose: (_, actions) => actions[0] }, async (session, uri) => {
      await replace(session, uri, "mail: jack", `mail: ${"j".repeat(257)}`);
      const { refusals } = (await write(session, uri))!;
      assert.deepEqual(
        refusals.map(({ rule }) => rule),
        ["mail-length"],
      );
      const list = await session.until("the list", () => session.texts[0]);
      assert.match(list.text, /: mail would get 269 characters: the directory takes at most 256 \[mail-length\]\n$/);
    }),
  );

  test("says what the undo file does not restore", () => {
    const long = text.replace("old@contoso.com", `${"o".repeat(300)}@contoso.com`);
    return withSession({ options: { showsText: true }, choose: (_, actions) => actions[0] }, (session) =>
      withFolder(async (folder) => {
        const uri = file(folder, "export.ldf", long);
        await session.open(uri, long);
        await session.replace(uri, long.replace(/o{300}@/, "new@"));
        const written = await write(session, uri);
        assert.ok(
          session.messages.includes("1 entry is in export.modify.ldf; the undo file does not restore 1 attribute."),
        );
        const list = await session.until("the list", () => session.texts[0]);
        assert.match(list.text, /^NOT RESTORED BY THE UNDO FILE: mail of CN=Jane,.*: would get 312 characters: .*\n$/);
        assert.match(readFileSync(new URL(written!.undoFile), "utf8"), /^# DOES NOT RESTORE mail of CN=Jane,/m);
      }),
    )();
  });

  test(
    "is not written where no change can be, and clients without lists are told the first one",
    edited({}, async (session, uri) => {
      await session.replace(uri, text.replace("dn: CN=Jack", "dn: CN=John"));
      assert.equal(await write(session, uri), null);
      await session.until("the message", () =>
        session.messages.some((one) => /^No modify file is written; 1 change cannot be written: CN=John/.test(one)),
      );
    }),
  );

  const choices: readonly [action: string | undefined, records: number | undefined, ...lines: string[]][] = [
    ["Remove from the Directory", 2, "dn: CN=Jane,DC=contoso,DC=com", "dn: CN=Gone,DC=contoso,DC=com"],
    ["Leave in the Directory", 1, "dn: CN=Jane,DC=contoso,DC=com"],
    [undefined, undefined],
  ];
  for (const [action, records, ...lines] of choices) {
    test(`asks what is to become of a missing entry: ${action ?? "no answer"}`, () =>
      withSession({ choose: (message) => (message.startsWith("CN=Gone") ? action : undefined) }, (session) =>
        withFolder(async (folder) => {
          const original = user("Gone") + text;
          const uri = file(folder, "export.ldf", original);
          await session.open(uri, original);
          await session.replace(uri, text.replace("old@contoso.com", "new@contoso.com"));
          const written = await write(session, uri);
          assert.ok(
            session.messages.some((one) => /^CN=Gone,.* is missing in export\.ldf\. Is the directory/.test(one)),
          );
          assert.equal(written?.records, records);
          if (written === null) return;
          assert.deepEqual(content(written.modifyFile).match(/^dn: .*$/gm), lines);
        }),
      )());
  }

  test(
    "needs a file beside which it can stand",
    edited({}, async (session) => {
      await session.open("untitled:x.ldf", text);
      assert.equal(await write(session, "untitled:x.ldf"), null);
      assert.equal(await write(session, "vscode-vfs://github/x/y.ldf"), null);
      assert.equal(session.messages.filter((one) => one.includes("save the export to a file first")).length, 2);
    }),
  );

  test(
    "leaves nothing behind where it cannot be written, and says why",
    withSession({}, (session) =>
      withFolder(async (folder) => {
        file(folder, "not-a-folder", "");
        const uri = `${file(folder, "export.ldf", text).replace("export.ldf", "not-a-folder")}/export.ldf`;
        await session.open(uri, text);
        await replace(session, uri, "old@contoso.com", "new@contoso.com");
        assert.equal(await write(session, uri), null);
        assert.match(session.messages[0]!, /^No modify file was written: .*\.$/);
        assert.ok(!existsSync(new URL(uri)));
      }),
    ),
  );

  for (const [name, base] of Object.entries({
    "users.2024.ldif": "users.2024",
    export: "export",
    ".ldf": ".ldf",
    "ä ö.LDF": "ä ö",
  })) {
    test(
      `of ${name} is ${base}.modify.ldf`,
      withSession({}, (session) =>
        withFolder(async (folder) => {
          const uri = file(folder, name, text);
          await session.open(uri, text);
          await replace(session, uri, "old@contoso.com", "new@contoso.com");
          const written = await write(session, uri);
          assert.equal(decodeURIComponent(written!.modifyFile.split("/").at(-1)!), `${base}.modify.ldf`);
          assert.ok(existsSync(new URL(written!.modifyFile)) && existsSync(new URL(written!.undoFile)));
        }),
      ),
    );
  }
});
