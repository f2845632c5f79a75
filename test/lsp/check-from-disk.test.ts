import assert from "node:assert/strict";
import { appendFileSync, closeSync, mkdirSync, openSync, rmSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, type Diagnostic } from "vscode-languageserver-protocol/node";
import type { CheckedFromDisk } from "../../server/lsp/protocol.ts";
import { file, only, type Session, type SessionOptions, START, user, withFolder, withSession } from "./session.ts";

const options = { checksFromDisk: true };
const configuration = only("upn-domain-not-routable", "duplicate-userprincipalname", "displayname-missing");
const WRONG = (name: string) => user(name, `userPrincipalName: ${name.toLowerCase()}@contoso.local`);

/** Bytes: the check is not over before somebody has seen that it runs. */
const LARGE = 8e6;

/** A session and a folder that are gone afterwards. */
function disk(work: (session: Session, folder: string) => Promise<void>, settings: SessionOptions = {}) {
  return () =>
    withFolder((folder) => withSession({ options, configuration, ...settings }, (session) => work(session, folder))());
}

function checkExport(session: Session, ...uris: readonly string[]): Promise<CheckedFromDisk | null> {
  return session.command("syncready.checkExport", ...uris) as Promise<CheckedFromDisk | null>;
}

function rules(diagnostics: readonly Diagnostic[] | undefined): unknown[] {
  return (diagnostics ?? []).map(({ code }) => code);
}

/** What the editor shows now, by file; files without diagnostics are left out. */
function shown(session: Session): Record<string, number> {
  const latest = new Map(session.published.map(({ uri, diagnostics }) => [uri, diagnostics.length]));
  return Object.fromEntries([...latest].filter(([, count]) => count > 0));
}

/** Writes an export of many users of whom each has the same finding, until it has so many bytes. */
function large(folder: string, name: string, bytes: number): { readonly uri: string; readonly users: number } {
  const path = join(folder, name);
  const target = openSync(path, "w");
  let users = 0;
  for (let written = 0; written < bytes; ) {
    const text = Array.from({ length: 500 }, () => WRONG(`U${users++}`)).join("");
    written += writeSync(target, text);
  }
  closeSync(target);
  return { uri: pathToFileURL(path).href, users };
}

