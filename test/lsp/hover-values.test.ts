import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClientCapabilities, Hover, MarkupContent } from "vscode-languageserver-protocol/node";
import { file, only, withFolder } from "./exports.ts";
import { type Session, withSession } from "./session.ts";

// Where the server runs, there is summer time, and no whole hour would do by chance.
process.env.TZ = "America/St_Johns";

const uri = "untitled:export.ldf";
const configuration = { ...only("scope-samaccountname-support-account"), initialDomain: "contoso.onmicrosoft.com" };
const capabilities: ClientCapabilities = {
  workspace: { configuration: true },
  textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } },
};

const EDITING: ClientCapabilities = {
  ...capabilities,
  workspace: { configuration: true, workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
};

interface Hovered {
  readonly value: string;
  /** The text that the hover is about. */
  readonly at: string;
}

/** The hover at «, in a text without it; nothing where there is none. */
async function hovered(session: Session, marked: string, language = uri): Promise<Hovered | undefined> {
  const offset = marked.indexOf("«");
  const text = marked.replace("«", "");
  if (session.documents.has(language)) await session.replace(language, text);
  else await session.open(language, text);
  const document = session.documents.get(language)!;
  const params = { textDocument: { uri: language }, position: document.positionAt(offset) };
  const hover = await session.connection.sendRequest<Hover | null>("textDocument/hover", params);
  if (hover === null) return undefined;
  return { value: (hover.contents as MarkupContent).value, at: document.getText(hover.range) };
}

/** An entry of a user, with the given lines; each line ends as asked. */
function entry(lines: readonly string[], lineEnd = "\n"): string {
  const all = ["dn: CN=Jane,DC=contoso,DC=com", "objectClass: user", "sAMAccountName: jane", ...lines, "", ""];
  return all.join(lineEnd);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

describe("The hover over a value", () => {
  const shown: readonly (readonly [what: string, text: string, at: string, ...said: string[]])[] = [
    ["a number", entry(["userAccountControl: 5«14"]), "514", "* Means: `ACCOUNTDISABLE (0x2), NORMAL_ACCOUNT (0x200)`"],
    [
      "a time, in UTC and where the server runs",
      entry(["pwdLastSet: 1336496«76600500000"]),
      "133649676600500000",
      "* UTC: `2024-07-09T03:01:00.050Z`",
      "* Local time: `2024-07-09T00:31:00.050-02:30`",
    ],
    [
      "a folded value, at its second line",
      entry(["objectGUID:: MyIRAFVE", " d2aImaq«7zN3u/w=="]),
      "MyIRAFVE\n d2aImaq7zN3u/w==",
      "* GUID: `00112233-4455-6677-8899-aabbccddeeff`",
    ],
    [
      "a folded value between CR and LF",
      entry(["objectSid:: AQIAAAAAAAUg", " AAAAIAI«AAA=="], "\r\n"),
      "AQIAAAAAAAUg\r\n AAAAIAIAAA==",
      "* SID: `S-1-5-32-544`",
    ],
    [
      "a value behind characters of two units",
      entry([`info:: ${base64("𝒥ane 🙂")}`, `displayName: 𝒥ane 🙂 «x`, "userAccountControl: 512"]),
      "𝒥ane 🙂 x",
      "`displayName`",
    ],
    [
      "base64 with such characters",
      entry([`displayName:: ${base64("𝒥ane")}«`]),
      base64("𝒥ane"),
      "Text:\n\n```plaintext\n𝒥ane\n```",
    ],
    [
      "a value of a second entry",
      `${entry(["description: first"])}${entry(["whenCreated: 2026«0115103000.0Z"])}`,
      "20260115103000.0Z",
      "* UTC: `2026-01-15T10:30:00Z`",
      "* Local time: `2026-01-15T07:00:00-03:30`",
    ],
    [
      "a value of a change",
      "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: «512\n-\n\n",
      "512",
      "* Means: `NORMAL_ACCOUNT (0x200)`",
    ],
    [
      "an attribute",
      entry(["ma«il: jane@contoso.com"]),
      "mail",
      "`mail`\n\n* Text, at most 256 characters, one value\n* Synchronized to Microsoft Entra ID for users, contacts and groups, by default",
    ],
    [
      "an attribute with options",
      entry(["userCertificate;bi«nary:: MIID/w=="]),
      "userCertificate;binary",
      "`userCertificate;binary`\n\n* Bytes",
    ],
    ["a value that a URL names", entry(["jpegPhoto:< file:///tmp/«x"]), "file:///tmp/x", "`jpegPhoto`"],
    [
      "a picture",
      entry(["thumbnailPhoto:: /9j/4AA«Q"]),
      "/9j/4AAQ",
      "* Holds: `6 bytes, JPEG picture`",
      "![The picture](data:image/jpeg;base64,/9j/4AAQ)",
    ],
  ];
  test(
    "says what it means, wherever it stands",
    withSession({ configuration, capabilities }, async (session) => {
      for (const [what, text, at, ...said] of shown) {
        const hover = await hovered(session, text);
        assert.equal(hover?.at, at, what);
        for (const one of said) assert.ok(hover.value.includes(one), `${what}: ${hover.value}`);
      }
    }),
  );

  test(
    "a picture that a hover has no room for is told only",
    withSession({ configuration, capabilities }, async (session) => {
      const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(80_000)]).toString("base64");
      const { value } = (await hovered(session, entry([`thumbnailPhoto:: ${photo}«`])))!;
      assert.match(value, /80,003 bytes, JPEG picture/);
      assert.match(value, /The picture is not shown here/);
      assert.ok(value.length < 1000);
    }),
  );

  test(
    "values of tables are told, too",
    withSession({ configuration, capabilities }, async (session) => {
      const table = "DN,objectClass,userAccountControl,objectSid\n";
      const row = `"CN=Jane,DC=contoso,DC=com",user,5«14,X'01020000000000052000000020020000'\n`;
      const hover = await hovered(session, table + row, "untitled:export.csv");
      assert.equal(hover?.at, "514");
      assert.match(hover.value, /ACCOUNTDISABLE/);
    }),
  );
});

