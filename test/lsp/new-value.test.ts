import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ValueTarget } from "../../server/lsp/protocol.ts";
import { only, START, user } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

describe("A new value that is typed", () => {
  const configuration = only("upn-domain-not-routable", "duplicate-userprincipalname", "displayname-missing");
  const options = { typesNewValues: true, ownCommands: true };
  const before = user("Jane", "userPrincipalName: jane@contoso.local") + user("Jack");

  const check = async (session: Session, target: ValueTarget, text: string) => {
    const answer = (await session.connection.sendRequest("syncready/checkNewValue", { target, text })) as {
      message: string;
    } | null;
    return answer?.message;
  };
  const target = async (session: Session, text: string, place: string, title = "Type a new value...") => {
    await session.open(uri, text);
    const { command } = await session.offered(uri, place, title);
    assert.equal(command?.command, "syncready.typeNewValue");
    return command.arguments![0] as ValueTarget;
  };

  test(
    "is refused while a rule or another entry has something against it",
    withSession({ configuration, options }, async (session) => {
      const place = await target(session, before, "contoso.local");
      assert.equal(place.current, "jane@contoso.local");
      assert.match((await check(session, place, "jane@fabrikam.local"))!, /fabrikam\.local/);
      assert.equal(
        await check(session, place, "JACK@contoso.com"),
        "CN=Jack,DC=contoso,DC=com holds this value already",
      );
      assert.equal(await check(session, place, ""), "An entry holds no empty value");
      assert.equal(await check(session, place, "jane@contoso.com"), undefined);
      await session.change(uri, [{ range: START, newText: "# a\n" }]);
      assert.equal(await check(session, place, "jane@contoso.com"), "The export has changed meanwhile");
      assert.equal(await session.command("syncready.setValue", place, "x@contoso.com"), false);
    }),
  );

  test(
    "is refused where it is the duplicate that is to be settled",
    withSession({ configuration, options }, async (session) => {
      const place = await target(session, user("Jane", "userPrincipalName: jack@contoso.com") + user("Jack"), "jack@");
      assert.match((await check(session, place, "Jack@contoso.com"))!, /holds this value already/);
      assert.equal(await check(session, place, "jane@contoso.com"), undefined);
    }),
  );

  test(
    "takes the place of the old one",
    withSession({ configuration, options }, async (session) => {
      const place = await target(session, before, "contoso.local");
      assert.equal(await session.command("syncready.setValue", place, "jäne@contoso.com"), true);
      assert.equal(
        session.text(uri),
        before.replace("userPrincipalName: jane@contoso.local", `userPrincipalName:: ${base64("jäne@contoso.com")}`),
      );
    }),
  );

  test(
    "is added where there was none",
    withSession({ configuration, options }, async (session) => {
      const text = before.replace("displayName: Jane\n", "");
      const place = await target(session, text, "CN=Jane", "Type a value for displayName...");
      assert.equal(await session.command("syncready.setValue", place, "Jane Doe"), true);
      assert.equal(session.text(uri), text.replace("local\n\n", "local\ndisplayName: Jane Doe\n\n"));
    }),
  );

  test(
    "is not offered to clients that cannot ask for it",
    withSession({ configuration }, async (session) => {
      await session.open(uri, before);
      assert.ok(!(await session.titles(uri, "contoso.local")).some((title) => title.startsWith("Type")));
    }),
  );
});
