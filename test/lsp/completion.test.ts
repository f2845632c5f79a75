import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClientCapabilities, CompletionItem, CompletionList, TextEdit } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { user } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const DN = "dn: CN=Jane,DC=contoso,DC=com\n";
const MODIFY = `${DN}changetype: modify\n`;

/** What is offered at `|`. */
async function offered(session: Session, marked: string): Promise<CompletionList> {
  const text = marked.replace("|", "");
  if (session.documents.has(uri)) await session.replace(uri, text);
  else await session.open(uri, text);
  const position = session.documents.get(uri)!.positionAt(marked.indexOf("|"));
  const params = { textDocument: { uri }, position };
  const list = await session.connection.sendRequest<CompletionList | null>("textDocument/completion", params);
  return list ?? { isIncomplete: false, items: [] };
}

async function labels(session: Session, marked: string): Promise<string[]> {
  const { items } = await offered(session, marked);
  return items
    .sort((one, other) => ((one.sortText ?? one.label) < (other.sortText ?? other.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** The text after one of the items has been taken. */
async function taken(session: Session, marked: string, label: string): Promise<string> {
  const { items } = await offered(session, marked);
  const item = items.find((one) => one.label === label) as CompletionItem;
  assert.ok(item, `${label} is not offered, only ${items.map((one) => one.label).join(", ")}`);
  return TextDocument.applyEdits(session.documents.get(uri)!, [item.textEdit as TextEdit]);
}

describe("At the beginning of a line are offered", () => {
  test(
    "attributes, with what the schema says of them",
    withSession({}, async (session) => {
      const { items, isIncomplete } = await offered(session, `${DN}sn: Doe\nmanag|\n`);
      assert.equal(isIncomplete, false);
      const manager = items.find(({ label }) => label === "manager")!;
      assert.equal(manager.detail, "DN, single-valued, forward link");
      assert.equal(await taken(session, `${DN}sn: Doe\nmanag|\n`, "manager"), `${DN}sn: Doe\nmanager: \n`);
      assert.equal(await taken(session, `${DN}Manag|: x\n`, "manager"), `${DN}manager: x\n`);
      assert.equal(await taken(session, `${DN}thumb|\n`, "thumbnailPhoto"), `${DN}thumbnailPhoto:: \n`);
      assert.deepEqual((await labels(session, `${DN}proxyad|`)).slice(0, 1), ["proxyAddresses"]);
      assert.ok((await labels(session, `${DN}upn|`)).includes("userPrincipalName"));
    }),
  );

  test(
    "none that the entry has and that take a single value",
    withSession({}, async (session) => {
      const has = async (text: string, label: string) => (await labels(session, text)).includes(label);
      assert.ok(await has(`${DN}sn: x\nma|\n`, "mail"));
      assert.ok(!(await has(`${DN}mail: x@contoso.com\nma|\n`, "mail")));
      assert.ok(!(await has(`${DN}ma|\nMAIL: x@contoso.com\n`, "mail")));
      assert.ok(await has(`${DN}ma|il: x@contoso.com\n`, "mail"));
      assert.ok(await has(`${DN}proxyAddresses: smtp:x\nproxy|\n`, "proxyAddresses"));
    }),
  );

  test(
    "none that objects of the entry's class cannot have",
    withSession({}, async (session) => {
      const has = async (objectClass: string, label: string) =>
        (await labels(session, `${DN}objectClass: top\nobjectClass: ${objectClass}\n${label.slice(0, 5)}|\n`)).includes(
          label,
        );
      assert.deepEqual([await has("group", "groupType"), await has("user", "groupType")], [true, false]);
      assert.deepEqual([await has("group", "givenName"), await has("user", "givenName")], [false, true]);
      assert.ok(await has("user", "mailNickname"));
      assert.ok(await has("fabrikamRobot", "givenName"));
    }),
  );

  test(
    "many at once, and the others when more is typed; what nobody can write comes last",
    withSession({}, async (session) => {
      const { items, isIncomplete } = await offered(session, `${DN}sn: Doe\n|\n`);
      assert.deepEqual([items.length, isIncomplete], [200, true]);
      assert.ok(items.slice(0, 20).some(({ label }) => label === "proxyAddresses"));
      assert.equal((await labels(session, `${DN}whenCr|`))[0], "whenCreated");
      const [first, ...others] = await labels(session, `${DN}member|`);
      assert.equal(first, "member");
      assert.ok(others.indexOf("memberOf") > others.indexOf("memberUid"));
    }),
  );

  test(
    "behind a DN also the change type, and new records where there is no entry",
    withSession({}, async (session) => {
      assert.equal((await labels(session, `${DN}|`))[0], "changetype");
      assert.equal(await taken(session, `${DN}|`, "changetype"), `${DN}changetype: `);
      const records = ["An entry", "changetype: add", "changetype: delete", "changetype: modify", "changetype: modrdn"];
      for (const marked of ["|", "|\n\n", `${DN}sn: x\n\n|`, `${DN}sn: x\n\nd|\n`]) {
        assert.deepEqual((await labels(session, marked)).sort(), records, marked);
      }
      assert.equal(
        await taken(session, "|", "changetype: delete"),
        "dn: CN=Jane Doe,OU=Staff,DC=contoso,DC=com\nchangetype: delete\n\n",
      );
    }),
  );

  test(
    "what a record of changes is made of",
    withSession({}, async (session) => {
      assert.deepEqual((await labels(session, `${MODIFY}|\n`)).sort(), ["add:", "delete:", "replace:"]);
      assert.deepEqual(await labels(session, `${MODIFY}add: mail\n|\n`), ["mail", "-"]);
      assert.deepEqual((await labels(session, `${MODIFY}add: mail\nmail: x\n-\n|\n`)).sort(), [
        "add:",
        "delete:",
        "replace:",
      ]);
      assert.equal(
        await taken(session, `${MODIFY}a|\n`, "add:"),
        `${MODIFY}add: proxyAddresses\nproxyAddresses: value\n-\n\n`,
      );
      assert.deepEqual(await labels(session, `${DN}changetype: modrdn\n|`), ["newrdn", "deleteoldrdn", "newsuperior"]);
      assert.deepEqual(await labels(session, `${DN}changetype: modrdn\nnewrdn: CN=x\n|`), [
        "deleteoldrdn",
        "newsuperior",
      ]);
      assert.deepEqual(await labels(session, `${DN}changetype: delete\n|`), []);
    }),
  );
});

const snippets: ClientCapabilities = {
  workspace: { configuration: true },
  textDocument: { completion: { completionItem: { snippetSupport: true } } },
};

test(
  "New records have placeholders where the editor fills them in",
  withSession({ capabilities: snippets }, async (session) => {
    const { items } = await offered(session, "|");
    const modify = items.find(({ label }) => label === "changetype: modify")!;
    assert.equal(modify.insertTextFormat, 2);
    assert.match((modify.textEdit as TextEdit).newText, /^dn: \$\{1:.*\nadd: \$2\n\$2: \$\{4:new value\}\n-\n\$0\n$/s);
  }),
);

test(
  "An editor that has snippets of its own is offered no new records",
  withSession({ options: { ownSnippets: true } }, async (session) => {
    assert.deepEqual(await labels(session, "|"), []);
    assert.deepEqual((await labels(session, `${MODIFY}|\n`)).sort(), ["add:", "delete:", "replace:"]);
  }),
);

describe("In a value are offered", () => {
  test(
    "the words that there are for it",
    withSession({}, async (session) => {
      assert.deepEqual(await labels(session, `${DN}changetype: |\n`), ["add", "modify", "modrdn", "delete"]);
      assert.equal(await taken(session, `${DN}changetype:|\n`, "modify"), `${DN}changetype: modify\n`);
      assert.deepEqual(await labels(session, `${DN}changetype: modrdn\ndeleteoldrdn: |`), ["1", "0"]);
      assert.deepEqual(await labels(session, `${DN}msExchHideFromAddressLists: |\n`), ["TRUE", "FALSE"]);
      assert.equal(
        await taken(session, `${DN}msExchHideFromAddressLists: tr|u\n`, "TRUE"),
        `${DN}msExchHideFromAddressLists: TRUE\n`,
      );
      assert.equal(await taken(session, `${MODIFY}add: proxy|\n`, "proxyAddresses"), `${MODIFY}add: proxyAddresses\n`);
      assert.deepEqual(await labels(session, `${DN}description: t|\n`), []);
    }),
  );

  const configuration = { verifiedDomains: ["fabrikam.com"], initialDomain: "fabrikam.onmicrosoft.com" };

  test(
    "behind an @ the verified domains, and those of the export by their number",
    withSession({ configuration }, async (session) => {
      const others =
        user("Ann", "mail: ann@contoso.com") +
        user("Bob", "mail: bob@litware.com", "proxyAddresses: smtp:bob@contoso.com");
      const expected = ["fabrikam.com", "fabrikam.onmicrosoft.com", "contoso.com", "litware.com"];
      assert.deepEqual(await labels(session, `${others}${DN}mail: jane@|\n`), expected);
      const address = `${others}${DN}proxyAddresses: smtp:jane@con|tos\n`;
      assert.equal(await taken(session, address, "contoso.com"), address.replace("con|tos", "contoso.com"));
      const folded = `${others}${DN.replace("\n", "\r\n")}mail: 😀jane@|\r\n com\r\n`;
      assert.deepEqual(await labels(session, folded), expected);
      assert.deepEqual(await labels(session, `${others}${DN}description: jane@|\n`), []);
      assert.deepEqual(await labels(session, `${others}${DN}mail:: jane@|\n`), []);
      assert.deepEqual(await labels(session, `${others}${DN}mail: jane|\n`), []);
    }),
  );

  test(
    "DNs of the export that contain what is typed, so many at once",
    withSession({}, async (session) => {
      const others = `${user("Ann")}# Bob\ndn: CN=Bob,\n  OU=Staff,DC=contoso,DC=com\ncn: Bob\n\ndn:: Q049SsO8cmdlbixEQz14\ncn: J\n\n`;
      const found = await labels(session, `${others}${DN}manager: |\n`);
      const staff = "CN=Bob, OU=Staff,DC=contoso,DC=com";
      assert.deepEqual(
        found.sort(),
        ["CN=Ann,DC=contoso,DC=com", staff, "CN=Jane,DC=contoso,DC=com", "CN=Jürgen,DC=x"].sort(),
      );
      assert.deepEqual(await labels(session, `${others}${DN}member: ou=st|\n`), [staff]);
      assert.equal(
        await taken(session, `${others}${DN}member: ann|\n`, "CN=Ann,DC=contoso,DC=com"),
        `${others}${DN}member: CN=Ann,DC=contoso,DC=com\n`,
      );
      const safe = await taken(session, `${others}${DN}member: jür|\n`, "CN=Jürgen,DC=x");
      assert.equal(safe, `${others}${DN}member:: Q049SsO8cmdlbixEQz14\n`);
      assert.ok((await labels(session, `${others}${DN}changetype: modrdn\nnewsuperior: ou=|`)).includes(staff));
      assert.deepEqual(await labels(session, `${others}${DN}member: CN=\n A|\n`), []);
      assert.deepEqual(await labels(session, `${others}${DN}member: (.*|\n`), []);
      const many = Array.from({ length: 300 }, (_, n) => user(`U${n}`)).join("");
      const { items, isIncomplete } = await offered(session, `${many}${DN}member: |\n`);
      assert.deepEqual([items.length, isIncomplete], [100, true]);
      assert.deepEqual(await labels(session, `${many}${DN}member: cn=u299|\n`), ["CN=U299,DC=contoso,DC=com"]);
    }),
  );
});

test(
  "Nothing is offered in comments, in continued lines, in tables, and where nothing is open",
  withSession({}, async (session) => {
    assert.deepEqual(await labels(session, `# m|\n${DN}sn: x\n`), []);
    assert.deepEqual(await labels(session, `${DN}sn: x\n m|\n`), []);
    const table = "untitled:export.csv";
    await session.open(table, 'DN,objectClass,mail\r\n"CN=Jane,DC=contoso,DC=com",user,\r\n');
    for (const other of [table, "untitled:nothing.ldf"]) {
      const params = { textDocument: { uri: other }, position: { line: 1, character: 0 } };
      assert.equal(await session.connection.sendRequest("textDocument/completion", params), null);
    }
  }),
);
