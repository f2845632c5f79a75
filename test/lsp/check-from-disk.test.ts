import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, type Diagnostic } from "vscode-languageserver-protocol/node";
import { file, START, user } from "./exports.ts";
import { checkExport, disk, LARGE, large, rules, shown, WRONG } from "./from-disk.ts";

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
