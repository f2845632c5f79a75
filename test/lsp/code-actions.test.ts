import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeAction } from "vscode-languageserver-protocol/node";
import type { ValueTarget } from "../../server/lsp/protocol.ts";
import { only, rangeOfText, type Session, START, user, withSession } from "./session.ts";

const uri = "untitled:export.ldf";

async function titles(session: Session, text: string, only?: string[]): Promise<string[]> {
  const actions = await session.actions(uri, rangeOfText(session.documents.get(uri)!, text), only);
  return actions.map(({ title }) => title);
}

/** Opens a text, takes the action with a title at a place, and answers the text afterwards. */
async function taken(session: Session, text: string, place: string, title: string): Promise<string> {
  await session.open(uri, text);
  const action = await offered(session, place, title);
  await session.apply(action.edit!);
  return session.text(uri);
}

async function offered(session: Session, place: string, title: string): Promise<CodeAction> {
  const actions = await session.actions(uri, rangeOfText(session.documents.get(uri)!, place));
  const action = actions.find((one) => one.title.startsWith(title));
  assert.ok(action, `${title} is offered, not only: ${actions.map((one) => one.title).join(" | ")}`);
  return action;
}

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

describe("The fix of a rule changes the value and nothing else", () => {
  const configuration = {
    ...only("proxyaddresses-no-primary", "displayname-missing", "upn-domain-not-routable"),
    domainReplacements: { "contoso.local": "contoso.com" },
  };
  const primary = "Make it the primary address";
  const rows: Readonly<Record<string, { before: string; place: string; title: string; after: string }>> = {
    "in a plain value": {
      before: user("Jane", "proxyAddresses: smtp:jane@contoso.com"),
      place: "smtp",
      title: primary,
      after: user("Jane", "proxyAddresses: SMTP:jane@contoso.com"),
    },
    "with CRLF": {
      before: user("Jane", "proxyAddresses: smtp:jane@contoso.com").replaceAll("\n", "\r\n"),
      place: "smtp",
      title: primary,
      after: user("Jane", "proxyAddresses: SMTP:jane@contoso.com").replaceAll("\n", "\r\n"),
    },
    "in base64": {
      before: user("Jane", `proxyAddresses:: ${base64("smtp:j@contoso.com")}`),
      place: base64("smtp:j@contoso.com").slice(0, 5),
      title: primary,
      after: user("Jane", `proxyAddresses:: ${base64("SMTP:j@contoso.com")}`),
    },
    "in a folded value, in the width that it was folded with": {
      before: user("Jane", "userPrincipalName: jane@cont\n oso.local"),
      place: "oso.local",
      title: "Change the domain",
      after: user("Jane", "userPrincipalName: jane@cont\n oso.com"),
    },
    "behind characters outside the first plane": {
      before: user("Jane", "description: 😀", "proxyAddresses: smtp:jane@contoso.com"),
      place: "smtp",
      title: primary,
      after: user("Jane", "description: 😀", "proxyAddresses: SMTP:jane@contoso.com"),
    },
    "where a value is added": {
      before: user("Ann") + user("Jane").replace("displayName: Jane\n", ""),
      place: "CN=Jane",
      title: "Set displayName to the cn, Jane",
      after: user("Ann") + user("Jane").replace("displayName: Jane\n", "").replace("\n\n", "\ndisplayName: Jane\n\n"),
    },
  };
  for (const [name, { before, place, title, after }] of Object.entries(rows)) {
    test(
      name,
      withSession({ configuration }, async (session) =>
        assert.equal(await taken(session, before, place, title), after),
      ),
    );
  }

  test(
    "and is preferred only where there is no other way",
    withSession({ configuration }, async (session) => {
      await session.open(
        uri,
        user("Ann", "proxyAddresses: smtp:ann@contoso.com") +
          user("Ben", "proxyAddresses: smtp:ben@contoso.com", "proxyAddresses: smtp:ben2@contoso.com"),
      );
      assert.equal((await offered(session, "smtp:ann", primary)).isPreferred, true);
      assert.equal((await offered(session, "smtp:ben@", primary)).isPreferred, undefined);
      const { diagnostics } = await offered(session, "smtp:ann", primary);
      assert.deepEqual(
        diagnostics?.map(({ code }) => code),
        ["proxyaddresses-no-primary"],
      );
    }),
  );
});