describe("The hover over a DN", () => {
  test(
    "says that the object synchronizes, and lays the DN out",
    withSession({ configuration, capabilities }, async (session) => {
      const dn = "CN=Doe\\, Jane,OU=Sales,DC=contoso,DC=com";
      const hover = await hovered(session, `dn: CN=Do«e\\, Jane,OU=Sales,DC=contoso,DC=com\nobjectClass: user\n`);
      assert.equal(hover?.at, dn);
      const parts = "CN = Doe, Jane\nOU = Sales\nDC = contoso\nDC = com";
      assert.equal(
        hover.value,
        `**Synchronizes**, no findings\n\n---\n\nPart by part:\n\n\`\`\`plaintext\n${parts}\n\`\`\``,
      );
    }),
  );

  test(
    "says that it will not, and why",
    withSession({ configuration, capabilities }, async (session) => {
      const excluded = "dn: CN=Jane,DC=conto«so,DC=com\nobjectClass: user\nsAMAccountName: SUPPORT_388945a0\n";
      const expected =
        "**Will not synchronize**, 1 finding\n\n* Connect Sync takes this object for the remote assistance";
      const { value: told } = (await hovered(session, excluded))!;
      assert.ok(told.startsWith(expected), told);
      const scoped = { ...configuration, scope: { exclude: ["DC=contoso,DC=com"] } };
      session.configuration = scoped;
      await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
      await session.until("the new scope", () => session.latest(uri)?.length === 0);
      const { value } = (await hovered(session, excluded))!;
      assert.ok(value.startsWith("**Out of the scope that the settings name**, no findings"), value);
    }),
  );
});

test(
  "What is accepted is no finding, and happens all the same",
  withSession({ configuration: only("upn-domain-not-routable"), capabilities: EDITING }, (session) =>
    withFolder(async (folder) => {
      const text = entry(["userPrincipalName: jane@contoso.local"]);
      const exportUri = file(folder, "export.ldf", text);
      await session.open(exportUri, text);
      const action = await session.offered(exportUri, "contoso.local", "Accept this finding for this object");
      await session.apply(action.edit!);
      const baseline = exportUri.replace("export.ldf", ".syncready-baseline.json");
      await session.open(baseline, session.created.get(baseline)!, "jsonc");
      await session.until("no findings", () => session.latest(exportUri)?.length === 0);
      const { value } = (await hovered(session, text.replace("CN=", "CN=«"), exportUri))!;
      assert.match(value, /^\*\*Synchronizes, with another value than the directory has\*\*, no findings\n\n\* /);
    }),
  ),
);

