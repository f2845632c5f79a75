import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClientCapabilities, Hover, MarkupContent, Position } from "vscode-languageserver-protocol/node";
import { RULES, rulePage } from "../../server/core/index.ts";
import { only, user } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const RULE = RULES.find(({ id }) => id === "upn-domain-not-routable")!;
const PAGE = `https://github.com/syncready/syncready/blob/main/docs/rules/${RULE.id}.md`;
const configuration = only(RULE.id, "scope-samaccountname-support-account", "displayname-outer-whitespace");
const capabilities: ClientCapabilities = {
  workspace: { configuration: true },
  textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } },
};
const options = { opensRulePages: true };

function hoverAt(session: Session, position: Position): Promise<Hover | null> {
  return session.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
}

/** The hover at a text of a user who has the given lines. */
async function hoverOver(session: Session, text: string, ...lines: string[]): Promise<Hover | null> {
  await session.open(uri, user("Jane", ...lines));
  const document = session.documents.get(uri)!;
  return hoverAt(session, document.positionAt(document.getText().indexOf(text) + 1));
}

describe("The hover over a finding", () => {
  const line = "userPrincipalName: jane@contoso.local";
  const firstParagraph = RULE.why.split("\n\n")[0]!;

  test(
    "says what the rule is about, and leads to its page",
    withSession({ configuration, capabilities }, async (session) => {
      const hover = await hoverOver(session, "contoso.local", line);
      const { kind, value } = hover!.contents as MarkupContent;
      assert.equal(kind, "markdown");
      assert.deepEqual(value.split("\n\n---\n\n")[0]!.split("\n\n"), [
        "**The suffix of the user principal name is not routable**",
        "The object synchronizes, with another value than the directory has.",
        firstParagraph,
        `[The page of rule ${RULE.id}](${PAGE})`,
      ]);
      assert.equal(session.documents.get(uri)!.getText(hover!.range), "contoso.local");
    }),
  );

  test(
    "leads to the page without a network, where the editor can open it",
    withSession({ configuration, capabilities, options }, async (session) => {
      const hover = await hoverOver(session, "contoso.local", line);
      const { value } = hover!.contents as MarkupContent;
      assert.ok(value.split("\n\n---")[0]!.endsWith(`(command:syncready.openRulePage?%5B%22${RULE.id}%22%5D)`), value);
      const [diagnostic] = await session.diagnostics(uri);
      assert.equal(diagnostic!.codeDescription!.href, `syncready-rule:/${RULE.id}.md`);
    }),
  );

  test(
    "is plain where the editor shows no Markdown",
    withSession({ configuration, capabilities: { workspace: { configuration: true } } }, async (session) => {
      const hover = await hoverOver(session, "contoso.local", line);
      const { kind, value } = hover!.contents as MarkupContent;
      assert.equal(kind, "plaintext");
      assert.deepEqual(value.split("\n").slice(0, 2), [
        "The suffix of the user principal name is not routable",
        "The object synchronizes, with another value than the directory has.",
      ]);
      assert.equal(value.split("\n\n")[0]!.split("\n").at(-1), PAGE);
    }),
  );

  test(
    "tells each rule once, and no effect where there is none",
    withSession({ configuration, capabilities }, async (session) => {
      await session.open(uri, user("Jane", "displayName:: IHgg"));
      const { value } = (await hoverAt(session, { line: 5, character: 15 }))!.contents as MarkupContent;
      assert.deepEqual(value.match(/^\*\*display.*\*\*$/gm), ["**displayName begins or ends with white space**"]);
      assert.doesNotMatch(value, /None/);
    }),
  );

  test(
    "escapes what Markdown would take for markup",
    withSession({ configuration, capabilities }, async (session) => {
      const hover = await hoverOver(session, "SUPPORT", "sAMAccountName: SUPPORT_388945a0");
      assert.match((hover!.contents as MarkupContent).value, /^\*\*The account is SUPPORT\\_388945a0\*\*\n/);
    }),
  );

  test(
    "is none elsewhere, and none in a document that is not open",
    withSession({ configuration, capabilities }, async (session) => {
      assert.equal(await hoverOver(session, "# about", "# about Jane", line), null);
      assert.equal(await hoverAt(session, { line: 8, character: 0 }), null);
      await session.close(uri);
      await session.until("the end", () => session.latest(uri)?.length === 0);
      assert.equal(await hoverAt(session, { line: 0, character: 0 }), null);
    }),
  );
});

test(
  "The page of a rule comes from the server",
  withSession({}, async (session) => {
    const page = (id: unknown) => session.connection.sendRequest("syncready/rulePage", { id });
    assert.deepEqual(await page(RULE.id), { text: rulePage(RULE) });
    for (const id of ["no-such-rule", 7, undefined]) assert.equal(await page(id), null);
  }),
);
