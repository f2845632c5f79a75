import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SelectionRange } from "vscode-languageserver-protocol/node";
import { ENCODED_DN, EXPORT, NAVIGATION, placeOf, textAt } from "./navigation.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";

/** The texts that a selection grows through at places. */
async function selections(session: Session, at: string, ...places: string[]): Promise<string[][]> {
  const positions = places.map((place) => placeOf(session, at, place));
  const params = { textDocument: { uri: at }, positions };
  const found = await session.connection.sendRequest<SelectionRange[]>("textDocument/selectionRange", params);
  return found.map((one) => {
    const texts: string[] = [];
    for (let range: SelectionRange | undefined = one; range; range = range.parent)
      texts.push(textAt(session, at, range.range));
    return texts;
  });
}

/** The entry that begins so. */
function entry(head: string): string {
  return EXPORT.slice(EXPORT.indexOf(head)).split("\r\n\r\n", 1)[0]!;
}

describe("A selection grows", () => {
  const dn = "CN=Jane Doe,OU=Sta\r\n ff,DC=contoso,DC=com";
  const team = entry("dn: CN=Team");
  const jane = entry("dn: CN=Jane");
  const rows: readonly (readonly [title: string, place: string, expected: readonly string[]])[] = [
    ["from a part of a DN", "member: CN=Ja|ne", ["Jane Doe", "CN=Jane Doe", dn, `member: ${dn}`, team]],
    ["over a fold", "\n f|f,DC", ["Sta\r\n ff", "OU=Sta\r\n ff", dn, `member: ${dn}`, team]],
    [
      "through an address that is folded",
      "SMTP:ja|ne@con",
      [
        "jane",
        "jane@con\r\n toso.com",
        "SMTP:jane@con\r\n toso.com",
        "proxyAddresses: SMTP:jane@con\r\n toso.com",
        jane,
      ],
    ],
    [
      "from a domain",
      "userPrincipalName: jane@c|o",
      ["contoso.com", "jane@contoso.com", "userPrincipalName: jane@contoso.com", jane],
    ],
    ["behind a character beyond U+FFFF", "😀 b|efore", ["😀 before", "description: 😀 before", team]],
    ["from a description", "des|cription", ["description: 😀 before", team]],
    ["from a comment", "# The t|eam", ["# The team"]],
  ];
  for (const [title, place, expected] of rows) {
    test(
      title,
      withSession({ capabilities: NAVIGATION }, async (session) => {
        await session.open(uri, EXPORT);
        assert.deepEqual(await selections(session, uri, place), [[...expected, EXPORT]]);
      }),
    );
  }

  test(
    "through base64, to those of its characters that hold the bits",
    withSession({ capabilities: NAVIGATION }, async (session) => {
      await session.open(uri, EXPORT);
      const [found] = await selections(session, uri, `dn:: ${ENCODED_DN.slice(0, 6)}|`);
      const plain = (source: string) => Buffer.from(source.replace(/\r\n /g, ""), "base64").toString();
      assert.deepEqual(found!.slice(2), [ENCODED_DN, `dn:: ${ENCODED_DN}`, entry("dn:: "), EXPORT]);
      // The RDN begins where the value does, so that what holds its bits can be read by itself.
      assert.match(plain(found![1]!), /^CN=Jürgen 😀/u);
      assert.ok(found![1]!.endsWith(found![0]!), JSON.stringify(found));
    }),
  );

  test(
    "at several places at once, in tables and panes",
    withSession({ capabilities: NAVIGATION }, async (session) => {
      const table = 'DN,member\r\n"CN=T,DC=x","CN=A,DC=x;CN=😀,DC=x"\r\n';
      await session.open("untitled:t.csv", table);
      const row = '"CN=T,DC=x","CN=A,DC=x;CN=😀,DC=x"';
      assert.deepEqual(await selections(session, "untitled:t.csv", "CN=|T", "DN,|member"), [
        ["T", "CN=T", "CN=T,DC=x", row, table],
        ["DN,member", table],
      ]);
      const pane = "Dn: CN=J,DC=x\nmail: 😀@x.com; \n\n-----------\n";
      await session.open("untitled:p.txt", pane);
      assert.deepEqual((await selections(session, "untitled:p.txt", "@x|.com"))[0]!.slice(0, 3), [
        "x.com",
        "😀@x.com",
        "mail: 😀@x.com; ",
      ]);
    }),
  );
});
