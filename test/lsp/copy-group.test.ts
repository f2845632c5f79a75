import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RecordTarget } from "../../server/lsp/protocol.ts";
import { file, only, rangeOfText, user, withFolder } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const configuration = only("scope-critical-system-object", "reference-to-object-out-of-scope");
const TITLE = "Create a synchronizing copy of this group";

const JANE = "CN=Jane,DC=contoso,DC=com";
const group = (name: string, ...lines: readonly string[]) =>
  [
    `dn: CN=${name},CN=Users,DC=contoso,DC=com`,
    "objectClass: top",
    "objectClass: group",
    `sAMAccountName: ${name}`,
    "groupType: -2147483646",
    "isCriticalSystemObject: TRUE",
    ...lines,
    "",
    "",
  ].join("\n");
const admins = group("Domain Admins", `member: ${JANE}`);
const copied = [
  group("Domain Admins", `member: ${JANE}`, "member: CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com"),
  "dn: CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com\n",
  "objectClass: top\nobjectClass: group\n",
  "cn: Domain Admins (synchronized)\nsAMAccountName: Domain Admins (synchronized)\n",
  "displayName: Domain Admins (synchronized)\n",
  "description: Synchronizing copy of the built-in group Domain Admins\n",
  `groupType: -2147483646\nmember: ${JANE}\n\n`,
].join("");
const critical = user("Jane", "isCriticalSystemObject: TRUE");

async function run(session: Session, place: string, title = TITLE): Promise<unknown> {
  const { command } = await session.offered(uri, place, title);
  return session.command(command!.command, ...(command!.arguments ?? []));
}

describe("The copy of a built-in group", () => {
  test(
    "stands in the export, and its notes are shown where a person wants that",
    withSession(
      { configuration, options: { showsText: true }, choose: (_, actions) => actions[0] },
      async (session) => {
        await session.open(uri, admins + critical);
        assert.equal(await run(session, "TRUE"), true);
        assert.equal(session.text(uri), copied + critical);
        const { title, text } = await session.until("the notes", () => session.texts[0]);
        assert.equal(title, "Domain Admins (synchronized): what to know");
        assert.match(text, /^Copy of CN=Domain Admins,CN=Users,DC=contoso,DC=com\n\n\* The copy stands in CN=Users/);
        assert.match(text, /\* Missing from the copy in Entra ID[^\n]*: 1 member\n {4}CN=Jane,DC=contoso,DC=com\n$/);
        assert.deepEqual(session.messages, [
          "Domain Admins (synchronized) is in untitled:export.ldf now, a global security group with 1 member.",
        ]);
      },
    ),
  );

  test(
    "is told in one message to a client that shows no texts, with all that there is to know",
    withSession({ configuration }, async (session) => {
      await session.open(uri, admins + user("Jane"));
      assert.equal(await run(session, "TRUE"), true);
      const message = await session.until("the message", () => session.messages[0]);
      assert.match(message, /^Domain Admins \(synchronized\) is in untitled:export\.ldf now.* protect it as well\.$/);
    }),
  );

  test(
    "is one of the group that is meant, where there are several",
    withSession({ configuration }, async (session) => {
      await session.open(uri, group("Key Admins", `member: ${JANE}`) + admins + user("Jane"));
      const document = session.documents.get(uri)!;
      const end = document.positionAt(document.getText().length);
      const actions = await session.actions(uri, { start: { line: 0, character: 0 }, end });
      const titles = actions.map(({ title }) => title).filter((title) => title.startsWith("Create"));
      assert.deepEqual(
        titles,
        ["Key Admins", "Domain Admins"].map(
          (name) => `Create a synchronizing copy of CN=${name},CN=Users,DC=contoso,DC=com`,
        ),
      );
      const { command } = actions.find(({ title }) => title.includes("CN=Domain Admins"))!;
      assert.equal(await session.command(command!.command, ...command!.arguments!), true);
      assert.equal(session.text(uri), group("Key Admins", `member: ${JANE}`) + copied + user("Jane"));
    }),
  );

  test(
    "names members that another export shows, if they are checked together",
    withSession({ configuration: { ...configuration, checkedTogether: ["a.ldf", "b.ldf"] } }, (session) =>
      withFolder(async (folder) => {
        file(folder, "b.ldf", critical);
        const path = file(folder, "a.ldf", admins);
        await session.open(path, admins);
        const { command } = await session.offered(path, "TRUE", TITLE);
        assert.equal(await session.command(command!.command, ...command!.arguments!), true);
        const message = await session.until("the message", () => session.messages[0]);
        assert.match(message, /Missing from the copy in Entra ID, not being synchronized themselves: 1 member\.$/);
        assert.doesNotMatch(message, /Not in the export/);
      }),
    ),
  );
});

