import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { ValueTarget, WrittenModifyFile } from "../../server/lsp/protocol.ts";
import { file, only, rangeOfText, START, withFolder } from "./exports.ts";
import { type Session, taken, withSession } from "./session.ts";

const uri = "untitled:export.csv";
const configuration = {
  ...only(
    "upn-domain-not-routable",
    "proxyaddresses-no-primary",
    "proxyaddresses-duplicate-on-object",
    "duplicate-smtp-address",
    "displayname-missing",
    "mail-smtp-prefix",
  ),
  domainReplacements: { "contoso.local": "contoso.com" },
};

const HEADER = "DN,objectClass,cn,displayName,userPrincipalName,proxyAddresses,mail";
const csvde = (...rows: readonly string[]) => [HEADER, ...rows, ""].join("\n");
const row = (name: string, { upn = `${name}@contoso.com`, addresses = "", shown = name, mail = "" } = {}) =>
  `"CN=${name},DC=contoso,DC=com",user,${name},${shown},${upn},${addresses},${mail}`;
const exportCsv = (...rows: readonly string[]) =>
  ['"DistinguishedName","ObjectClass","UserPrincipalName","proxyAddresses"', ...rows, ""].join("\r\n");

describe("In a table, a fix changes the value within its field and nothing else", () => {
  const primary = "Make it the primary address";
  const domain = "Change the domain";
  const rows: Readonly<Record<string, { before: string; place: string; title: string; after: string }>> = {
    "in a plain field": {
      before: csvde(row("ann", { addresses: "smtp:ann@contoso.com" })),
      place: "smtp",
      title: primary,
      after: csvde(row("ann", { addresses: "SMTP:ann@contoso.com" })),
    },
    "in a quoted field, with CRLF and a BOM": {
      before: `\ufeff${exportCsv('"CN=Ann,DC=x","user","ann@contoso.local","SMTP:ann@contoso.com"')}`,
      place: "contoso.local",
      title: domain,
      after: `\ufeff${exportCsv('"CN=Ann,DC=x","user","ann@contoso.com","SMTP:ann@contoso.com"')}`,
    },
    "at the second of several values": {
      before: exportCsv('"CN=Ann,DC=x","user",,"X500:/o=a; smtp:ann@contoso.com"'),
      place: "smtp",
      title: primary,
      after: exportCsv('"CN=Ann,DC=x","user",,"X500:/o=a; SMTP:ann@contoso.com"'),
    },
    "beside the escapes of csvde and doubled quotes": {
      before: csvde(row("ann", { addresses: '"x500:/o=a\\;b\\\\c""d"";smtp:ann@contoso.com"' })),
      place: "smtp",
      title: primary,
      after: csvde(row("ann", { addresses: '"x500:/o=a\\;b\\\\c""d"";SMTP:ann@contoso.com"' })),
    },
    "in a value with doubled quotes of its own": {
      before: csvde(row("ann", { upn: '"a""b@contoso.local"' })),
      place: "contoso.local",
      title: domain,
      after: csvde(row("ann", { upn: '"a""b@contoso.com"' })),
    },
    "in bytes": {
      before: csvde(row("ann", { upn: `X'${Buffer.from("ann@contoso.local").toString("hex")}'` })),
      place: Buffer.from("contoso.local").toString("hex"),
      title: domain,
      after: csvde(row("ann", { upn: `X'${Buffer.from("ann@contoso.com").toString("hex")}'` })),
    },
    "behind characters outside the first plane": {
      before: csvde(row("😀", { upn: "😀@contoso.local" })),
      place: "contoso.local",
      title: domain,
      after: csvde(row("😀", { upn: "😀@contoso.com" })),
    },
    "where a value is added to an empty field, in quotes if it needs them": {
      before: csvde(
        row("Ben"),
        row('"Ann, of Sales"', { shown: "", upn: "ann@contoso.com" }).replace('CN="Ann, of Sales"', "CN=Ann"),
      ),
      place: "CN=Ann",
      title: "Set displayName to the cn, Ann, of Sales",
      after: csvde(
        row("Ben"),
        row('"Ann, of Sales"', { shown: '"Ann, of Sales"', upn: "ann@contoso.com" }).replace(
          'CN="Ann, of Sales"',
          "CN=Ann",
        ),
      ),
    },
    "in an export of the cloud": {
      before: "userPrincipalName,displayName,objectId,userType\nann@contoso.local,Ann,1,Member\n",
      place: "contoso.local",
      title: domain,
      after: "userPrincipalName,displayName,objectId,userType\nann@contoso.com,Ann,1,Member\n",
    },
  };
  for (const [name, { before, place, title, after }] of Object.entries(rows)) {
    test(
      name,
      withSession({ configuration }, async (session) => {
        assert.equal(await taken(session, uri, before, place, title), after);
      }),
    );
  }
});

