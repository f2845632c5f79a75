import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Checker } from "../../server/core/engine/checker.ts";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { editRecord } from "../../server/core/fix/edit.ts";
import { planFixes } from "../../server/core/fix/plan.ts";
import { type SeparateEdit, separateEdits } from "../../server/core/fix/separate-edits.ts";
import { applyChanges } from "../../server/core/fix/text-change.ts";
import { formatOf } from "../../server/core/formats/index.ts";
import { writeLine } from "../../server/core/ldif/writer.ts";
import { EditedEntry } from "../../server/core/model/edited-entry.ts";
import type { Entry } from "../../server/core/model/entry.ts";
import type { EntryRecord, SourceRecord } from "../../server/core/model/source-record.ts";
import { RULES } from "../../server/core/rules/index.ts";
import fc from "../property.ts";
import { tableOf } from "./csv-writer.ts";

const STYLE = { lineEnd: "\n", width: undefined } as const;

const checker = new Checker(RULES, {
  ...DEFAULT_SETTINGS,
  domainReplacements: { "contoso.local": "contoso.com" },
});

interface Export {
  readonly name: string;
  readonly text: string;
}

function entriesOf({ name, text }: Export): EntryRecord[] {
  const records: SourceRecord[] = [];
  const reader = formatOf(name, text)!.reader((record) => records.push(record));
  reader.push(text);
  reader.end();
  return records.flatMap(({ entry }) => entry ?? []);
}

/** The export with some edits of its first entry. */
function withEdits(before: Export, entry: EntryRecord, edits: readonly SeparateEdit[]): Export {
  const { start, text } = entry;
  const after = applyChanges(
    text,
    edits.map(({ edit }) => edit),
  );
  return { ...before, text: before.text.slice(0, start) + after + before.text.slice(start + text.length) };
}

/** What an entry says: its values by attribute type, in no order. */
function content(entry: Entry) {
  const types = [...entry.attributeTypes()].sort();
  return types.map((type) => [
    type,
    entry
      .values(type)
      .map(({ text }) => text)
      .sort(),
  ]);
}

function planFor(entry: EntryRecord) {
  return planFixes(
    checker,
    entry,
    () => true,
    { isTaken: () => false, take: () => {} },
    (edited) => editRecord(entry, edited.changes(), STYLE) !== undefined,
  );
}

function editsOf(entry: EntryRecord): SeparateEdit[] {
  return separateEdits(entry, planFor(entry), STYLE)!;
}

/** All choices of a few edits; of many each alone, and all but each. */
function choices(edits: readonly SeparateEdit[]): SeparateEdit[][] {
  if (edits.length > 5) return edits.flatMap((one) => [[one], edits.filter((other) => other !== one)]);
  return Array.from({ length: 2 ** edits.length }, (_, bits) => edits.filter((_, at) => ((bits >> at) & 1) === 1));
}

type Attributes = readonly (readonly [name: string, values: readonly string[]])[];

const DN = "CN=Jane,OU=Staff,DC=contoso,DC=com";

function ldif(attributes: Attributes): string {
  const lines = attributes.flatMap(([name, values]) => values.map((text) => writeLine(name, { text }, STYLE)));
  return `dn: ${DN}\n${lines.join("\n")}\n`;
}

function pane(attributes: Attributes): string {
  const lines = attributes.map(([name, values]) => {
    const count = values.length === 1 ? "" : ` (${values.length})`;
    return `${name}${count}: ${values.join("; ")}; \n`;
  });
  return `Dn: ${DN}\n${lines.join("")}\n`;
}

const FORMATS: Readonly<Record<string, (attributes: Attributes) => Export | undefined>> = {
  LDIF: (attributes) => ({ name: "a.ldf", text: ldif(attributes) }),
  "LDIF without a line end at its end": (attributes) => ({ name: "a.ldf", text: ldif(attributes).trimEnd() }),
  csvde: (attributes) => table(attributes, "csvde"),
  "Export-Csv": (attributes) => table(attributes, "Export-Csv"),
  "ldp's details pane": (attributes) => ({ name: "a.txt", text: pane(attributes) }),
};

function table(attributes: Attributes, writer: "csvde" | "Export-Csv"): Export | undefined {
  const written = tableOf(ldif(attributes), writer);
  return written && { name: "a.csv", text: written.text };
}

/** Values that several rules have something to say about, together and each by itself. */
const addresses = fc.uniqueArray(
  fc.constantFrom(
    "smtp:jane@contoso.com",
    "smtp:JANE@contoso.com",
    "smtp:ja ne@contoso.com",
    "smtp:jäne@contoso.com",
    "smtp:jane@contoso.local",
    "SMTP:jane.doe@contoso.com",
    "SMTP:doe@contoso.com",
    "x500:/o=Contoso/cn=jane",
    "jane@fabrikam.com",
    "smtp:smtp:j@contoso.com",
    "X400:C=US;A= ;S=Doe;",
  ),
  { minLength: 1, maxLength: 6 },
);

