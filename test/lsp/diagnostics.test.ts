import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import { only, rangeOfText, START, user } from "./exports.ts";
import { expectMarked, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const SETTINGS = only(
  "upn-domain-not-routable",
  "displayname-missing",
  "duplicate-smtp-address",
  "duplicate-userprincipalname",
);
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

describe("Ranges are exact", () => {
  const upn = base64("jane@contoso.local");
  const rows: Readonly<Record<string, string>> = {
    "in a plain value": user("Jane", "userPrincipalName: jane@«contoso.local»"),
    "in a value that is folded in the middle of it": user("Jane", "userPrincipalName: jane@«cont\n oso.lo\n cal»"),
    "with CRLF": user("Jane", "userPrincipalName: jane@«cont\n oso.local»").replaceAll("\n", "\r\n"),
    "in base64": user("Jane", `userPrincipalName:: ${upn.slice(0, 6)}«${upn.slice(6)}»`),
    "in folded base64": user(
      "Jane",
      `userPrincipalName:: ${upn.slice(0, 4)}\n ${upn.slice(4, 6)}«${upn.slice(6, 9)}\n ${upn.slice(9)}»`,
    ),
    "behind characters outside the first plane": user(
      "Jane",
      "description: 😀😀",
      "userPrincipalName: 😀@«contoso.local»",
    ),
    "behind a carriage return that ends no line in LDIF": user(
      "Jane",
      "description: a\rb",
      "userPrincipalName: jane@«contoso.local»",
    ),
    "at the DN where a value is missing": `${user("Ann")}${user("Jane").replace("displayName: Jane\n", "").replace("dn: CN=Jane,DC=contoso,DC=com", "dn: «CN=Jane,DC=contoso,DC=com»")}`,
  };
  for (const [name, marked] of Object.entries(rows)) {
    test(
      name,
      withSession({ configuration: SETTINGS }, async (session) => {
        await expectMarked(session, uri, marked);
      }),
    );
  }
});

test(
  "A diagnostic says which rule it is and where its page is, and holds nothing that an edit elsewhere would change",
  withSession({ configuration: SETTINGS }, async (session) => {
    const [diagnostic] = await expectMarked(session, uri, user("Jane", "userPrincipalName: jane@«contoso.local»"));
    assert.equal(diagnostic!.code, "upn-domain-not-routable");
    assert.equal(diagnostic!.source, "syncready");
    assert.equal(
      diagnostic!.codeDescription?.href,
      "https://github.com/syncready/syncready/blob/main/docs/rules/upn-domain-not-routable.md",
    );
    assert.deepEqual(Object.keys(diagnostic!).sort(), [
      "code",
      "codeDescription",
      "message",
      "range",
      "severity",
      "source",
    ]);
  }),
);

test(
  "Diagnostics are sent again only when they have changed",
  withSession({ configuration: SETTINGS }, async (session) => {
    const jane = user("Jane", "userPrincipalName: jane@contoso.local", "proxyAddresses: smtp:x@contoso.com");
    await session.open(uri, user("Ann", "description: a") + jane + user("Ben", "proxyAddresses: smtp:x@contoso.com"));
    const before = await session.diagnostics(uri);
    assert.deepEqual(before.map(({ code }) => code).sort(), [
      "duplicate-smtp-address",
      "duplicate-smtp-address",
      "upn-domain-not-routable",
    ]);
    const insert = async (place: string, newText: string) => {
      const { start } = rangeOfText(session.documents.get(uri)!, place);
      const sent = session.published.length;
      await session.change(uri, [{ range: { start, end: start }, newText }]);
      const diagnostics = await session.diagnostics(uri);
      return { diagnostics, times: session.published.length - sent };
    };
    // In another entry, and in one that has findings before the place and holders of its value elsewhere.
    assert.deepEqual(await insert("description: a", "x"), { diagnostics: before, times: 0 });
    assert.deepEqual(await insert("objectClass: user\ncn: Jane", "description: x\n").then(({ times }) => times), 1);
    const moved = await insert("dn: CN=Ann", "# comment\n");
    assert.equal(moved.times, 1);
    const lines = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ range }) => range.start.line);
    assert.deepEqual(
      lines(moved.diagnostics),
      lines(before).map((line) => line + 2),
    );
    for (const [index, { relatedInformation = [] }] of moved.diagnostics.entries()) {
      const own = before[index]!.relatedInformation ?? [];
      assert.deepEqual(
        relatedInformation.map(({ location }) => location.range.start.line),
        own.map(({ location }) => location.range.start.line + 2),
      );
    }
    assert.equal((await insert("contoso.local", "x")).times, 1);
  }),
);

test(
  "Every holder of a duplicate names all the others",
  withSession({ configuration: SETTINGS }, async (session) => {
    const text = ["Ann", "Ben", "Cleo"]
      .map((name) =>
        user(name, `proxyAddresses: SMTP:${name.toLowerCase()}@contoso.com`, "proxyAddresses: «smtp:x@contoso.com»"),
      )
      .join("# a\r comment\n");
    const diagnostics = await expectMarked(session, uri, text);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      Array(3).fill("duplicate-smtp-address"),
    );
    for (const [index, { relatedInformation = [] }] of diagnostics.entries()) {
      const others = diagnostics.filter((_, at) => at !== index);
      assert.deepEqual(
        relatedInformation.map(({ location }) => location),
        others.map(({ range }) => ({ uri, range })),
      );
    }
    assert.equal(
      diagnostics[0]!.relatedInformation![0]!.message,
      "CN=Ben,DC=contoso,DC=com: proxyAddresses smtp:x@contoso.com",
    );
  }),
);

