import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TABLE_LANGUAGES } from "../../server/lsp/protocol.ts";
import { file, only, rangeOfText, START, user, withFolder } from "./exports.ts";
import { expectMarked, type Session, withSession } from "./session.ts";

const uri = "untitled:export.csv";
const configuration = only(
  "upn-domain-not-routable",
  "proxyaddresses-no-primary",
  "displayname-missing",
  "csv-row-length",
  "csv-quote-not-closed",
);

const HEADER = "DN,objectClass,cn,displayName,userPrincipalName,proxyAddresses,description\n";
const csvde = (...rows: readonly string[]) => HEADER + rows.map((row) => `${row}\n`).join("");
/** A row of csvde with what every rule wants, and these addresses. */
const row = (name: string, upn: string, addresses = "", description = "") =>
  `"CN=${name},DC=contoso,DC=com",user,${name},${name},${upn},${addresses},${description}`;

const rename = async (session: Session, from: string, to: string, of = uri) =>
  session.change(of, [{ range: rangeOfText(session.documents.get(of)!, from), newText: to }]);

describe("In a table, ranges are exact", () => {
  const rows: Readonly<Record<string, string>> = {
    "in a plain field": csvde(row("Jane", "jane@«contoso.local»")),
    "in a quoted field": csvde(row("Jane", '"jane@«contoso.local»"')),
    "behind quotes that are doubled": csvde(row("Jane", '"ja""ne@«contoso.local»"')),
    "with CRLF": csvde(row("Ann", "ann@contoso.com"), row("Jane", "jane@«contoso.local»")).replaceAll("\n", "\r\n"),
    "behind characters outside the first plane": csvde(row("😀", "😀@«contoso.local»")),
    "behind a field of several lines": csvde(`"CN=Jane,DC=contoso,DC=com",user,Jane,"Ja\nne",jane@«contoso.local»,,`),
    "at the second value of a field": csvde(row("Ann", "a@contoso.com", "x500:/o=a\\;b;«smtp»:ann@contoso.com")),
    "in bytes": csvde(
      row("Jane", `X'${Buffer.from("j@").toString("hex")}«${Buffer.from("x.local").toString("hex")}»'`),
    ),
    "at the DN where a value is missing": csvde(
      row("Ann", "ann@contoso.com"),
      `"«CN=Jane,DC=contoso,DC=com»",user,Jane,,jane@contoso.com,,`,
    ),
    "at a whole row": csvde(row("Ann", "ann@contoso.com"), "«CN=Jane,user,Jane,Jane»", row("Ben", "ben@contoso.com")),
    "of Export-Csv, at the second value of a quoted field":
      '#TYPE X\r\n"DistinguishedName","ObjectClass","EmailAddress","proxyAddresses"\r\n' +
      '"CN=Ann,DC=contoso,DC=com","user",,"X500:/o=x; «smtp»:ann@contoso.com"\r\n',
    "of Entra's users": "userPrincipalName,displayName,objectId,userType\nann@«contoso.local»,Ann,1,Member\n",
    "of a template of Entra's":
      "version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required,Block sign in (Yes/No) [accountEnabled] Required\n" +
      "Ann,ann@«contoso.local»,No\n",
    "with tabulators": "DN\tobjectClass\tuserPrincipalName\nCN=A,DC=x\tuser\ta@«b.local»\n",
  };
  for (const [name, marked] of Object.entries(rows)) {
    test(
      name,
      withSession({ configuration }, async (session) => {
        await expectMarked(session, uri, marked);
      }),
    );
  }
});