describe("An export is checked from disk", () => {
  test(
    "as it is checked when it is open",
    disk(async (session, folder) => {
      const text = ["Ann", "Ben"].map((name) => user(name, "userPrincipalName: x@contoso.local")).join("");
      const uri = file(
        folder,
        "a.ldf",
        Buffer.from(`\ufeff${user("Ünal").replace("displayName: Ünal\n", "")}${text}`, "utf16le"),
      );
      const answer = await checkExport(session, uri);
      const fromDisk = session.latest(uri);
      assert.deepEqual(answer, {
        files: 1,
        entries: 3,
        errors: 2,
        warnings: 2,
        others: 1,
        accepted: 0,
        notShown: 0,
        failures: [],
      });
      await session.open(uri, `${user("Ünal").replace("displayName: Ünal\n", "")}${text}`);
      const opened = await session.diagnostics(uri);
      const plain = ({ data: _, relatedInformation, ...one }: Diagnostic) => ({
        ...one,
        related: relatedInformation?.map(({ location }) => location),
      });
      const byRule = (one: Diagnostic, other: Diagnostic) =>
        one.range.start.line - other.range.start.line || (`${one.code}` < `${other.code}` ? -1 : 1);
      assert.deepEqual([...fromDisk!].sort(byRule).map(plain), opened.sort(byRule).map(plain));
    }),
  );

  test(
    "by the settings and the baseline beside it, and together with the exports that they name",
    disk(async (session, folder) => {
      const uri = file(folder, "a.ldf", WRONG("Ann") + WRONG("Ben") + user("Cleo", "userPrincipalName: x@contoso.com"));
      file(folder, "b.ldf", user("Dan", "userPrincipalName: x@contoso.com") + WRONG("Eve"));
      file(
        folder,
        ".syncready.json",
        '{ "checkedTogether": ["a.ldf", "b.ldf"], "rules": { "upn-domain-not-routable": "error" } }',
      );
      const row =
        '{ "rule": "upn-domain-not-routable", "dn": "CN=Ann,DC=contoso,DC=com", "attribute": "userPrincipalName", "value": "VALUE", "reason": "" }';
      const value = await import("../../server/core/index.ts").then(({ findingIdentity, readLdif, RULES }) => {
        const entry = readLdif(WRONG("Ann"))[0]!.entry!;
        const [upn] = entry.values("userprincipalname");
        const rule = RULES.find(({ id }) => id === "upn-domain-not-routable")!;
        const finding = {
          rule,
          severity: "error" as const,
          message: "",
          entry,
          attribute: "userPrincipalName",
          value: upn!,
          span: upn!.span,
        };
        return findingIdentity(finding, "a.ldf").value!;
      });
      file(folder, ".syncready-baseline.json", `{ "accepted": [${row.replace("VALUE", value)}] }`);
      const answer = await checkExport(session, uri);
      assert.deepEqual(rules(session.latest(uri)), ["upn-domain-not-routable", "duplicate-userprincipalname"]);
      assert.equal(session.latest(uri)![0]!.severity, 1);
      assert.deepEqual([answer!.accepted, answer!.files], [1, 1]);
      const [related] = session.latest(uri)![1]!.relatedInformation!;
      assert.equal(related!.location.uri, pathToFileURL(join(folder, "b.ldf")).href);
      assert.deepEqual(Object.keys(shown(session)), [uri]);
    }),
  );

  test(
    "and of too many findings the most severe are shown, wherever they stand",
    disk(async (session, folder) => {
      const many = Array.from({ length: 1200 }, (_, n) => WRONG(`U${n}`)).join("");
      const twice = user("D1", "userPrincipalName: d@contoso.com") + user("D2", "userPrincipalName: d@contoso.com");
      const uri = file(folder, "a.ldf", many + twice);
      const answer = await checkExport(session, uri);
      const diagnostics = session.latest(uri)!;
      assert.equal(diagnostics.length, 1000);
      assert.equal(diagnostics[0]!.message, "203 more findings are not shown here; the command line lists them all");
      assert.deepEqual(diagnostics[0]!.range, START);
      assert.deepEqual(rules(diagnostics.slice(1, 3)), Array(2).fill("duplicate-userprincipalname"));
      assert.equal(answer?.notShown, 203);
      assert.match(
        session.messages.at(-1)!,
        /^a\.ldf: 2 errors, 1,200 warnings, 0 other findings in 1,202 entries\. 203 findings are not in the list; .*syncready check/,
      );
    }),
  );

  test(
    "and findings come while it is read, with progress in bytes and entries that only grows",
    disk(async (session, folder) => {
      const { uri, users } = large(folder, "large.ldf", LARGE);
      const answer = await checkExport(session, uri);
      assert.equal(answer?.warnings, users);
      assert.equal(answer?.notShown, users - 999);
      assert.ok(session.published.filter((one) => one.uri === uri).length >= 2);
      const [begin, ...reports] = session.progress.map(({ value }) => value);
      assert.deepEqual(begin, {
        kind: "begin",
        title: "Checking large.ldf",
        cancellable: true,
        percentage: 0,
        message: "",
      });
      assert.equal(reports.pop()?.kind, "end");
      const percentages = reports.map((one) => (one as { percentage: number }).percentage);
      assert.ok(percentages.length >= 3, `${percentages}`);
      assert.deepEqual(
        percentages,
        [...percentages].sort((one, other) => one - other),
      );
      const texts = reports.map((one) => (one as { message: string }).message);
      assert.ok(
        texts.some((text) => /^[\d.]+ MB of 8\.\d MB, [\d,]+ entries: large\.ldf$/.test(text)),
        texts.join("\n"),
      );
    }),
  );

  test(
    "and the editor's own documents are checked meanwhile",
    disk(async (session, folder) => {
      const { uri } = large(folder, "large.ldf", LARGE);
      let isChecking = true;
      const checking = checkExport(session, uri).finally(() => {
        isChecking = false;
      });
      await session.until("progress", () => session.progress.length > 1);
      await session.open("untitled:small.ldf", WRONG("Ann"));
      assert.deepEqual(rules(await session.diagnostics("untitled:small.ldf")), ["upn-domain-not-routable"]);
      assert.ok(isChecking);
      await checking;
    }),
  );

  test(
    "which is one line of many megabytes",
    disk(async (session, folder) => {
      const text = Buffer.alloc(30e6, "x");
      text.write("dn: CN=Ann,DC=contoso,DC=com\nobjectClass: user\ndescription: ");
      const uri = file(folder, "line.ldf", text);
      const answer = await checkExport(session, uri);
      assert.deepEqual([answer?.files, answer?.entries], [1, 1]);
    }),
  );
});

describe("A check from disk is given up", () => {
  const moments = [0, 1, 2, 3, 4];
  for (const count of moments) {
    test(
      `after ${count} messages of progress, and leaves nothing behind`,
      disk(async (session, folder) => {
        const { uri } = large(folder, "large.ldf", LARGE);
        const source = new CancellationTokenSource();
        const params = { command: "syncready.checkExport", arguments: [uri] };
        let isOver = false;
        const answer = session.connection.sendRequest("workspace/executeCommand", params, source.token).finally(() => {
          isOver = true;
        });
        await session.until("progress", () => isOver || session.progress.length >= count);
        assert.ok(!isOver);
        source.cancel();
        assert.equal(await answer.catch(() => null), null);
        assert.deepEqual(shown(session), {});
        const before = session.published.length;
        // What is sent after this was not held back by the check.
        await session.open("untitled:small.ldf", WRONG("Ann"));
        await session.diagnostics("untitled:small.ldf");
        assert.ok(session.published.slice(before).every((one) => one.uri !== uri));
        assert.equal(session.progress.at(-1)?.value.kind ?? "end", "end");
      }),
    );
  }

  test(
    "by the button of the progress that the server has made",
    disk(async (session, folder) => {
      const answer = checkExport(session, large(folder, "large.ldf", LARGE).uri);
      const { token } = await session.until("progress", () => session.progress[1]);
      await session.connection.sendNotification("window/workDoneProgress/cancel", { token });
      assert.equal(await answer, null);
      assert.deepEqual(shown(session), {});
    }),
  );

  test(
    "when the same export is checked again",
    disk(async (session, folder) => {
      const { uri, users } = large(folder, "large.ldf", LARGE);
      const first = checkExport(session, uri);
      await session.until("progress", () => session.progress.length > 1);
      const second = await checkExport(session, uri);
      assert.equal(await first, null);
      assert.equal(second?.warnings, users);
      assert.deepEqual(shown(session), { [uri]: 1000 });
    }),
  );
});

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