describe("In a table, a value is removed with one separator", () => {
  const remove = "Remove this value";
  const others = row("ben", { addresses: "SMTP:ben@contoso.com;smtp:x@contoso.com" });
  const rows: Readonly<Record<string, { values: string; after: string }>> = {
    "at the beginning": { values: "smtp:X@contoso.com;SMTP:a@contoso.com", after: "SMTP:a@contoso.com" },
    "at the end": { values: "SMTP:a@contoso.com;smtp:X@contoso.com", after: "SMTP:a@contoso.com" },
    "in the middle": {
      values: '"SMTP:a@contoso.com;smtp:X@contoso.com;x500:/o=""b"""',
      after: '"SMTP:a@contoso.com;x500:/o=""b"""',
    },
    alone: { values: "smtp:X@contoso.com", after: "" },
  };
  for (const [name, { values, after }] of Object.entries(rows)) {
    test(
      name,
      withSession({ configuration }, async (session) => {
        const text = csvde(others, row("ann", { addresses: values }));
        const expected = csvde(others, row("ann", { addresses: after }));
        assert.equal(await taken(session, uri, text, "smtp:X@contoso.com", remove), expected);
      }),
    );
  }
});

describe("In a table, a new value that is typed", () => {
  const options = { typesNewValues: true, ownCommands: true };
  const target = async (session: Session, text: string, place: string) => {
    await session.open(uri, text);
    const { command } = await session.offered(uri, place, "Type a");
    return command!.arguments![0] as ValueTarget;
  };
  const check = async (session: Session, target: ValueTarget, text: string) => {
    const answer = (await session.connection.sendRequest("syncready/checkNewValue", { target, text })) as {
      message: string;
    } | null;
    return answer?.message;
  };

  test(
    "gets the escapes that its field needs",
    withSession({ configuration: only("duplicate-userprincipalname"), options }, async (session) => {
      const text = csvde(row("ann", { upn: "ben@contoso.com" }), row("ben"));
      const place = await target(session, text, "ben@");
      assert.equal(place.current, "ben@contoso.com");
      assert.equal(await session.command("syncready.setValue", place, 'a;\\"b,c@contoso.com'), true);
      assert.equal(session.text(uri), csvde(row("ann", { upn: '"a\\;\\\\""b,c@contoso.com"' }), row("ben")));
    }),
  );

  test(
    "is refused where it would be read as several, and so is its command",
    withSession({ configuration, options }, async (session) => {
      const text = exportCsv('"CN=Ann,DC=x","user",,"x500:/o=a;smtp:ann@contoso.com"');
      const place = await target(session, text, "smtp");
      const joined = "SMTP:ann@contoso.com;smtp:b@contoso.com";
      assert.equal(
        await check(session, place, joined),
        "proxyAddresses cannot be written so: the row would be read as another one",
      );
      assert.equal(await session.command("syncready.setValue", place, joined), false);
      assert.equal(session.text(uri), text);
      assert.equal(await check(session, place, "SMTP:ann@contoso.com"), undefined);
      assert.equal(await session.command("syncready.setValue", place, "SMTP:ann@contoso.com"), true);
      assert.equal(session.text(uri), text.replace("smtp", "SMTP"));
    }),
  );

  test(
    "is offered in an export without DNs, too",
    withSession({ configuration, options }, async (session) => {
      const text = "userPrincipalName,displayName,objectId,userType\nann@contoso.local,Ann,1,Member\n";
      const place = await target(session, text, "contoso.local");
      assert.equal(await session.command("syncready.setValue", place, "ann@fabrikam.com"), true);
      assert.equal(session.text(uri), text.replace("ann@contoso.local", "ann@fabrikam.com"));
    }),
  );
});

