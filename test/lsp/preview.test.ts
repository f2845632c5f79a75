import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import type { ComparedEntry, ModifyFilePreview } from "../../server/lsp/protocol.ts";
import { file, rangeOfText, user, withFolder } from "./exports.ts";
import { type Session, type SessionOptions, withSession } from "./session.ts";

/** An export in a folder, opened, and then edited. */
const edited = (
  { name, before, after, ...settings }: SessionOptions & Record<"name" | "before" | "after", string>,
  work: (session: Session, uri: string, folder: string) => Promise<void>,
) =>
  withSession(settings, (session) =>
    withFolder(async (folder) => {
      const uri = file(folder, name, before);
      await session.open(uri, before);
      await session.replace(uri, after);
      await work(session, uri, folder);
    }),
  );

const before = user("Jane", "mail: old@contoso.com") + user("Jack", "mail: jack@contoso.com");
const ldif = { name: "export.ldf", before, after: before.replace("old@contoso.com", "new@contoso.com") };

const preview = (session: Session, uri: string) =>
  session.command("syncready.previewModifyFile", uri) as Promise<ModifyFilePreview | null>;

describe("The preview of the modify file", () => {
  test(
    "is shown with its counts, and nothing is on the disk",
    edited({ ...ldif, options: { showsText: true } }, async (session, uri, folder) => {
      const answer = await preview(session, uri);
      assert.deepEqual(answer!.counts, { modified: 1, added: 0, renamed: 0, removed: 0, refused: 0 });
      const shown = await session.until("the preview", () => session.texts[0]);
      assert.deepEqual(shown, { title: "Preview of export.modify.ldf", text: answer!.text, uri });
      assert.match(shown.text, /^# PREVIEW: nothing is written yet\.\r\n# Entries: 1 modified, 0 added,/);
      assert.match(shown.text, /\r\ndn: CN=Jane,DC=contoso,DC=com\r\nchangetype: modify\r\ndelete: mail\r\n/);
      assert.deepEqual(readdirSync(folder), ["export.ldf"]);
    }),
  );

  test(
    "says what would not be written, also where nothing would be",
    edited({ ...ldif, after: before.replace("cn: Jane", "cn: Janet") }, async (session, uri) => {
      const answer = await preview(session, uri);
      assert.deepEqual(answer!.counts, { modified: 0, added: 0, renamed: 0, removed: 0, refused: 1 });
      assert.match(answer!.text, /\r\n# NOT WRITTEN:\r\n# {3}CN=Jane,DC=contoso,DC=com: cn names the object/);
      assert.deepEqual(session.texts, []);
    }),
  );

  test(
    "is not shown where nothing has changed",
    edited({ ...ldif, after: before }, async (session, uri) => {
      assert.equal(await preview(session, uri), null);
      assert.deepEqual(session.messages, ["Nothing is written, because export.ldf is as it was."]);
    }),
  );
});

const compared = (session: Session, uri: string, place: string) =>
  session.connection.sendRequest<ComparedEntry | null>("syncready/comparedEntry", {
    uri,
    position: rangeOfText(session.documents.get(uri)!, place).start,
  });

describe("An entry is compared with what it was", () => {
  const jane = user("Jane", "mail: new@contoso.com").trimEnd();

  for (const place of ["dn: CN=Jane", "cn: Jane", "new@contoso.com", "\n\ndn: CN=Jack"]) {
    test(
      `from ${JSON.stringify(place)} on`,
      edited(ldif, async (session, uri) => {
        assert.deepEqual(await compared(session, uri, place), {
          dn: "CN=Jane,DC=contoso,DC=com",
          original: `${jane.replace("new@", "old@")}\n`,
          now: `${jane}\n`,
        });
      }),
    );
  }

  test(
    "and is the same where nothing has changed, or has no original where it has been added",
    edited({ ...ldif, after: before + user("Joe") }, async (session, uri) => {
      const same = await compared(session, uri, "cn: Jane");
      assert.equal(same!.original, same!.now);
      const added = await compared(session, uri, "cn: Joe");
      assert.deepEqual(added, {
        dn: "CN=Joe,DC=contoso,DC=com",
        original: "",
        now: `${user("Joe").trimEnd()}\n`,
      });
    }),
  );

  test(
    "is found by its objectGUID after a rename, also where another has taken its name",
    edited(
      {
        ...ldif,
        before: user("Jane", "objectGUID:: AAAA") + user("Jack", "objectGUID:: AAAB"),
        after:
          user("Jane", "objectGUID:: AAAA").replace("CN=Jane,", "CN=Janet,OU=New,") +
          user("Jack", "objectGUID:: AAAC").replace("CN=Jack", "CN=Jane"),
      },
      async (session, uri) => {
        const renamed = await compared(session, uri, "CN=Janet");
        assert.equal(renamed!.dn, "CN=Janet,OU=New,DC=contoso,DC=com");
        assert.match(renamed!.original, /^dn: CN=Jane,DC=contoso,DC=com\n/);
        assert.equal((await compared(session, uri, "cn: Jack"))!.original, "");
      },
    ),
  );

  test(
    "is found however its DN is spelled, and shows in words what is in base64",
    edited(
      {
        ...ldif,
        before: user("Jane", `description:: ${Buffer.from("Größe").toString("base64")}`),
        after: user("Jane", `description:: ${Buffer.from("Länge\n").toString("base64")}`).replace(
          "CN=Jane,DC",
          "cn=jane, DC",
        ),
      },
      async (session, uri) => {
        const { original, now } = (await compared(session, uri, "cn: Jane"))!;
        assert.match(original, /\n# description: Größe\ndescription:: R3LDtsOfZQ==\n$/);
        assert.match(now, /\n# description: Länge<U\+000A>\ndescription:: TMOkbmdlCg==\n$/);
      },
    ),
  );

  const row = '"CN=Jane,DC=contoso,DC=com",user,jane@contoso.com,SMTP:a@contoso.com;smtp:b@contoso.com,,True\r\n';
  const table = `DistinguishedName,ObjectClass,EmailAddress,proxyAddresses,Title,Enabled\r\n${row}`;
  test(
    "of a table, one value a line",
    edited(
      { name: "export.csv", before: table, after: table.replace("smtp:b", "smtp:c").replace(",,", ",Boss,") },
      async (session, uri) => {
        const lines = [
          "dn: CN=Jane,DC=contoso,DC=com",
          "ObjectClass: user",
          "mail: jane@contoso.com",
          "proxyAddresses: SMTP:a@contoso.com",
          "proxyAddresses: smtp:b@contoso.com",
          "# Enabled: True",
          "",
        ];
        const { original, now } = (await compared(session, uri, "jane@"))!;
        assert.deepEqual(original.split("\n"), lines);
        const changed = lines.map((line) => line.replace("smtp:b", "smtp:c").replace("# Enabled", "Title: Boss\n$&"));
        assert.equal(now, changed.join("\n"));
        assert.deepEqual(await compared(session, uri, "ObjectClass"), { original: "", now: "" });
      },
    ),
  );

  test(
    "not where no entry is at the place, or no original is known",
    edited({ ...ldif, after: `version: 1\n\n${before}` }, async (session, uri) => {
      assert.deepEqual(await compared(session, uri, "version"), { original: "", now: "" });
      await session.open("untitled:x.ldf", before);
      assert.equal(await compared(session, "untitled:x.ldf", "cn: Jane"), null);
    }),
  );
});