test(
  "A fix is not offered where another entry has what it would give",
  withSession(
    {
      configuration: {
        ...only("upn-domain-not-routable", "duplicate-userprincipalname"),
        domainReplacements: { "contoso.local": "contoso.com" },
      },
    },
    async (session) => {
      await session.open(
        uri,
        user("Jane", "userPrincipalName: jane@contoso.local") + user("Jack", "userPrincipalName: JANE@contoso.com"),
      );
      assert.ok(!(await titles(session, "contoso.local")).some((title) => title.startsWith("Change the domain")));
    },
  ),
);

test(
  "Every holder of a duplicate can be made to let go of it",
  withSession({ configuration: only("duplicate-smtp-address", "duplicate-userprincipalname") }, async (session) => {
    const ann = user(
      "Ann",
      "userPrincipalName: a@contoso.com",
      "proxyAddresses: SMTP:a@contoso.com",
      "proxyAddresses: smtp:x@contoso.com",
    );
    const ben = user(
      "Ben",
      "userPrincipalName: a@contoso.com",
      "proxyAddresses: SMTP:b@contoso.com",
      "proxyAddresses: smtp:X@contoso.com",
    );
    const remove = "Remove this value";
    assert.equal(
      await taken(session, ann + ben, "smtp:x@", remove),
      ann.replace("proxyAddresses: smtp:x@contoso.com\n", "") + ben,
    );
    await session.close(uri);
    assert.equal(
      await taken(session, ann + ben, "smtp:X@", remove),
      ann + ben.replace("proxyAddresses: smtp:X@contoso.com\n", ""),
    );
    await session.close(uri);
    await session.open(uri, ann + ben);
    assert.equal((await offered(session, "Name: a@contoso.com", remove)).title, "Remove this value: a@contoso.com");
  }),
);