test(
  "A table is an export by its header, whatever its name and language are called",
  withSession({ configuration }, async (session) => {
    const text = csvde(row("Jane", "jane@contoso.local"));
    const documents = [
      ...TABLE_LANGUAGES.map((language) => [`untitled:Untitled-${language.length}`, language]),
      ["untitled:EXPORT.CSV", "plaintext"],
      ["untitled:export.Tsv", "plaintext"],
      ["untitled:export.txt", "ldif"],
      ["untitled:Untitled-1", "plaintext"],
      ["untitled:export.txt", "plaintext"],
    ];
    for (const [name, language] of documents) {
      await session.open(name!, text, language);
      assert.deepEqual(await session.found(name!), ["upn-domain-not-routable contoso.local"], `${name} ${language}`);
    }
    // In the same way LDIF stays LDIF where somebody has chosen it.
    await session.open("untitled:ldif.csv", user("Jane", "userPrincipalName: jane@contoso.local"), "ldif");
    assert.deepEqual(await session.found("untitled:ldif.csv"), ["upn-domain-not-routable contoso.local"]);
  }),
);

test(
  "A plain text is an export where somebody has pasted ldp's details pane",
  withSession({ configuration }, async (session) => {
    const pane =
      "Expanding base 'CN=Jane,DC=contoso,DC=com'...\nGetting 1 entries:\nDn: CN=Jane,DC=contoso,DC=com\nobjectClass (4): top; person; organizationalPerson; user; \nuserPrincipalName: jane@contoso.local; \n";
    await session.open("untitled:Untitled-2", pane, "plaintext");
    assert.deepEqual(await session.found("untitled:Untitled-2"), ["upn-domain-not-routable contoso.local"]);
    await session.change("untitled:Untitled-2", [
      { range: { start: START.start, end: { line: 5, character: 0 } }, newText: "" },
    ]);
    assert.deepEqual(await session.found("untitled:Untitled-2"), []);
  }),
);

describe("A table that is no export", () => {
  const invoices = "Date;Customer;Amount\n2026-01-01;jane@contoso.local;7\n";
  /** What has been published, once the server has had its say about a document. */
  const published = async (session: Session, own: string) => {
    const params = { textDocument: { uri: own }, position: START.start };
    assert.equal(await session.connection.sendRequest("textDocument/hover", params), null);
    return session.published;
  };

  test(
    "gets no diagnostics, no actions, no status and no original, is no matter of a watch, and may be edited and closed",
    withSession({ configuration, options: { showsStatus: true } }, (session) =>
      withFolder(async (folder) => {
        for (const [name, language] of [
          ["a.csv", "csv"],
          ["b.CSV", "plaintext"],
          ["c.txt", "csv (semicolon)"],
          ["d.txt", "plaintext"],
        ] as const) {
          const own = file(folder, name, invoices);
          await session.open(own, invoices, language);
          await rename(session, "Customer", "Client", own);
          const range = rangeOfText(session.documents.get(own)!, "contoso");
          assert.deepEqual(await session.actions(own, range), []);
          assert.deepEqual(await published(session, own), []);
          assert.equal(await session.connection.sendRequest("syncready/original", { uri: own }), null);
          await session.save(own);
          await session.close(own);
        }
        assert.deepEqual(session.published, []);
        assert.deepEqual(session.statuses, []);
        assert.deepEqual(session.watchers, []);
      }),
    ),
  );

  test(
    "becomes one while somebody types, and has diagnostics from then on",
    withSession({ configuration }, async (session) => {
      await session.open(uri, `\n${csvde(row("Jane", "jane@contoso.local"))}`);
      assert.deepEqual(await published(session, uri), []);
      await session.change(uri, [{ range: { start: START.start, end: { line: 1, character: 0 } }, newText: "" }]);
      assert.deepEqual(await session.found(uri), ["upn-domain-not-routable contoso.local"]);
      await rename(session, "contoso.local", "contoso.com");
      assert.deepEqual(await session.found(uri), []);
    }),
  );
});

