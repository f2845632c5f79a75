import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ChangeAnnotation, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { only, START, user } from "./exports.ts";
import { type Session, type SessionOptions, withSession } from "./session.ts";

const uri = "untitled:export.ldf";

const configuration = {
  ...only(
    "proxyaddresses-no-primary",
    "displayname-missing",
    "upn-domain-not-routable",
    "upn-whitespace-or-invisible",
    "upn-non-ascii-characters",
  ),
  domainReplacements: { "contoso.local": "contoso.com" },
};

const text = [
  user("Ann", "proxyAddresses: smtp:ann@contoso.com"),
  user("Ben", "userPrincipalName: ben@contoso.local"),
  user("Cleo", "userPrincipalName: cl eo@contoso.local", "proxyAddresses: smtp:cleo@contoso.com"),
  user("Dan").replace("displayName: Dan\n", ""),
].join("");

interface Shown {
  readonly rules: string;
  readonly annotation: ChangeAnnotation;
  readonly changes: readonly (readonly [before: string, after: string])[];
}

/** What a person is shown: the groups in their order, each with what its edits change. */
function shown(session: Session, edit: WorkspaceEdit, of = uri): Shown[] {
  const [{ edits, textDocument }] = edit.documentChanges as [TextDocumentEdit];
  const document = session.documents.get(of)!;
  assert.equal(textDocument.version, document.version);
  return Object.entries(edit.changeAnnotations!).map(([rules, annotation]) => ({
    rules,
    annotation,
    changes: edits
      .filter((one) => "annotationId" in one && one.annotationId === rules)
      .map((one) => [document.getText(one.range), "newText" in one ? one.newText : ""] as const),
  }));
}

/** Opens a text and has its fixes reviewed by an editor that keeps the edit to itself. */
async function reviewed(session: Session, before: string, of = uri): Promise<Shown[]> {
  await session.open(of, before);
  await session.command("syncready.reviewFixes", of);
  assert.equal(session.edits.length, 1);
  return shown(session, session.edits[0]!, of);
}

const REVIEWING: SessionOptions = { configuration, discardsEdits: true };

describe("Review All Fixes", () => {
  test(
    "shows the fixes by rule, and asks for those that a person must look at",
    withSession(REVIEWING, async (session) => {
      const groups = await reviewed(session, text);
      assert.deepEqual(
        groups.map(({ rules, changes, annotation }) => [rules, annotation.needsConfirmation, changes]),
        [
          [
            "safe proxyaddresses-no-primary",
            false,
            [
              [": smtp:ann@contoso.com", ": SMTP:ann@contoso.com"],
              [": smtp:cleo@contoso.com", ": SMTP:cleo@contoso.com"],
            ],
          ],
          ["review upn-domain-not-routable", true, [[": ben@contoso.local", ": ben@contoso.com"]]],
          [
            "review upn-domain-not-routable,upn-whitespace-or-invisible",
            true,
            [[": cl eo@contoso.local", ": cleo@contoso.com"]],
          ],
          ["safe displayname-missing", false, [["", "displayName: Dan\n"]]],
        ],
      );
      assert.deepEqual(
        groups.map(({ annotation }) => annotation.label),
        [
          "There is no primary address: 2 changes",
          "The suffix of the user principal name is not routable: 1 change to review",
          "upn-domain-not-routable + upn-whitespace-or-invisible: 1 change to review",
          "displayName is missing: 1 change",
        ],
      );
      for (const { annotation } of groups) assert.doesNotMatch(annotation.description!, /\n/);
      assert.match(groups[0]!.annotation.description!, /^proxyaddresses-no-primary: The primary SMTP address is/);
    }),
  );

  test(
    "makes what is taken, and says how many fixes that are",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      assert.equal(await session.command("syncready.reviewFixes", uri), 6);
      const after = text
        .replaceAll("smtp:", "SMTP:")
        .replaceAll("contoso.local", "contoso.com")
        .replace("cl eo", "cleo")
        .replace("sAMAccountName: dan\nuserPrincipalName: dan@contoso.com\n", "$&displayName: Dan\n");
      assert.equal(session.text(uri), after);
      assert.equal(await session.command("syncready.reviewFixes", uri), 0);
      assert.deepEqual(session.messages, ["No finding in this file has a fix."]);
    }),
  );

  test(
    "answers nothing where a person takes none",
    withSession(REVIEWING, async (session) => {
      await session.open(uri, text);
      assert.equal(await session.command("syncready.reviewFixes", uri), null);
      assert.equal(session.text(uri), text);
    }),
  );

  test(
    "shows the safe ones, too, where there are no others",
    withSession(REVIEWING, async (session) => {
      const [group, ...others] = await reviewed(session, user("Ann", "proxyAddresses: smtp:ann@contoso.com"));
      assert.deepEqual(others, []);
      assert.equal(group!.annotation.needsConfirmation, true);
      assert.equal(group!.annotation.label, "There is no primary address: 1 change");
    }),
  );

  test(
    "gives no two entries the same new value",
    withSession(REVIEWING, async (session) => {
      const groups = await reviewed(
        session,
        user("Ann", "userPrincipalName: x@contoso.local") +
          user("Ben", "userPrincipalName: x@contoso.local") +
          user("Cleo", "userPrincipalName: c@contoso.local"),
      );
      assert.deepEqual(
        groups.flatMap(({ changes }) => changes),
        [[": c@contoso.local", ": c@contoso.com"]],
      );
    }),
  );

  test(
    "shows no more than an editor can, and says how many there are",
    withSession(REVIEWING, async (session) => {
      const twice = Array.from({ length: 2501 }, (_, at) =>
        user(`U${at}`, `proxyAddresses: smtp:u${at}@contoso.com`, `userPrincipalName: u${at}@contoso.local`),
      );
      const one = user("One", "proxyAddresses: smtp:one@contoso.com");
      const groups = await reviewed(session, [one, ...twice].join(""));
      // The last entry that has room for one of its two changes has none of them here.
      assert.deepEqual(
        groups.map(({ changes }) => changes.length),
        [2500, 2499],
      );
      assert.deepEqual(session.messages, [
        "These are the first 4,999 of 5,003 changes; review all fixes again for the others.",
      ]);
    }),
  );

  test(
    "makes the safe fixes only where a client cannot show what is to be done",
    withSession({ configuration, capabilities: { workspace: { configuration: true } } }, async (session) => {
      await session.open(uri, text);
      assert.equal(await session.command("syncready.reviewFixes", uri), 4);
      const after = session.text(uri);
      assert.ok(after.includes("SMTP:cleo") && after.includes("cleo@contoso.local"));
      const kinds = (await session.actions(uri, START, ["source"])).map(({ kind }) => kind);
      assert.ok(!kinds.includes("source.reviewFixes.syncready"));
    }),
  );

  test(
    "is a source action, where anything has a fix",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      const [action, ...others] = await session.actions(uri, START, ["source.reviewFixes"]);
      assert.deepEqual(others, []);
      assert.deepEqual(action!.command, {
        title: "Review All Fixes...",
        command: "syncready.reviewFixes",
        arguments: [uri],
      });
      await session.replace(uri, user("Ann"));
      assert.deepEqual(await session.actions(uri, START, ["source.reviewFixes"]), []);
    }),
  );
});