describe("Fix all", () => {
  const configuration = {
    ...only("proxyaddresses-no-primary", "displayname-missing", "upn-domain-not-routable"),
    domainReplacements: { "contoso.local": "contoso.com" },
  };
  const before = [
    user("Ann", "proxyAddresses: smtp:ann@contoso.com"),
    user("Ben", "proxyAddresses: smtp:ben@contoso.com", "userPrincipalName: ben@contoso.local").replace(
      "displayName: Ben\n",
      "",
    ),
    user(
      "Cleo",
      "proxyAddresses: smtp:c1@contoso.com",
      "proxyAddresses: smtp:c2@contoso.com",
      "userPrincipalName: cleo@contoso.local",
    ),
  ].join("");
  const safe = before
    .replace("smtp:ann", "SMTP:ann")
    .replace("smtp:ben", "SMTP:ben")
    .replace("local\n\n", "local\ndisplayName: Ben\n\n");

  for (const kind of ["source.fixAll.syncready", "source.fixAll", "source", ""]) {
    test(
      `of kind "${kind}" applies the safe fixes only`,
      withSession({ configuration }, async (session) => {
        await session.open(uri, before);
        const actions = (await session.actions(uri, START, [kind])).filter((one) => one.kind !== "quickfix");
        assert.deepEqual(
          actions.map((one) => one.kind),
          ["source.fixAll.syncready"],
        );
        await session.apply(actions[0]!.edit!);
        assert.equal(session.text(uri), safe);
        assert.deepEqual(await session.actions(uri, START, ["source.fixAll"]), []);
      }),
    );
  }

  test(
    "is only offered where its kind is asked for, and quick fixes likewise",
    withSession({ configuration }, async (session) => {
      await session.open(uri, before);
      const range = rangeOfText(session.documents.get(uri)!, "smtp:ann");
      const kinds = async (only?: string[]) => [
        ...new Set((await session.actions(uri, range, only)).map((one) => one.kind)),
      ];
      assert.deepEqual(await kinds(), ["quickfix"]);
      assert.deepEqual(await kinds(["quickfix"]), ["quickfix"]);
      assert.deepEqual(await kinds(["quickfix", "source"]), ["quickfix", "source.fixAll.syncready"]);
      for (const other of [
        "refactor",
        "source.organizeImports",
        "source.fixAll.eslint",
        "source.fixAll.syncready.more",
        "quickfixes",
        "quick",
      ]) {
        assert.deepEqual(await kinds([other]), [], other);
      }
    }),
  );

  test(
    "as a command answers how many findings it fixed",
    withSession({ configuration }, async (session) => {
      await session.open(uri, before);
      assert.equal(await session.command("syncready.fixAllSafe", uri), 3);
      assert.equal(session.text(uri), safe);
      assert.equal(await session.command("syncready.fixAllSafe", uri), 0);
      assert.deepEqual(session.messages, ["Nothing in this file can be fixed without a look at it."]);
    }),
  );

  test(
    "of one rule leaves the others alone",
    withSession({ configuration }, async (session) => {
      const title = "Fix all 'proxyaddresses-no-primary' findings in this file";
      const after = await taken(session, before, "smtp:ann", title);
      assert.ok(after.includes("SMTP:ann") && after.includes("SMTP:ben") && after.includes("ben@contoso.local"));
    }),
  );

  test(
    "of one rule shows a person what needs a look",
    withSession({ configuration }, async (session) => {
      await session.open(uri, before);
      const { edit } = await offered(session, "contoso.local", "Fix all 'upn-domain-not-routable'");
      assert.deepEqual(edit!.changeAnnotations, {
        review: { label: "2 fixes of upn-domain-not-routable", needsConfirmation: true },
      });
      await session.apply(edit!);
      assert.equal(session.text(uri), before.replaceAll("contoso.local", "contoso.com"));
    }),
  );

  test(
    "gives a new value to nobody that two entries would get",
    withSession(
      {
        configuration: {
          ...configuration,
          ...only("upn-domain-not-routable", "duplicate-userprincipalname"),
          domainReplacements: { "a.local": "contoso.com", "b.local": "contoso.com" },
        },
      },
      async (session) => {
        const text =
          user("A", "userPrincipalName: x@a.local") +
          user("B", "userPrincipalName: x@b.local") +
          user("C", "userPrincipalName: c@a.local");
        const after = await taken(session, text, "a.local", "Fix all 'upn-domain-not-routable'");
        assert.equal(after, text.replace("c@a.local", "c@contoso.com"));
      },
    ),
  );

  test(
    "does not touch entries that cannot be read with certainty, nor attributes that are not exported",
    withSession({ configuration }, async (session) => {
      const text = user("Ann", "proxyAddresses: smtp:ann@contoso.com", "no colon here").replace(
        "displayName: Ann\n",
        "",
      );
      await session.open(uri, text);
      assert.deepEqual(await session.actions(uri, START, ["source.fixAll"]), []);
    }),
  );
});

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
    const { command } = await offered(session, place, title);
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
      assert.ok(!(await titles(session, "contoso.local")).some((title) => title.startsWith("Type")));
    }),
  );
});

test(
  "The page of a rule is opened by the client, or outside of it",
  withSession({ configuration: only("upn-domain-not-routable") }, async (session) => {
    await session.open(uri, user("Jane", "userPrincipalName: jane@contoso.local"));
    const { command } = await offered(session, "contoso.local", "Open the page of rule upn-domain-not-routable");
    assert.deepEqual(command!.arguments, ["upn-domain-not-routable"]);
    assert.equal(await session.command(command!.command, ...command!.arguments!), true);
    assert.deepEqual(session.shown, [
      "https://github.com/syncready/syncready/blob/main/docs/rules/upn-domain-not-routable.md",
    ]);
  }),
);