test(
  "At most 1000 diagnostics are published, errors first, and one of them counts the rest",
  withSession({ configuration: SETTINGS }, async (session) => {
    const many = Array.from({ length: 1200 }, (_, n) => user(`U${n}`, `userPrincipalName: u${n}@contoso.local`));
    const duplicates = [user("D1", "userPrincipalName: d@contoso.com"), user("D2", "userPrincipalName: d@contoso.com")];
    await session.open(uri, [...many, ...duplicates].join(""));
    const diagnostics = await session.diagnostics(uri);
    assert.equal(diagnostics.length, 1000);
    assert.equal(diagnostics[0]!.message, "203 more findings are not shown here; the command line lists them all");
    assert.deepEqual(diagnostics[0]!.range, START);
    assert.equal(diagnostics.filter(({ code }) => code === "duplicate-userprincipalname").length, 2);
  }),
);

test(
  "A text that changes while it is checked is never told about in its old state",
  withSession({ configuration: SETTINGS }, async (session) => {
    const many = Array.from({ length: 4000 }, (_, n) => user(`U${n}`)).join("");
    await session.open(uri, many);
    for (let n = 0; n < 20; n++) {
      await session.change(uri, [{ range: START, newText: user(`New${n}`, `userPrincipalName: n${n}@contoso.local`) }]);
      await new Promise((resolve) => setTimeout(resolve, n * 5));
    }
    assert.equal((await session.diagnostics(uri)).length, 20);
    const document = session.documents.get(uri)!;
    const last = session.published.at(-1)!;
    assert.equal(last.version, document.version);
    for (const { version, diagnostics } of session.published) {
      assert.equal(diagnostics.length, version! - 1, `version ${version}`);
    }
  }),
);

test(
  "A document whose language is changed keeps its diagnostics; a closed one loses them",
  withSession({ configuration: SETTINGS }, async (session) => {
    await session.open(uri, user("Jane", "userPrincipalName: jane@contoso.local"));
    assert.equal((await session.diagnostics(uri)).length, 1);
    await session.close(uri);
    await session.open(uri, user("Jane", "userPrincipalName: jane@contoso.local"));
    await new Promise((resolve) => setTimeout(resolve, 900));
    assert.ok(session.published.every(({ diagnostics }) => diagnostics.length === 1));
    await session.close(uri);
    await session.until("empty diagnostics", () => session.published.at(-1)!.diagnostics.length === 0);
  }),
);

test(
  "A copy of ldp's details pane in a document of the language LDIF is read as such, also while it becomes one",
  withSession({ configuration: only("upn-domain-not-routable", "proxyaddresses-no-primary") }, async (session) => {
    const pane =
      "Dn: CN=Jane,DC=contoso,DC=com\nobjectClass (2): top; user; \nproxyAddresses: smtp:jane@contoso.com; \n";
    await session.open("untitled:Untitled-1", pane);
    const [first] = await session.diagnostics("untitled:Untitled-1");
    assert.deepEqual(first?.range, { start: { line: 2, character: 16 }, end: { line: 2, character: 20 } });
    const action = await session.offered("untitled:Untitled-1", "smtp", "Make it the primary address");
    await session.apply(action.edit!);
    assert.equal(session.text("untitled:Untitled-1"), pane.replace("smtp:", "SMTP:"));
    const end = { line: 3, character: 0 };
    const other =
      ">> Dn: CN=Joe,DC=contoso,DC=com\n\t2> objectClass: top; user; \n\t1> userPrincipalName: joe@contoso.local; \n";
    await session.change("untitled:Untitled-1", [{ range: { start: end, end }, newText: other }]);
    const found = await session.diagnostics("untitled:Untitled-1");
    assert.deepEqual(
      found.map(({ code, range }) => [code, range]),
      [["upn-domain-not-routable", { start: { line: 5, character: 27 }, end: { line: 5, character: 40 } }]],
    );
    // Without its first attribute the first object is none that ldp has written; the second one still is.
    const head = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    await session.change("untitled:Untitled-1", [{ range: head, newText: "Some notes\n" }]);
    assert.equal((await session.diagnostics("untitled:Untitled-1"))[0]?.range.start.line, 3);
  }),
);

test(
  "The status tells that a check runs, and what it found",
  withSession({ options: { showsStatus: true }, configuration: SETTINGS }, async (session) => {
    await session.open(uri, user("Jane", "userPrincipalName: jane@contoso.local"));
    const { checked } = await session.until("the status", () => session.statuses.find((one) => one.checked));
    const { milliseconds, ...counts } = checked!;
    assert.ok(milliseconds >= 0);
    assert.deepEqual(counts, { profile: "connect", entries: 1, errors: 0, warnings: 1, others: 0, accepted: 0 });
    assert.deepEqual(session.statuses[0], { uri });
  }),
);
