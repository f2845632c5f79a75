import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DocumentLink, Location } from "vscode-languageserver-protocol/node";
import { file, user, withFolder } from "./exports.ts";
import {
  askAt,
  definitionAt,
  ENCODED_DN,
  EXPORT,
  encodedLine,
  highlightsAt,
  NAVIGATION,
  referencesAt,
  textAt,
} from "./navigation.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const capabilities = NAVIGATION;
const JANE = "CN=Jane Doe,OU=St\r\n aff,DC=contoso,DC=com";
const FOLDED = "CN=Jane Doe,OU=Sta\r\n ff,DC=contoso,DC=com";
/** The value of the group in base64 that names the third entry. */
const ENCODED_MEMBER = encodedLine("member", "CN=Jürgen 😀,OU=Staff,DC=contoso,DC=com", 30, "\r\n").replace(
  "member:: ",
  "",
);

function opened(work: (session: Session) => Promise<void>) {
  return withSession({ capabilities }, async (session) => {
    await session.open(uri, EXPORT);
    await work(session);
  });
}

describe("The definition of a DN", () => {
  const rows: readonly (readonly [title: string, place: string, expected: string[] | null])[] = [
    ["before a fold", "member: CN=Ja|ne", [`${FOLDED} -> ${JANE}`]],
    ["behind a fold", "\n f|f,DC", [`${FOLDED} -> ${JANE}`]],
    ["in base64", `member:: ${ENCODED_MEMBER.slice(0, 4)}|`, [`${ENCODED_MEMBER} -> ${ENCODED_DN}`]],
    ["in base64, behind a fold", `${ENCODED_MEMBER.slice(0, -3)}|`, [`${ENCODED_MEMBER} -> ${ENCODED_DN}`]],
    ["in another spelling", "managedBy: cn=jane |doe", [`cn=jane doe, OU=staff,dc=contoso,dc=com -> ${JANE}`]],
    [
      "at its last character",
      "Staff,DC=contoso,DC=com|\r\n\r\ndn: OU",
      [`CN=Jane Doe,OU=Staff,DC=contoso,DC=com -> ${JANE}`],
    ],
    ["that is the entry's own is the entry", "dn: CN=Jane |Doe", [`${JANE} -> ${JANE}`]],
    [
      "of a container is the container",
      "dn: CN=Jane Doe,OU=S|t",
      ["OU=St\r\n aff,DC=contoso,DC=com -> OU=Staff,DC=contoso,DC=com"],
    ],
    ["that is not there is none", "dn: CN=Team,OU=Gr|oups", []],
    ["is none where there is no DN", "description: 😀 be|fore", null],
    ["is none in a comment", "# The t|eam", null],
    ["is none at an attribute description", "man|agedBy", null],
  ];
  for (const [title, place, expected] of rows) {
    test(
      title,
      opened(async (session) => assert.deepEqual(await definitionAt(session, uri, place), expected)),
    );
  }

  test(
    "is found in another export where its own has no such entry, and in its own where both have it",
    opened(async (session) => {
      const other = "untitled:other.ldf";
      const text = "dn: OU=Groups,DC=contoso,DC=com\nmember: CN=Jane Doe,OU=Staff,DC=contoso,DC=com\n\n";
      await session.open(other, text);
      const groups = "OU=Groups,DC=contoso,DC=com";
      assert.deepEqual(await definitionAt(session, uri, "dn: CN=Team,OU=Gr|oups"), [`${groups} -> ${groups}`]);
      assert.deepEqual(await definitionAt(session, other, "CN=Jane| Doe"), [
        `CN=Jane Doe,OU=Staff,DC=contoso,DC=com -> ${JANE}`,
      ]);
      await session.replace(other, `${text}dn: CN=Jane Doe,OU=Staff,DC=contoso,DC=com\ncn: Jane Doe\n`);
      assert.deepEqual(await definitionAt(session, other, "CN=Jane| Doe"), [
        "CN=Jane Doe,OU=Staff,DC=contoso,DC=com -> CN=Jane Doe,OU=Staff,DC=contoso,DC=com",
      ]);
    }),
  );

  test(
    "of a change is the entry, and the change itself where there is none",
    withSession({ capabilities }, async (session) => {
      const change = "untitled:change.ldf";
      const dn = "CN=Jane,DC=contoso,DC=com";
      await session.open(change, `dn: ${dn}\nchangetype: modify\nadd: manager\nmanager: CN=Joe,DC=contoso,DC=com\n-\n`);
      assert.deepEqual(await definitionAt(session, change, "dn: CN=|Jane"), [`${dn} -> ${dn}`]);
      await session.open(uri, user("Jane") + user("Joe"));
      const [entry] = (await askAt<{ targetUri: string }[]>(
        session,
        "textDocument/definition",
        change,
        "dn: CN=|Jane",
      ))!;
      assert.equal(entry!.targetUri, uri);
      const joe = "CN=Joe,DC=contoso,DC=com";
      assert.deepEqual(await definitionAt(session, change, "manager: CN=|Joe"), [`${joe} -> ${joe}`]);
    }),
  );

  test("is found in a companion that is not open", async () => {
    await withFolder(async (folder) => {
      file(folder, ".syncready.json", '{ "checkedTogether": ["a.ldf", "b.ldf"] }');
      const a = file(folder, "a.ldf", user("Team", "member: CN=Jane,DC=contoso,DC=com"));
      const b = file(folder, "b.ldf", `version: 1\n\n${user("Jane", "manager: CN=Team,DC=contoso,DC=com")}`);
      await withSession({ capabilities }, async (session) => {
        await session.open(a, user("Team", "member: CN=Jane,DC=contoso,DC=com"));
        const [found] = (await askAt<Record<string, unknown>[]>(session, "textDocument/definition", a, "CN=J|ane"))!;
        const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 29 } };
        assert.deepEqual([found!.targetUri, found!.targetSelectionRange], [b, range]);
        const context = { includeDeclaration: true };
        const named = await askAt<Location[]>(session, "textDocument/references", a, "dn: CN=T|eam", { context });
        assert.deepEqual(
          named!.map(({ uri, range }) => [uri === a ? "a" : "b", range.start.line]),
          [
            ["a", 0],
            ["b", 8],
          ],
        );
      })();
    });
  });

  test(
    "is found in tables and in ldp's details pane",
    withSession({ capabilities }, async (session) => {
      const table =
        'DN,objectClass,member\r\n"CN=Team,DC=x",group,"CN=A,DC=x;CN=😀 B,DC=x"\r\n"CN=😀 B,DC=x",user,\r\n';
      await session.open("untitled:t.csv", table);
      assert.deepEqual(await definitionAt(session, "untitled:t.csv", "CN=😀 |B"), ["CN=😀 B,DC=x -> CN=😀 B,DC=x"]);
      const pane =
        "Dn: CN=Team,DC=x\nmember (2): CN=A,DC=x; CN=Jane,DC=x; \n\n-----------\nDn: CN=Jane,DC=x\ncn: Jane; \n";
      await session.open("untitled:p.txt", pane);
      assert.deepEqual(await definitionAt(session, "untitled:p.txt", "; CN=J|ane"), ["CN=Jane,DC=x -> CN=Jane,DC=x"]);
    }),
  );

  test(
    "is a place alone for clients that know no links",
    withSession({}, async (session) => {
      await session.open(uri, EXPORT);
      const [place] = (await askAt<Location[]>(session, "textDocument/definition", uri, "managedBy: cn=|"))!;
      assert.deepEqual(Object.keys(place!).sort(), ["range", "uri"]);
      assert.equal(textAt(session, uri, place!.range), JANE);
    }),
  );
});