describe("The header", () => {
  const text = csvde(row("Jane", "jane@contoso.local", "smtp:jane@contoso.com"), row("Ann", "ann@contoso.com"));
  const both = ["upn-domain-not-routable contoso.local", "proxyaddresses-no-primary smtp"];

  test(
    "may get other names of columns, and back again",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      assert.deepEqual(await session.found(uri), both);
      await rename(session, "userPrincipalName", "userPrincipalNam");
      assert.deepEqual(await session.found(uri), both.slice(1));
      await rename(session, "proxyAddresses", "info");
      assert.deepEqual(await session.found(uri), []);
      await rename(session, "userPrincipalNam,info", "userPrincipalName,proxyAddresses");
      assert.deepEqual(await session.found(uri), both);
    }),
  );

  test(
    "may be given another separator, with all rows",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      await rename(session, HEADER, HEADER.replaceAll(",", ";"));
      assert.ok(!(await session.found(uri)).includes(both[0]!));
      await session.replace(uri, text.replace(/,(?!DC=)/g, ";"));
      assert.deepEqual(await session.found(uri), both);
    }),
  );

  test(
    "may be deleted, which takes all findings away, and typed again",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      assert.deepEqual(await session.found(uri), both);
      await rename(session, HEADER, "");
      assert.deepEqual(await session.found(uri), []);
      assert.deepEqual(await session.actions(uri, rangeOfText(session.documents.get(uri)!, "contoso.local")), []);
      for (const [at, letter] of [...HEADER].entries()) {
        const place = { line: 0, character: at };
        await session.change(uri, [{ range: { start: place, end: place }, newText: letter }]);
      }
      assert.equal(session.text(uri), text);
      assert.deepEqual(await session.found(uri), both);
    }),
  );

  test(
    "may have lines above it",
    withSession({ configuration }, async (session) => {
      await session.open(uri, text);
      await session.change(uri, [{ range: START, newText: "sep=,\n" }]);
      assert.deepEqual(await session.found(uri), both);
      await rename(session, "sep=,\n", "");
      assert.deepEqual(await session.found(uri), both);
    }),
  );
});

test(
  "A quote that is opened is told at its field, and no more when it is closed",
  withSession({ configuration }, async (session) => {
    const rows = ["a", "b", "c"].map((name) => row(name, `${name}@contoso.local`, "", "x"));
    await session.open(uri, csvde(...rows));
    const each = Array<string>(3).fill("upn-domain-not-routable contoso.local");
    assert.deepEqual(await session.found(uri), each);
    await rename(session, "b@", '"b@');
    assert.deepEqual(await session.found(uri), [
      ...each.slice(0, 1),
      'csv-quote-not-closed "b@contoso.local',
      ...each.slice(1),
    ]);
    await rename(session, '"b@contoso.local', '"b@contoso.local"');
    assert.deepEqual(await session.found(uri), each);
  }),
);

describe("When another extension gives a table another language, which closes and opens it", () => {
  const reopened = (work: (session: Session, own: string, text: string) => Promise<void>) =>
    withSession({ configuration, options: { showsStatus: true } }, (session) =>
      withFolder(async (folder) => {
        const text = csvde(row("Jane", "jane@contoso.local"));
        const own = file(folder, "export.csv", text);
        await session.open(own, text, "csv");
        await work(session, own, text);
      }),
    );

  test(
    "its findings never go",
    reopened(async (session, own, text) => {
      assert.equal((await session.diagnostics(own)).length, 1);
      await session.close(own);
      await session.open(own, text, "csv (semicolon)");
      assert.equal((await session.diagnostics(own)).length, 1);
      await rename(session, "jane@", "jan@", own);
      assert.equal((await session.diagnostics(own)).length, 1);
      const counts = session.published.filter((one) => one.uri === own).map(({ diagnostics }) => diagnostics.length);
      assert.ok(counts.length > 0 && counts.every((count) => count === 1), counts.join());
    }),
  );

  test(
    "its original stays, also where it has been edited before",
    reopened(async (session, own, text) => {
      await rename(session, "contoso.local", "contoso.com", own);
      const edited = session.text(own);
      await session.close(own);
      await session.open(own, edited, "csv (semicolon)");
      assert.deepEqual(await session.diagnostics(own), []);
      assert.deepEqual(await session.connection.sendRequest("syncready/original", { uri: own }), { text });
    }),
  );
});
