import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeLens } from "vscode-languageserver-protocol/node";
import { user } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const settings = { initialDomain: "contoso.onmicrosoft.com" };
const configuration = { ...settings, codeLens: { addresses: true } };

/** The lenses of an export, as lines: the text that each is at, and its title. */
async function lenses(session: Session, text: string, name = uri): Promise<string[]> {
  await session.open(name, text);
  const params = { textDocument: { uri: name } };
  const found = await session.connection.sendRequest<CodeLens[]>("textDocument/codeLens", params);
  const document = session.documents.get(name)!;
  return found.map(({ range, command }) => {
    assert.equal(command?.command, "", "there is nothing to be carried out");
    return `${document.getText(range)} | ${command.title}`;
  });
}

describe("The lens above an entry", () => {
  test(
    "shows the addresses of recipients, and nothing of others",
    withSession({ configuration }, async (session) => {
      const text =
        user("Jane", "proxyAddresses: smtp:j.doe@contoso.com", "mail: jane@contoso.com") +
        "dn: OU=Staff,DC=contoso,DC=com\nobjectClass: organizationalUnit\n\n" +
        user("Support", "sAMAccountName: SUPPORT_388945a0") +
        user("Joe");
      assert.deepEqual(await lenses(session, text), [
        "CN=Jane,DC=contoso,DC=com | Exchange Online: jane@contoso.onmicrosoft.com, 2 secondary, 1 not used",
        "CN=Joe,DC=contoso,DC=com | Exchange Online: joe@contoso.com, 1 secondary",
      ]);
    }),
  );

  test(
    "stands at a DN that is folded, in base64, and between CR and LF",
    withSession({ configuration }, async (session) => {
      const dn = Buffer.from("CN=𝒥ane,DC=contoso,DC=com").toString("base64");
      const text = `# 🙂\ndn:: ${dn.slice(0, 20)}\n ${dn.slice(20)}\nobjectClass: user\nmail: jane@contoso.com\n\n`;
      assert.deepEqual(await lenses(session, text.replaceAll("\n", "\r\n")), [
        `${dn.slice(0, 20)}\r\n ${dn.slice(20)} | Exchange Online: jane@contoso.com, 1 secondary`,
      ]);
    }),
  );

  test(
    "makes no icon of what an export holds, and shows what cannot be seen",
    withSession({ configuration }, async (session) => {
      const alias = Buffer.from("$(zap)\u001b[31m").toString("base64");
      const text = user("Jane", `mailNickname:: ${alias}`, "proxyAddresses: smtp:j@contoso.com");
      const [lens] = await lenses(session, text);
      assert.ok(lens!.includes("Exchange Online: \\$(zap)<U+001B>[31m@contoso.onmicrosoft.com"), lens);
    }),
  );

  test(
    "is one of a thousand, and then it is said that there are no more",
    withSession({ configuration }, async (session) => {
      const text = Array.from({ length: 1002 }, (_, at) => user(`U${at}`)).join("");
      const found = await lenses(session, text);
      assert.equal(found.length, 1001);
      assert.equal(
        found[1000],
        "CN=U1000,DC=contoso,DC=com | The addresses of this entry and those below are in the hover only",
      );
    }),
  );

  test(
    "is there only for who wants it, and comes with the setting",
    withSession(
      {
        configuration: settings,
        capabilities: { workspace: { configuration: true, codeLens: { refreshSupport: true } } },
      },
      async (session) => {
        let refreshed = 0;
        session.connection.onRequest("workspace/codeLens/refresh", () => {
          refreshed++;
          return null;
        });
        assert.deepEqual(await lenses(session, user("Jane")), []);
        session.configuration = configuration;
        await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
        await session.until("the wish for other lenses", () => refreshed > 0);
        assert.equal((await lenses(session, user("Joe"), "untitled:other.ldf")).length, 1);
      },
    ),
  );

  test(
    "is none in a document that is no export",
    withSession({ configuration }, async (session) => {
      assert.deepEqual(await lenses(session, "Year,Sum\n2026,5\n", "untitled:invoices.csv"), []);
    }),
  );
});