describe("The hover over an address", () => {
  test(
    "says what Exchange Online will show",
    withSession({ configuration, capabilities }, async (session) => {
      const lines = ["mail: jane@contoso.com", "proxyAddresses: smtp:j.d«oe@contoso.com", "proxyAddresses: X400:c=US;"];
      const { value } = (await hovered(session, entry(lines)))!;
      assert.ok(
        value.includes(
          [
            "**In Exchange Online**\n",
            "* Primary: `jane@contoso.onmicrosoft.com` \\(routing address\\)",
            "* Secondary: `j.doe@contoso.com` \\(proxyAddresses\\)",
            "* Not used: `X400:c=US;` \\(its protocol is discarded\\)",
            "* Not used: `jane@contoso.com` \\(masked by proxyAddresses\\)",
          ].join("\n"),
        ),
        value,
      );
    }),
  );

  test(
    "says nothing of it where the object does not synchronize",
    withSession({ configuration, capabilities }, async (session) => {
      const text = "dn: CN=x,DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: SUPPORT_388945a0\nmail: «a@b.com\n";
      assert.doesNotMatch((await hovered(session, text))!.value, /Exchange Online/);
    }),
  );
});

describe("What an export holds is shown as text", () => {
  const HOSTILE = [
    "[click](command:workbench.action.terminal.new)",
    "<img src=x onerror=alert(1)>",
    "![x](http://evil.example/x.png)",
    "http://evil.example www.evil.example",
    "\u001b[31mred\u001b[0m \u202eltr",
    "```\n**bold**\n```",
    "``````",
    "# head\n* item\n\n    code",
  ];
  test(
    "in a fence that nothing in it can close",
    withSession({ configuration, capabilities }, async (session) => {
      for (const hostile of HOSTILE) {
        const { value } = (await hovered(session, entry([`description:: ${base64(hostile)}«`])))!;
        const [, fence, inside, after] = /(?:^|\n)(`{3,})plaintext\n(.*?)\n\1(?:\n|$)(.*)$/s.exec(value)!;
        assert.ok(!inside!.includes(fence!), value);
        assert.doesNotMatch(after!, /evil|command|img|bold|head|red/);
        assert.doesNotMatch(value, /[\u0000-\u0009\u000b-\u001f\u202e]/);
      }
    }),
  );

  test(
    "also in addresses, and in messages",
    withSession({ configuration, capabilities }, async (session) => {
      const hostile = "X400:`[a](command:b)`<b>";
      const { value } = (await hovered(session, entry(["mail: jane@contoso.com", `proxyAddresses: ${hostile}«`])))!;
      assert.ok(value.includes("* Not used: ``X400:`[a](command:b)`<b>`` "), value);
      session.configuration = only("upn-domain-not-routable");
      await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
      const upn = "userPrincipalName: jane@[a](command:b)<b>http://evil.local";
      const text = `dn: CN=x«,DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: x\n${upn}\n`;
      await session.replace(uri, text.replace("«", ""));
      await session.until("a finding", () => session.latest(uri)?.length === 1);
      const message = (await hovered(session, text))!.value;
      assert.match(message, /another value.*1 finding\n\n\* .*command/s);
      assert.doesNotMatch(message, /(?<!\\)[[\]<>]|\w:\/\//);
    }),
  );

  test(
    "and a long one is cut, with a note",
    withSession({ configuration, capabilities }, async (session) => {
      const long = `${"𝒥".repeat(524_288)}`;
      const { value } = (await hovered(session, entry([`description:: ${base64(long)}«`])))!;
      assert.ok(value.length < 3000, `${value.length}`);
      assert.match(value, /\.\.\. \(1,048,576 characters in all\)/);
      assert.doesNotMatch(value, /[\ud800-\udbff](?![\udc00-\udfff])/);
    }),
  );

  test(
    "in a client without Markdown, too",
    withSession({ configuration, capabilities: { workspace: { configuration: true } } }, async (session) => {
      const { value } = (await hovered(session, entry([`description:: ${base64("\u001b[31mred")}«`])))!;
      assert.ok(value.includes("Text:\n\n<U+001B>[31mred\n\ndescription\n\n- Text"), value);
      const picture = (await hovered(session, entry(["thumbnailPhoto:: /9j/4AAQ«"])))!.value;
      assert.doesNotMatch(picture, /data:/);
    }),
  );
});