const attributes: fc.Arbitrary<Attributes> = fc
  .record({
    proxyAddresses: addresses,
    userPrincipalName: fc.constantFrom(["jane@contoso.com"], ["ja ne@contoso.local"], ["jäne@contoso.local"]),
    displayName: fc.constantFrom([], ["Jane"], ["Jane\u200b"]),
    mail: fc.constantFrom([], ["smtp:jane@contoso.com"], ["jane@contoso.com"], ["ja ne@contoso.com"]),
    mailNickname: fc.constantFrom([], ["jane"], ["ja ne"], ["jane."]),
  })
  .map((some) => [
    ["objectClass", ["top", "user"]] as const,
    ["cn", ["Jane"]] as const,
    ...Object.entries(some).filter(([, values]) => values.length > 0),
  ])
  .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));

describe("Whichever edits are made, the record says what their fixes mean", () => {
  for (const [name, write] of Object.entries(FORMATS)) {
    test(name, () => {
      let separate = 0;
      fc.assert(
        fc.property(attributes, (some) => {
          const before = write(some);
          const entry = before && entriesOf(before)[0];
          if (before === undefined || entry === undefined) return;
          const edits = editsOf(entry);
          if (edits.length > 1) separate++;
          for (const chosen of choices(edits)) {
            const after: EntryRecord = entriesOf(withEdits(before, entry, chosen))[0]!;
            const changes = chosen.flatMap((edit) => edit.changes);
            const expected: EditedEntry = changes.reduce(
              (edited, change) => edited.with(change),
              EditedEntry.of(entry),
            );
            assert.deepEqual(content(after), content(expected));
            assert.ok(after.problems.length <= entry.problems.length, after.text);
          }
        }),
        { numRuns: 150 },
      );
      assert.ok(separate > 50, `${separate}`);
    });
  }

  const rows: readonly [what: string, lines: string, edits: readonly (readonly [string, string, string])[]][] = [
    [
      "an edit for each value",
      "proxyAddresses: smtp:jane@contoso.com\ndisplayName: Jane\nuserPrincipalName: ja ne@contoso.com\n",
      [
        [": smtp:jane@contoso.com", ": SMTP:jane@contoso.com", "proxyaddresses-no-primary"],
        [": ja ne@contoso.com", ": jane@contoso.com", "upn-whitespace-or-invisible"],
      ],
    ],
    [
      "one of all rules that have touched the value",
      "displayName: Jane\nuserPrincipalName: jä ne@contoso.local\n",
      [
        [
          ": jä ne@contoso.local",
          ": jane@contoso.com",
          "upn-non-ascii-characters, upn-whitespace-or-invisible, upn-domain-not-routable",
        ],
      ],
    ],
    [
      "one for a value that comes",
      "userPrincipalName: jane@contoso.com\n",
      [["", "displayName: Jane\n", "displayname-missing"]],
    ],
    [
      "one for a value that goes",
      "displayName: Jane\nproxyAddresses: SMTP:j@contoso.com\nproxyAddresses: smtp:J@contoso.com\nsn: Doe\n",
      [["proxyAddresses: smtp:J@contoso.com\n", "", "proxyaddresses-duplicate-on-object"]],
    ],
  ];
  for (const [what, lines, expected] of rows) {
    test(`${what}, with the rules that it comes from`, () => {
      const [entry] = entriesOf({ name: "a.ldf", text: `dn: ${DN}\nobjectClass: user\ncn: Jane\n${lines}` });
      const edits = editsOf(entry!).map(({ edit, fixes }) => [
        entry!.text.slice(edit.span.start, edit.span.end),
        edit.text,
        fixes.map(({ finding }) => finding.rule.id).join(", "),
      ]);
      assert.deepEqual(edits, expected);
    });
  }

  test("the number of values beside them in ldp's details pane is changed with them", () => {
    const addresses = "proxyAddresses (3): SMTP:j@contoso.com; smtp:J@contoso.com; smtp:k@contoso.com; \n";
    const text = `Dn: ${DN}\nobjectClass (2): top; user; \ncn: Jane; \ndisplayName: Jane; \n${addresses}`;
    const [entry] = entriesOf({ name: "a.txt", text });
    const [only, ...others] = editsOf(entry!);
    assert.deepEqual(others, []);
    const { span, text: now } = only!.edit;
    assert.equal(entry!.text.slice(span.start, span.end), " (3): SMTP:j@contoso.com; smtp:J@contoso.com");
    assert.equal(now, " (2): SMTP:j@contoso.com");
  });
});