describe("What a table has no place for is not offered", () => {
  const rule = "scope-contact-mail-missing";
  const header = "DN,objectClass,cn,proxyAddresses";
  const contact = (name: string) => `"CN=${name},DC=contoso,DC=com",contact,${name},SMTP:${name}@contoso.com`;
  const options = { typesNewValues: true, ownCommands: true };
  const changes = /^(?:Set mail|Type a|Fix all)/;

  test(
    "neither alone nor with others",
    withSession({ configuration: only(rule, "csv-row-length"), options }, async (session) => {
      const table = (...rows: readonly string[]) =>
        [`${header},mail`, `${contact("z")},z@contoso.com`, ...rows, ""].join("\n");
      await session.open(uri, table(`${contact("a")},`, `${contact("b")},`));
      const withColumn = await session.titles(uri, "CN=a");
      assert.equal(withColumn.filter((title) => changes.test(title)).length, 3, withColumn.join("\n"));
      // A row that ends before the column has no field for it.
      await session.replace(uri, table(`${contact("a")},`, contact("b"), contact("c")));
      for (const place of ["CN=b", "CN=c"]) {
        const without = await session.titles(uri, place);
        assert.ok(without.length > 0);
        assert.deepEqual(
          without.filter((title) => changes.test(title)),
          [],
        );
      }
      assert.equal(await session.command("syncready.fixAllSafe", uri), 1);
      assert.equal(session.text(uri), table(`${contact("a")},a@contoso.com`, contact("b"), contact("c")));
    }),
  );
});

describe("In a table, fix all", () => {
  const before = csvde(
    row("ann", { addresses: "smtp:ann@contoso.com" }),
    row("ben", { addresses: '"x500:/o=""a"";smtp:ben@contoso.com"', upn: "ben@contoso.local", shown: "" }),
    row("cut", { addresses: '"smtp:cut@contoso.com' }),
  );
  const safe = before
    .replace("smtp:ann", "SMTP:ann")
    .replace("smtp:ben", "SMTP:ben")
    .replace("ben,,ben@", "ben,ben,ben@");

  test(
    "takes the safe fixes, all of an entry at once, and leaves rows alone that cannot be read with certainty",
    withSession({ configuration }, async (session) => {
      await session.open(uri, before);
      const [action] = await session.actions(uri, START, ["source.fixAll"]);
      await session.apply(action!.edit!);
      assert.equal(session.text(uri), safe);
      await session.replace(uri, before);
      assert.equal(await session.command("syncready.fixAllSafe", uri), 3);
      assert.equal(session.text(uri), safe);
      assert.equal(await session.command("syncready.fixAllSafe", uri), 0);
    }),
  );

  test(
    "of one rule leaves the others alone",
    withSession({ configuration }, async (session) => {
      const title = "Fix all 'proxyaddresses-no-primary' findings in this file";
      assert.equal(await taken(session, uri, before, "smtp:ann", title), safe.replace("ben,ben,ben@", "ben,,ben@"));
    }),
  );
});

