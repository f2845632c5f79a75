import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "../property.ts";
import { user } from "./exports.ts";
import { withSession } from "./session.ts";

/** Pieces that make and unmake records, folds, base64 and line ends. */
const piece = fc.constantFrom(
  "\n",
  "\r\n",
  "\r",
  "\n\n",
  "\n ",
  ":",
  ": ",
  ":: amFuZQ==",
  "#",
  "-\n",
  "dn: CN=Zoe,DC=contoso,DC=com\n",
  "objectClass: user\n",
  "proxyAddresses: smtp:ann@contoso.com\n",
  "userPrincipalName: ann@contoso.com\n",
  "changetype: modify\n",
  "é",
  "😀",
  "",
);

const edit = fc.record({ at: fc.nat({ max: 1000 }), length: fc.nat({ max: 60 }), text: piece });

const EXPORT = [
  user("Ann", "proxyAddresses: SMTP:ann@contoso.com"),
  user("Ben", "proxyAddresses: smtp:ann@contoso.com", "userPrincipalName: ben@cont\n oso.local"),
  user("Cleo", "userPrincipalName:: Y2xlb0Bjb250b3NvLmxvY2Fs").replace("displayName: Cleo\n", ""),
].join("");

test(
  "After any edits the diagnostics are those of a document that is opened with the same text",
  withSession({}, async (session) => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.boolean(), async (edits, waits) => {
        const edited = `untitled:${count++}.ldf`;
        const fresh = `untitled:${count++}.ldf`;
        await session.open(edited, EXPORT);
        if (waits) await session.diagnostics(edited);
        for (const { at, length, text } of edits) {
          const document = session.documents.get(edited)!;
          const range = { start: document.positionAt(at), end: document.positionAt(at + length) };
          await session.change(edited, [{ range, newText: text }]);
        }
        await session.open(fresh, session.text(edited));
        // Where a message names other holders it is by URI.
        const comparable = (diagnostics: unknown) => JSON.parse(JSON.stringify(diagnostics).replaceAll(edited, fresh));
        assert.deepEqual(comparable(await session.diagnostics(edited)), comparable(await session.diagnostics(fresh)));
        await session.close(edited);
        await session.close(fresh);
      }),
      { numRuns: 25 },
    );
  }),
);