describe("No copy is made", () => {
  const refused: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
    "of a part of the members": [
      admins.replace("member:", "member;range=0-1499:"),
      /^CN=Domain Admins,CN=Users,DC=contoso,DC=com shows only a part of its members .*: export all of them\.$/,
    ],
    "a second time": [copied, /has a synchronizing copy already: CN=Domain Admins \(synchronized\),CN=Users/],
  };
  for (const [name, [text, message]] of Object.entries(refused)) {
    test(
      `${name}, and the reason is said`,
      withSession({ configuration }, async (session) => {
        await session.open(uri, text + user("Jane"));
        assert.equal(await run(session, "TRUE"), false);
        assert.match(session.messages[0]!, message);
        assert.equal(session.text(uri), text + user("Jane"));
      }),
    );
  }

  test(
    "where the export has changed meanwhile",
    withSession({ configuration }, async (session) => {
      await session.open(uri, admins + user("Jane"));
      const { command } = await session.offered(uri, "TRUE", TITLE);
      await session.change(uri, [
        { range: rangeOfText(session.documents.get(uri)!, "displayName: Jane"), newText: "displayName: J" },
      ]);
      const before = session.text(uri);
      const [target] = command!.arguments as [RecordTarget];
      assert.equal(await session.command(command!.command, target), false);
      // Nor at a place where no group begins.
      assert.equal(
        await session.command(command!.command, { ...target, version: target.version + 1, record: 1 }),
        false,
      );
      assert.equal(session.text(uri), before);
      assert.deepEqual(session.messages, Array(2).fill("No copy was made, because the export has changed meanwhile."));
    }),
  );

  const others: Readonly<Record<string, readonly [name: string, text: string, place: string]>> = {
    "of a user": ["a.ldf", critical, "TRUE"],
    "in a table that has no column for members": [
      "a.csv",
      'DN,objectClass,sAMAccountName,groupType,isCriticalSystemObject\n"CN=G,DC=contoso,DC=com",group,G,2,TRUE\n',
      "TRUE",
    ],
    "in a copy of ldp's details pane": [
      "a.txt",
      "Expanding base 'CN=G,DC=contoso,DC=com'...\nGetting 1 entries:\nDn: CN=G,DC=contoso,DC=com\nobjectClass (2): top; group; \nisCriticalSystemObject: TRUE; \nsAMAccountName: G; \n",
      "TRUE",
    ],
  };
  for (const [name, [fileName, text, place]] of Object.entries(others)) {
    test(
      `${name}, and none is offered`,
      withSession({ configuration }, async (session) => {
        const other = `untitled:${fileName}`;
        await session.open(other, text, fileName.endsWith(".txt") ? "plaintext" : undefined);
        assert.deepEqual(await session.found(other), ["scope-critical-system-object TRUE"]);
        const titles = await session.titles(other, place);
        assert.deepEqual(
          titles.filter((title) => title.startsWith("Create")),
          [],
        );
      }),
    );
  }
});

test(
  "In a table the copy is a row behind the group's",
  withSession({ configuration }, async (session) => {
    const table = "untitled:export.csv";
    const rows = [
      "DN,objectClass,sAMAccountName,groupType,member,isCriticalSystemObject",
      `"CN=Domain Admins,CN=Users,DC=contoso,DC=com",group,Domain Admins,-2147483646,"${JANE}",TRUE`,
      `"${JANE}",user,jane,,,`,
      "",
    ];
    await session.open(table, rows.join("\r\n"));
    const { command } = await session.offered(table, "TRUE", TITLE);
    assert.equal(await session.command(command!.command, ...command!.arguments!), true);
    const dn = "CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com";
    rows[1] = rows[1]!.replace(JANE, `${JANE};${dn}`);
    rows.splice(2, 0, `"${dn}",group,Domain Admins (synchronized),-2147483646,"${JANE}",`);
    assert.equal(session.text(table), rows.join("\r\n"));
  }),
);