describe("References", () => {
  const VALUES = [
    `6: ${FOLDED}`,
    "11: cn=jane doe, OU=staff,dc=contoso,dc=com",
    "31: CN=Jane Doe,OU=Staff,DC=contoso,DC=com",
  ];

  test(
    "are all values that name an entry, from its DN and from each of them",
    opened(async (session) => {
      for (const place of ["dn: CN=Jane D|oe", "member: C|N", "managedBy: cn=jan|e", "manager: CN=Ja|ne"]) {
        assert.deepEqual(await referencesAt(session, uri, place), VALUES, place);
      }
    }),
  );

  test(
    "have the entry's DN where it is asked for",
    opened(async (session) => {
      const all = await referencesAt(session, uri, "dn: CN=Jane D|oe", true);
      assert.deepEqual(all, [...VALUES.slice(0, 2), `14: ${JANE}`, VALUES[2]]);
    }),
  );

  test(
    "are found in base64",
    opened(async (session) => {
      assert.deepEqual(await referencesAt(session, uri, `dn:: ${ENCODED_DN.slice(0, 9)}|`), [`8: ${ENCODED_MEMBER}`]);
    }),
  );

  test(
    "are none of a text that is no DN",
    opened(async (session) => assert.equal(await referencesAt(session, uri, "cn: Jane| Doe"), null)),
  );

  test(
    "follow edits",
    opened(async (session) => {
      await session.change(uri, [
        {
          range: { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } },
          newText: "dn: CN=G\r\nmember: CN=Jane D\r\n oe,OU=Sta\r\n",
        },
      ]);
      const found = await referencesAt(session, uri, "managedBy: cn=jane| doe");
      assert.deepEqual(found?.slice(0, 2), [
        "2: CN=Jane D\r\n oe,OU=Sta\r\n ff,DC=contoso,DC=com",
        "8: cn=jane doe, OU=staff,dc=contoso,dc=com",
      ]);
    }),
  );

  test(
    "of which there are too many are cut, and that is said",
    withSession({ capabilities }, async (session) => {
      const text = `${user("Jane")}${Array.from({ length: 5001 }, (_, n) => `dn: CN=U${n}\nmanager: CN=Jane,DC=contoso,DC=com\n\n`).join("")}`;
      await session.open(uri, text);
      const found = await referencesAt(session, uri, "dn: CN=J|ane");
      assert.equal(found?.length, 5000);
      await session.until("the message", () => session.messages.length > 0);
      assert.deepEqual(session.messages, ["Only the first 5,000 of the values that name this entry are shown."]);
    }),
  );
});

