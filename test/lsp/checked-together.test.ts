import assert from "node:assert/strict";
import { unlinkSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/core/index.ts";
import { Companions } from "../../server/lsp/companions.ts";
import { file, only, rangeOfText, user, withFolder } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const RULES = ["duplicate-userprincipalname", "upn-domain-not-routable", "reference-to-object-out-of-scope"];
const configuration = { ...only(...RULES), domainReplacements: { "contoso.local": "contoso.com" } };
const TOGETHER = '{\n  "checkedTogether": ["a.ldf", "b.ldf"]\n}';

const lee = (name: string, upn = "lee@contoso.com") => user(name, `userPrincipalName: ${upn}`);

interface Files {
  readonly a: string;
  readonly b: string;
  readonly settings: string;
}

/** A session with a folder: `a.ldf` is open, `b.ldf` and the settings file lie beside it where they are given. */
const inFolder = (
  given: { a?: string; b?: string | Uint8Array; settings?: string },
  work: (session: Session, uris: Files) => Promise<unknown>,
  editor: unknown = configuration,
) =>
  withSession({ configuration: editor, options: { showsStatus: true } }, (session) =>
    withFolder(async (folder) => {
      const text = given.a ?? lee("Ann");
      const a = file(folder, "a.ldf", text);
      const uris = { a, b: a.replace("a.ldf", "b.ldf"), settings: a.replace("a.ldf", ".syncready.json") };
      if (given.b !== undefined) writeFileSync(new URL(uris.b), given.b);
      const settings = given.settings ?? TOGETHER;
      if (settings !== "") writeFileSync(new URL(uris.settings), settings);
      await session.open(a, text);
      await work(session, uris);
    }),
  );

const rulesOf = (session: Session, uri: string) =>
  session
    .latest(uri)
    ?.map(({ code }) => code)
    .join();

const untilRules = (session: Session, uri: string, rules: string) =>
  session.until(`${rules || "nothing"} in ${uri}`, () => rulesOf(session, uri) === rules);

const problemsOf = (session: Session, uri: string) =>
  session.latest(uri)?.map(({ message, range }) => `${range.start.line}:${range.start.character} ${message}`);

const changedOnDisk = (session: Session, uri: string) =>
  session.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });

