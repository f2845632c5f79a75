import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { IDFIX_HEADER } from "../../server/core/index.ts";
import type { WrittenModifyFile } from "../../server/lsp/protocol.ts";
import { file, only, rangeOfText, withFolder } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const row = (name: string, attribute: string, value: string, update: string, action: string) =>
  `"CN=${name},DC=contoso,DC=com",${name},user,${attribute},Character,${value},${update},Edit,${action}\r\n`;

const JANE = row("Jane", "userPrincipalName", "ja ne@contoso.com", "", "");
const JOE = row("Joe", "userPrincipalName", "j oe@contoso.com", "joe@contoso.com", "EDIT");

/** A list in a folder, opened. */
const opened = (text: string, work: (session: Session, uri: string, folder: string) => Promise<void>, settings = {}) =>
  withSession({ configuration: { ...only("upn-whitespace-or-invisible"), ...settings } }, (session) =>
    withFolder(async (folder) => {
      const uri = file(folder, "list.csv", IDFIX_HEADER + text);
      await session.open(uri, IDFIX_HEADER + text);
      await work(session, uri, folder);
    }),
  );

const write = (session: Session, uri: string, options = {}) =>
  session.command("syncready.writeModifyFile", uri, options) as Promise<WrittenModifyFile | null>;

describe("A list of IdFix in the editor", () => {
  test(
    "shows what is not settled: no old value of a row that says EDIT, and nothing of one that says COMPLETE",
    opened(JANE + JOE + row("Jim", "userPrincipalName", "j im@contoso.com", "", "COMPLETE"), async (session, uri) => {
      assert.deepEqual(await session.found(uri), ["upn-whitespace-or-invisible  "]);
      assert.deepEqual(
        (await session.diagnostics(uri)).map(({ range }) => range.start.line),
        [1],
      );
      await session.change(uri, [{ range: rangeOfText(session.documents.get(uri)!, "COMPLETE"), newText: "" }]);
      assert.equal((await session.found(uri)).length, 2);
    }),
  );

  test(
    "has quick fixes that write a decision beside the value",
    opened(JANE + JOE, async (session, uri) => {
      const action = await session.offered(uri, "ja ne", "Remove white space");
      await session.apply(action.edit!);
      const decided = row("Jane", "userPrincipalName", "ja ne@contoso.com", "jane@contoso.com", "EDIT");
      assert.equal(session.text(uri), IDFIX_HEADER + decided + JOE);
      assert.deepEqual(await session.found(uri), []);
    }),
  );

  test(
    "is written as the modify file of its decisions, with what undoes it",
    opened(JANE + JOE, async (session, uri) => {
      const written = await write(session, uri);
      assert.deepEqual([written?.records, written?.refusals], [1, []]);
      assert.match(
        readFileSync(new URL(written!.modifyFile), "utf8"),
        /\r\ndn: CN=Joe,.*\r\nchangetype: modify\r\ndelete: .*\r\nuserPrincipalName: j oe@contoso\.com\r\n-\r\nadd: .*\r\nuserPrincipalName: joe@contoso\.com\r\n-\r\n\r\n$/,
      );
      assert.ok(existsSync(new URL(uri.replace(".csv", ".undo.ldf"))));
    }),
  );

  test(
    "is written as it is in the editor, open or closed",
    opened(JANE + JOE, async (session, uri) => {
      const end = rangeOfText(session.documents.get(uri)!, ",,Edit,\r\n");
      await session.change(uri, [{ range: end, newText: ",jane@contoso.com,Edit,EDIT\r\n" }]);
      assert.equal((await write(session, uri))?.records, 2);
      await session.save(uri);
      await session.close(uri);
      assert.equal((await write(session, uri, { overwrite: true }))?.records, 2);
    }),
  );

  test(
    "is refused what the command line refuses, in the same words",
    opened(row("Jane", "userPrincipalName", "ja ne@contoso.com", "", "EDIT") + JOE, async (session, uri) => {
      const written = await write(session, uri);
      assert.equal(written?.records, 1);
      assert.deepEqual(written?.refusals, [
        {
          dn: "CN=Jane,DC=contoso,DC=com",
          attribute: "userPrincipalName",
          reason: "(line 2) is to be edited, but UPDATE is empty",
        },
      ]);
    }),
  );

  test(
    "gives nobody what another object has in an export that is checked together with it",
    opened(
      JOE,
      async (session, uri, folder) => {
        const holder =
          "objectClass: user\nsAMAccountName: ann\nuserAccountControl: 512\nuserPrincipalName: joe@contoso.com\n";
        file(folder, "a.ldf", `dn: CN=Ann,DC=contoso,DC=com\n${holder}`);
        assert.equal(await write(session, uri), null);
        await session.until("the message", () => session.messages.some((one) => one.startsWith("No modify file is")));
        assert.match(session.log.join("\n"), /would get "joe@contoso\.com", which "CN=Ann,DC=contoso,DC=com" holds/);
      },
      { checkedTogether: ["list.csv", "a.ldf"], rules: {} },
    ),
  );

  test(
    "in which nothing is decided is not written",
    opened(JANE, async (session, uri) => {
      assert.equal(await write(session, uri), null);
      assert.deepEqual(session.messages, ["Nothing is written, because no row of list.csv says EDIT or REMOVE."]);
    }),
  );
});
