import assert from "node:assert/strict";
import { readdirSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { file, rangeOfText, user, withFolder } from "./exports.ts";
import { Session, type SessionOptions } from "./session.ts";

const first = user("Jane", "description: one");
const newer = user("Jane", "description: newer");
const umlaut = user("Jane", "sn: Müller", "description: one", "title: Präsidentin");
const otherUmlaut = umlaut.replace("ü", "ö");

interface Room {
  readonly uri: string;
  readonly folder: string;
  readonly storage: string;
  start(settings?: SessionOptions): Promise<Session>;
}

/** A folder with an export and a storage folder, in which any number of servers run one after the other. */
async function room(work: (room: Room) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const sessions: Session[] = [];
    const storage = join(folder, "storage", "originals");
    const start = async (settings: SessionOptions = {}) => {
      const session = await Session.start({ options: { storageFolder: storage }, ...settings });
      sessions.push(session);
      return session;
    };
    try {
      await work({ uri: file(folder, "export.ldf", first), folder, storage, start });
    } finally {
      for (const { process, connection } of sessions) {
        process.kill();
        connection.dispose();
      }
    }
  });
}

async function original(session: Session, uri: string): Promise<string | undefined> {
  const answer = (await session.connection.sendRequest("syncready/original", { uri })) as { text: string } | null;
  return answer?.text;
}

/** Opens the export and waits until its original is settled. */
async function open(session: Session, uri: string, text: string): Promise<void> {
  await session.open(uri, text);
  assert.ok((await original(session, uri)) !== undefined);
}

async function edit(session: Session, uri: string, from: string, to: string): Promise<void> {
  await session.change(uri, [{ range: rangeOfText(session.documents.get(uri)!, from), newText: to }]);
}

function removeTexts(storage: string): void {
  for (const name of readdirSync(storage).filter((one) => one.endsWith(".txt"))) unlinkSync(join(storage, name));
}

const fileChanged = (session: Session, uri: string) =>
  session.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const KEEP = "Keep Comparing with the Previous Original";
const REPLACED = /^export\.ldf was replaced by another program/;