test(
  "In a table, a hover says what the rule is about, at the value's own place",
  withSession({ configuration }, async (session) => {
    await session.open(uri, csvde(row("ann", { addresses: "x500:/o=a;smtp:ann@contoso.com" })));
    const range = rangeOfText(session.documents.get(uri)!, "smtp");
    const params = { textDocument: { uri }, position: range.start };
    const hover = (await session.connection.sendRequest("textDocument/hover", params)) as {
      contents: { value: string };
      range: unknown;
    };
    assert.deepEqual(hover.range, range);
    assert.match(hover.contents.value, /primary/);
  }),
);

describe("In a table, a finding is accepted for its object", () => {
  const rows = {
    "by its DN": { text: csvde(row("ann", { upn: "ann@contoso.local" }), row("ben")), dn: "CN=ann,DC=contoso,DC=com" },
    "by its user principal name where there is no DN": {
      text: "userPrincipalName,displayName,objectId,userType\nann@contoso.local,Ann,1,Member\n",
      dn: "ann@contoso.local",
    },
  };
  for (const [name, { text, dn }] of Object.entries(rows)) {
    test(
      name,
      withSession({ configuration: only("upn-domain-not-routable", "baseline-stale-row") }, (session) =>
        withFolder(async (folder) => {
          const own = file(folder, "export.csv", text);
          await session.open(own, text);
          const { edit } = await session.offered(own, "contoso.local", "Accept this finding");
          await session.apply(edit!);
          const [baseline, content] = [...session.created][0]!;
          assert.equal(JSON.parse(content).accepted[0].dn, dn);
          await session.open(baseline, content, "jsonc");
          await session.until("no findings", () => session.latest(own)?.length === 0);
        }),
      ),
    );
  }
});

describe("The modify file of a table", () => {
  const write = (session: Session, own: string) =>
    session.command("syncready.writeModifyFile", own) as Promise<WrittenModifyFile | null>;
  const content = (written: string) => readFileSync(new URL(written), "utf8").replace(/^#.*\r\n/gm, "");
  const edited = (text: string, work: (session: Session, own: string) => Promise<void>) =>
    withSession({ configuration, options: { showsText: true } }, (session) =>
      withFolder(async (folder) => {
        const own = file(folder, "export.csv", text);
        await session.open(own, text);
        await session.change(own, [
          { range: rangeOfText(session.documents.get(own)!, "smtp:ann"), newText: "SMTP:ann" },
        ]);
        await work(session, own);
      }),
    );
  const record = (removed: string, added: string) =>
    `dn: CN=ann,DC=contoso,DC=com\r\nchangetype: modify\r\ndelete: proxyAddresses\r\nproxyAddresses: ${removed}\r\n-\r\nadd: proxyAddresses\r\nproxyAddresses: ${added}\r\n-\r\n\r\n`;

  test(
    "holds what was changed, value by value, and the undo file takes it back",
    edited(csvde(row("ann", { addresses: "x500:/o=a\\;b;smtp:ann@contoso.com" }), row("ben")), async (session, own) => {
      const written = await write(session, own);
      assert.deepEqual(written, {
        modifyFile: own.replace(".csv", ".modify.ldf"),
        undoFile: own.replace(".csv", ".undo.ldf"),
        records: 1,
        refusals: [],
      });
      assert.equal(content(written!.modifyFile), record("smtp:ann@contoso.com", "SMTP:ann@contoso.com"));
      assert.equal(content(written!.undoFile), record("SMTP:ann@contoso.com", "smtp:ann@contoso.com"));
    }),
  );

  test(
    "is not written where there are no DNs, which is said",
    edited(
      "userPrincipalName,displayName,objectId,userType,proxyAddresses\nann@contoso.com,Ann,1,Member,smtp:ann@contoso.com\n",
      async (session, own) => {
        assert.equal(await write(session, own), null);
        await session.until("the message", () => session.messages.some((one) => one.startsWith("No modify file")));
      },
    ),
  );
});
