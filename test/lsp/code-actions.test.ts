import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { only, rangeOfText, START, user } from "./exports.ts";
import { taken, withSession } from "./session.ts";

const uri = "untitled:export.ldf";

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
        assert.equal(await taken(session, uri, before, place, title), after),
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
      assert.equal((await session.offered(uri, "smtp:ann", primary)).isPreferred, true);
      assert.equal((await session.offered(uri, "smtp:ben@", primary)).isPreferred, undefined);
      const { diagnostics } = await session.offered(uri, "smtp:ann", primary);
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
      assert.ok(!(await session.titles(uri, "contoso.local")).some((title) => title.startsWith("Change the domain")));
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
      await taken(session, uri, ann + ben, "smtp:x@", remove),
      ann.replace("proxyAddresses: smtp:x@contoso.com\n", "") + ben,
    );
    await session.close(uri);
    assert.equal(
      await taken(session, uri, ann + ben, "smtp:X@", remove),
      ann + ben.replace("proxyAddresses: smtp:X@contoso.com\n", ""),
    );
    await session.close(uri);
    await session.open(uri, ann + ben);
    assert.equal((await session.offered(uri, "Name: a@contoso.com", remove)).title, "Remove this value: a@contoso.com");
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
        const others = kind.startsWith("source.fixAll") ? [] : ["source.reviewFixes.syncready"];
        assert.deepEqual(
          actions.map((one) => one.kind),
          ["source.fixAll.syncready", ...others],
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
      assert.deepEqual(await kinds(["quickfix", "source"]), [
        "quickfix",
        "source.fixAll.syncready",
        "source.reviewFixes.syncready",
      ]);
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
      const after = await taken(session, uri, before, "smtp:ann", title);
      assert.ok(after.includes("SMTP:ann") && after.includes("SMTP:ben") && after.includes("ben@contoso.local"));
    }),
  );

  test(
    "of one rule shows a person what needs a look",
    withSession({ configuration }, async (session) => {
      await session.open(uri, before);
      const { edit } = await session.offered(uri, "contoso.local", "Fix all 'upn-domain-not-routable'");
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
        const after = await taken(session, uri, text, "a.local", "Fix all 'upn-domain-not-routable'");
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

test(
  "The page of a rule is opened by the client, or outside of it",
  withSession({ configuration: only("upn-domain-not-routable") }, async (session) => {
    await session.open(uri, user("Jane", "userPrincipalName: jane@contoso.local"));
    const { command } = await session.offered(uri, "contoso.local", "Open the page of rule upn-domain-not-routable");
    assert.deepEqual(command!.arguments, ["upn-domain-not-routable"]);
    assert.equal(await session.command(command!.command, ...command!.arguments!), true);
    assert.deepEqual(session.shown, [
      "https://github.com/syncready/syncready/blob/main/docs/rules/upn-domain-not-routable.md",
    ]);
  }),
);