describe("The original", () => {
  test("is what the file held when it was first opened, through saving, closing and a new server", () =>
    room(async ({ uri, start, storage }) => {
      const session = await start();
      assert.equal(await original(session, uri), undefined);
      await session.open(uri, first);
      await edit(session, uri, "one", "two");
      await session.save(uri);
      await fileChanged(session, uri);
      await edit(session, uri, "two", "three");
      await session.close(uri);
      await session.open(uri, first.replace("one", "two"));
      assert.equal(await original(session, uri), first);
      await session.save(uri);
      assert.equal(await session.stop(), 0);
      const next = await start();
      await next.open(uri, first.replace("one", "two"));
      assert.equal(await original(next, uri), first);
      await later(900);
      assert.deepEqual([...session.messages, ...next.messages], []);
      assert.equal(readdirSync(storage).length, 2);
    }));

  test("is still what it was after a save and a shutdown at once", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      await open(session, uri, first);
      await edit(session, uri, "one", "two");
      await session.save(uri);
      assert.equal(await session.stop(), 0);
      const next = await start();
      await open(next, uri, first.replace("one", "two"));
      assert.equal(await original(next, uri), first);
      assert.deepEqual(next.messages, []);
    }));

  test("is in memory where the client has no storage", () =>
    room(async ({ uri, start }) => {
      const session = await start({ options: {} });
      await session.open(uri, first);
      await edit(session, uri, "one", "two");
      await session.save(uri);
      await session.close(uri);
      await session.open(uri, first.replace("one", "two"));
      assert.equal(await original(session, uri), first);
    }));

  test("is in memory where it cannot be stored, and that is told", () =>
    room(async ({ uri, start, folder }) => {
      file(folder, "no-folder", "");
      const session = await start({ options: { storageFolder: join(folder, "no-folder", "x") } });
      await session.open(uri, first);
      await edit(session, uri, "one", "two");
      assert.equal(await original(session, uri), first);
      assert.match(session.messages[0]!, /^The original of export\.ldf cannot be stored/);
    }));

  test("is the file's, not that of unsaved edits which the window brings back", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      await session.open(uri, first.replace("one", "unsaved"));
      assert.equal(await original(session, uri), first);
    }));

  for (const [what, edited] of [
    ["in other lines than its letters beyond ASCII", umlaut.replace("one", "unsaved")],
    ["in nothing but letters beyond ASCII", otherUmlaut],
  ] as const) {
    for (const [encoding, bytes] of [
      ["UTF-8", Buffer.from(umlaut)],
      ["UTF-8 with Windows line ends", Buffer.from(umlaut.replaceAll("\n", "\r\n"))],
      ["UTF-16 with a mark", Buffer.from(`\ufeff${umlaut}`, "utf16le")],
    ] as const) {
      test(`is the file's in ${encoding}, not that of unsaved edits ${what}`, () =>
        room(async ({ uri, start }) => {
          writeFileSync(new URL(uri), bytes);
          const session = await start();
          await session.open(uri, edited);
          assert.equal((await original(session, uri))?.replaceAll("\r\n", "\n"), umlaut);
        }));
    }
  }

  test("is what the editor shows where it takes UTF-8 for an encoding of one byte a character", () =>
    room(async ({ uri, start }) => {
      writeFileSync(new URL(uri), umlaut);
      const session = await start();
      const misread = umlaut.replaceAll("ü", "Ã¼").replaceAll("ä", "Ã¤");
      await session.open(uri, misread);
      assert.equal(await original(session, uri), misread);
      writeFileSync(new URL(uri), otherUmlaut);
      await fileChanged(session, uri);
      await session.replace(uri, misread.replace("Ã¼", "Ã¶"));
      await session.until("the message", () => session.messages.some((one) => REPLACED.test(one)));
      assert.equal(await original(session, uri), misread.replace("Ã¼", "Ã¶"));
    }));

  test("is a newer export that another program has put in the file's place while it was closed", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      await session.open(uri, first);
      assert.equal(await original(session, uri), first);
      await session.stop();
      writeFileSync(new URL(uri), newer);
      const next = await start();
      await next.open(uri, newer);
      assert.equal(await original(next, uri), newer);
      await next.until("the message", () => next.messages.some((one) => REPLACED.test(one)));
    }));

  test("is a newer export that the editor has loaded again", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      await session.open(uri, first);
      assert.equal(await original(session, uri), first);
      writeFileSync(new URL(uri), newer);
      await fileChanged(session, uri);
      await session.replace(uri, newer);
      await session.until("the message", () => session.messages.some((one) => REPLACED.test(one)));
      assert.equal(await original(session, uri), newer);
    }));

  test("is a newer export that differs in a letter beyond ASCII only", () =>
    room(async ({ uri, start }) => {
      writeFileSync(new URL(uri), umlaut);
      const session = await start();
      await open(session, uri, umlaut);
      await session.close(uri);
      writeFileSync(new URL(uri), otherUmlaut);
      await session.open(uri, otherUmlaut);
      assert.equal(await original(session, uri), otherUmlaut);
      await session.until("the message", () => session.messages.some((one) => REPLACED.test(one)));
      assert.equal(await session.command("syncready.writeModifyFile", uri), null);
      assert.equal(session.messages.at(-1), "Nothing is written, because export.ldf is as it was.");
    }));

  test("is that export also where the editor takes its time to load it", () =>
    room(async ({ uri, start }) => {
      writeFileSync(new URL(uri), umlaut);
      const session = await start();
      await open(session, uri, umlaut);
      writeFileSync(new URL(uri), otherUmlaut);
      await fileChanged(session, uri);
      await later(900);
      assert.equal(await original(session, uri), umlaut);
      await session.replace(uri, otherUmlaut);
      await session.until("the message", () => session.messages.some((one) => REPLACED.test(one)));
      assert.equal(await original(session, uri), otherUmlaut);
    }));

  test("stays while there are unsaved edits of such letters", () =>
    room(async ({ uri, start }) => {
      writeFileSync(new URL(uri), umlaut);
      const session = await start();
      await open(session, uri, umlaut);
      await edit(session, uri, "Müller", "Mäller");
      writeFileSync(new URL(uri), otherUmlaut);
      await fileChanged(session, uri);
      await later(900);
      assert.equal(await original(session, uri), umlaut);
      assert.deepEqual(session.messages, []);
    }));

  test("stays while there are unsaved edits that the newer export would undo", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      await open(session, uri, first);
      await edit(session, uri, "one", "two");
      writeFileSync(new URL(uri), newer);
      await fileChanged(session, uri);
      await later(900);
      assert.equal(await original(session, uri), first);
      // The person reverts to what is on disk.
      await session.replace(uri, newer);
      await session.until("the message", () => session.messages.length > 0);
      assert.equal(await original(session, uri), newer);
    }));

  test("stays when the editor saves over the newer export", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      await open(session, uri, first);
      await edit(session, uri, "one", "two");
      writeFileSync(new URL(uri), newer);
      await fileChanged(session, uri);
      await later(900);
      await session.save(uri);
      await fileChanged(session, uri);
      await later(900);
      assert.equal(await original(session, uri), first);
      assert.deepEqual(session.messages, []);
    }));

  test("can be the previous one again", () =>
    room(async ({ uri, start }) => {
      const session = await start({ options: {}, choose: (_, actions) => actions.find((one) => one === KEEP) });
      await session.open(uri, first);
      assert.equal(await original(session, uri), first);
      writeFileSync(new URL(uri), newer);
      await session.close(uri);
      await session.open(uri, newer);
      await session.until("the message", () => session.messages.length > 0);
      await later(100);
      assert.equal(await original(session, uri), first);
      await session.close(uri);
      await session.open(uri, newer);
      assert.equal(await original(session, uri), first);
      assert.equal(session.messages.length, 1);
    }));

  test("stays when the file is of another encoding than the editor takes it for", () =>
    room(async ({ uri, start }) => {
      writeFileSync(new URL(uri), Buffer.from(first.replace("one", "é"), "latin1"));
      const session = await start();
      const misread = first.replace("one", "\ufffd");
      await session.open(uri, misread);
      assert.equal(await original(session, uri), misread);
      await fileChanged(session, uri);
      await later(900);
      assert.deepEqual(session.messages, []);
    }));

  test("is what it is now when a person says so", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      await session.open(uri, first);
      await edit(session, uri, "one", "two");
      assert.equal(await session.command("syncready.takeAsOriginal", uri), true);
      assert.equal(await original(session, uri), first.replace("one", "two"));
      assert.equal(await session.command("syncready.takeAsOriginal", "untitled:x.ldf"), false);
    }));

  test("is not known of an export that has never been opened, and then no modify file is written", () =>
    room(async ({ uri, start }) => {
      const session = await start();
      assert.equal(await session.command("syncready.writeModifyFile", uri), null);
      assert.deepEqual(session.messages, [
        "Nothing is written, because the original of export.ldf is not known; open the export before it is edited.",
      ]);
    }));

  test("is not known where it was lost, until a person says what it is", () =>
    room(async ({ uri, start, storage }) => {
      const session = await start();
      await open(session, uri, first);
      await edit(session, uri, "one", "two");
      await session.save(uri);
      assert.equal(await original(session, uri), first);
      await session.stop();
      removeTexts(storage);
      const next = await start();
      const two = first.replace("one", "two");
      await next.open(uri, two);
      assert.equal(await original(next, uri), undefined);
      assert.equal(await next.command("syncready.writeModifyFile", uri), null);
      assert.deepEqual(next.messages, [
        'Nothing is written, because the original of export.ldf is not known; after "Take the File as It Is Now as the Original", modify files will hold what is changed from there on.',
      ]);
      assert.equal(await next.command("syncready.takeAsOriginal", uri), true);
      assert.equal(await original(next, uri), two);
    }));

  test("is a newer export where the one before was lost", () =>
    room(async ({ uri, start, storage }) => {
      const session = await start();
      await open(session, uri, first);
      await session.stop();
      removeTexts(storage);
      writeFileSync(new URL(uri), newer);
      const next = await start();
      await open(next, uri, newer);
      assert.equal(await original(next, uri), newer);
    }));
});