describe("An export that is named in checkedTogether", () => {
  test(
    "is told what it has in common with the others, and nothing that is only theirs",
    inFolder({ b: `# comment\n\n${lee("Bob")}${lee("Bea", "x@y.local")}` }, async (session, { a, b }) => {
      const [diagnostic, ...others] = await session.diagnostics(a);
      assert.deepEqual(others, []);
      assert.equal(diagnostic!.code, "duplicate-userprincipalname");
      assert.match(String(diagnostic!.message), /CN=Bob/);
      const start = { line: 7, character: 19 };
      assert.deepEqual(diagnostic!.relatedInformation, [
        {
          location: { uri: b, range: { start, end: { ...start, character: 34 } } },
          message: "CN=Bob,DC=contoso,DC=com: userPrincipalName lee@contoso.com",
        },
      ]);
      assert.equal(session.latest(b), undefined);
      const { checked } = await session.until("the status", () => session.statuses.find((one) => one.checked));
      assert.deepEqual(checked!.together, ["b.ldf"]);
    }),
  );

  test(
    "reads the others in their own encoding",
    inFolder(
      { a: lee("Zoë", "zoë@contoso.com"), b: Buffer.from(`\ufeff${lee("Zoé", "zoë@contoso.com")}`, "utf16le") },
      async (session, { a }) => {
        const [diagnostic] = await session.diagnostics(a);
        assert.match(String(diagnostic!.message), /CN=Zoé/);
      },
    ),
  );

  test(
    "is told of references to what does not synchronize in the others",
    inFolder(
      {
        a: user("Ann", "manager: CN=Krbtgt,DC=contoso,DC=com"),
        b: user("Krbtgt", "isCriticalSystemObject: TRUE"),
      },
      (session, { a }) => untilRules(session, a, "reference-to-object-out-of-scope"),
      { ...only(...RULES, "scope-critical-system-object") },
    ),
  );

  test(
    "is checked alone where the setting does not name it, or is not there",
    inFolder({ b: lee("Bob"), settings: '{ "checkedTogether": ["b.ldf", "c.ldf"] }' }, async (session, uris) => {
      assert.deepEqual(await session.diagnostics(uris.a), []);
      await session.open(uris.settings, "{}", "jsonc");
      await session.open(uris.b, lee("Bob"));
      assert.deepEqual(await session.diagnostics(uris.b), []);
    }),
  );

  test(
    "is found by the settings of the editor, too",
    inFolder(
      { b: lee("Bob"), settings: "" },
      (session, { a }) => untilRules(session, a, "duplicate-userprincipalname"),
      {
        ...configuration,
        checkedTogether: ["A.ldf", "b.ldf"],
      },
    ),
  );

  test(
    "is checked again when another one changes in the editor, saved or not",
    inFolder({ b: "" }, async (session, { a, b }) => {
      await untilRules(session, a, "");
      await session.open(b, lee("Bob"));
      await untilRules(session, a, "duplicate-userprincipalname");
      await untilRules(session, b, "duplicate-userprincipalname");
      const { version } = session.documents.get(a)!;
      await session.replace(b, lee("Bob", "bob@contoso.com"));
      await untilRules(session, a, "");
      assert.equal(session.documents.get(a)!.version, version);
      await session.replace(b, lee("Bob"));
      await untilRules(session, a, "duplicate-userprincipalname");
      await session.close(b);
      await untilRules(session, a, "");
    }),
  );

  test(
    "is checked again when another one changes on disk, comes or goes",
    inFolder({ b: lee("Bob") }, async (session, { a, b, settings }) => {
      await untilRules(session, a, "duplicate-userprincipalname");
      writeFileSync(new URL(b), lee("Bob", "bob@contoso.com"));
      await changedOnDisk(session, b);
      await untilRules(session, a, "");
      unlinkSync(new URL(b));
      await changedOnDisk(session, b);
      await session.until("a problem", () => problemsOf(session, settings)?.length === 1);
      writeFileSync(new URL(b), lee("Bob"));
      await changedOnDisk(session, b);
      await untilRules(session, a, "duplicate-userprincipalname");
      assert.deepEqual(problemsOf(session, settings), []);
    }),
  );

  test(
    "is fixed only with what none of the others has",
    inFolder({ a: lee("Ann", "lee@contoso.local"), b: lee("Bob") }, async (session, { a, b }) => {
      await session.diagnostics(a);
      const fixes = async () => {
        const range = rangeOfText(session.documents.get(a)!, "contoso.local");
        return (await session.actions(a, range)).filter(
          ({ edit, title }) => edit !== undefined && /contoso\.com/.test(title),
        );
      };
      assert.deepEqual(await fixes(), []);
      const record = 0;
      const value = session.text(a).indexOf("lee@");
      const target = {
        uri: a,
        version: 1,
        rule: "upn-domain-not-routable",
        record,
        attribute: "userPrincipalName",
        value,
      };
      const params = { target, text: "lee@contoso.com" };
      assert.deepEqual(await session.connection.sendRequest("syncready/checkNewValue", params), {
        message: "CN=Bob,DC=contoso,DC=com holds this value already",
      });
      await session.open(b, lee("Bob", "bob@contoso.com"));
      assert.equal((await fixes()).length, 1);
    }),
  );

  test(
    "that is missing is told in the settings file, at its name",
    inFolder({}, async (session, { a, b, settings }) => {
      assert.deepEqual(await session.diagnostics(a), []);
      const problem = ['1:31 There is no file "b.ldf" beside this one'];
      assert.deepEqual(problemsOf(session, settings), problem);
      await session.open(settings, TOGETHER.replace('"b.ldf"', '  "b.ldf"'), "jsonc");
      await session.until("the new place", () => problemsOf(session, settings)?.[0]?.startsWith("1:33"));
      writeFileSync(new URL(b), lee("Bob"));
      await session.replace(settings, TOGETHER);
      await session.until("no problem", () => problemsOf(session, settings)?.length === 0);
      await untilRules(session, a, "duplicate-userprincipalname");
    }),
  );
});

test("An export is read for others once, until it or the settings change", async () => {
  const readings: string[] = [];
  const warnings: string[] = [];
  const onDisk = new Map([["file:///b.ldf", { text: lee("Bob"), stamp: "1" }]]);
  const host = {
    fileState: async (uri: string) => {
      const stamp = onDisk.get(uri)?.stamp;
      return stamp === undefined ? undefined : { stamp, size: 1 };
    },
    readFile: async (uri: string) => {
      readings.push(uri);
      return { text: onDisk.get(uri)!.text, hash: "" };
    },
  };
  const companions = new Companions(host, (message) => warnings.push(message));
  let version: number | undefined;
  const open = (uri: string) => (version === undefined ? undefined : { uri, version, text: () => lee("Bea") });
  const uris = ["file:///b.ldf", "file:///c.ldf"];
  const read = async (settings = DEFAULT_SETTINGS) => (await companions.read(uris, settings, open))[0];

  const first = await read();
  assert.equal(await read(), first);
  assert.deepEqual(readings, ["file:///b.ldf"]);
  assert.deepEqual(warnings, ["file:///c.ldf is not checked together with others: there is no such file"]);

  onDisk.set("file:///b.ldf", { text: lee("Bob"), stamp: "2" });
  const second = await read();
  assert.notEqual(second, first);
  assert.notEqual(await read({ ...DEFAULT_SETTINGS, profile: "cloudSync" }), second);
  assert.equal(readings.length, 3);

  version = 1;
  const opened = await read();
  assert.equal(await read(), opened);
  version = 2;
  assert.notEqual(await read(), opened);
  assert.equal(readings.length, 3);
});