describe("Links", () => {
  const links = (session: Session, at = uri) =>
    session.connection.sendRequest<DocumentLink[] | null>("textDocument/documentLink", { textDocument: { uri: at } });

  test(
    "lead from the DNs of values to the entries of the export, as these stand when they are followed",
    opened(async (session) => {
      const found = (await links(session))!;
      assert.deepEqual(
        found.map(({ range, target }) => [textAt(session, uri, range), target]),
        [
          FOLDED,
          ENCODED_MEMBER,
          "cn=jane doe, OU=staff,dc=contoso,dc=com",
          "CN=Jane Doe,OU=Staff,DC=contoso,DC=com",
        ].map((text) => [text, undefined]),
      );
      await session.change(uri, [
        { range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, newText: "" },
      ]);
      const targets = [];
      for (const link of found) {
        targets.push((await session.connection.sendRequest<DocumentLink>("documentLink/resolve", link)).target);
      }
      assert.deepEqual(targets, [`${uri}#L13,5`, `${uri}#L26,6`, `${uri}#L13,5`, `${uri}#L13,5`]);
    }),
  );

  test(
    "lead nowhere else: not to the web, to no entry that is not there, and not from an entry to itself",
    withSession({ capabilities }, async (session) => {
      const lines = [
        "wWWHomePage: https://contoso.com/",
        "url: file:///etc/passwd",
        "manager: CN=Joe,DC=contoso,DC=com",
        "distinguishedName: CN=Jane,DC=contoso,DC=com",
      ];
      await session.open(uri, user("Jane", ...lines));
      assert.deepEqual(await links(session), []);
      const strange = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };
      for (const data of [
        undefined,
        null,
        7,
        { uri: 7 },
        { uri, dn: 7 },
        { uri: "file:///x", dn: "CN=J" },
        { uri, dn: "CN=J" },
      ]) {
        const link = await session.connection.sendRequest<DocumentLink>("documentLink/resolve", { ...strange, data });
        assert.equal(link.target, undefined);
      }
    }),
  );

  test(
    "are left out of long exports",
    withSession({ capabilities }, async (session) => {
      const text = user("Jane") + user("Joe", "manager: CN=Jane,DC=contoso,DC=com", `info: ${"x".repeat(2_100_000)}`);
      await session.open(uri, text);
      assert.equal(await links(session), null);
    }),
  );
});

describe("Highlights", () => {
  const ADDRESSES = [
    "19: jane@con\r\n toso.com",
    `22: ${encodedLine("mail", "Jane@Contoso.com", 12, "\r\n").slice(7)}`,
    "25: jane@contoso.com",
  ];

  test(
    "are the places of the same address, whatever its case, its type and its encoding",
    opened(async (session) => {
      for (const place of ["SMTP:ja|ne@con", "\n t|oso.com", "mail:: |", "userPrincipalName: jane|@"]) {
        assert.deepEqual(await highlightsAt(session, uri, place), ADDRESSES, place);
      }
      assert.deepEqual(await highlightsAt(session, uri, "smtp:j|.doe"), ["21: j.doe@contoso.com"]);
    }),
  );

  test(
    "are the places of the same DN",
    opened(async (session) => {
      const expected = [
        `6: ${FOLDED}`,
        "11: cn=jane doe, OU=staff,dc=contoso,dc=com",
        `14: ${JANE}`,
        "31: CN=Jane Doe,OU=Staff,DC=contoso,DC=com",
      ];
      for (const place of ["dn: CN=Jane |Doe", "\n f|f,DC", "managedBy: c|n"]) {
        assert.deepEqual(await highlightsAt(session, uri, place), expected, place);
      }
    }),
  );

  test(
    "are left to the editor elsewhere",
    opened(async (session) => {
      for (const place of ["description: 😀 be|fore", "# The t|eam", "obj|ectClass", "cn: Ja|ne"]) {
        assert.equal(await highlightsAt(session, uri, place), null, place);
      }
    }),
  );
});
