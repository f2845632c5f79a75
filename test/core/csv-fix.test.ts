import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { csvHeader } from "../../server/core/csv/header.ts";
import { readCsv } from "../../server/core/csv/reader.ts";
import { CsvEntry } from "../../server/core/csv/row.ts";
import { Checker } from "../../server/core/engine/checker.ts";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { editCsv } from "../../server/core/fix/csv-edit.ts";
import { planFixes } from "../../server/core/fix/plan.ts";
import { applyChanges } from "../../server/core/fix/text-change.ts";
import { RULES } from "../../server/core/rules/index.ts";
import type { Writer } from "./csv-writer.ts";
import { tablesOf, type Vector, vectors } from "./vector-checks.ts";

const checker = new Checker(RULES, DEFAULT_SETTINGS);

/** The entry with all safe fixes. */
function planFor(entry: CsvEntry) {
  return planFixes(checker, entry, ({ safety }) => safety === "safe", { isTaken: () => false, take: () => {} });
}

/** What an entry says, by attribute type. */
function shown(entry: { attributeTypes(): Iterable<string>; values(type: string): readonly { text: string }[] }) {
  const types = [...entry.attributeTypes()].sort();
  return types.map((type) => [type, entry.values(type).map(({ text }) => text)]);
}

describe("Safe fixes change the bytes of their values and no others", () => {
  for (const writer of ["csvde", "Export-Csv"] satisfies Writer[]) {
    test(writer, () => {
      let fixed = 0;
      for (const table of tablesOf(vectors<Vector>("rules"), writer)) {
        for (const row of readCsv(table, csvHeader(table)!)) {
          if (!(row instanceof CsvEntry)) continue;
          const { edited, fixes } = planFor(row);
          const changes = edited.changes();
          const edits = editCsv(row, changes);
          if (fixes.length === 0 || edits === undefined) continue;
          fixed++;
          const after = row.readAgain(applyChanges(row.text, edits)) as CsvEntry;
          assert.deepEqual(shown(after), shown(edited), row.text);
          assert.equal(after.fieldCount, row.fieldCount);
          // Each edit stands within the fields of the changed attributes, and within the value where one is replaced.
          for (const { span } of edits) {
            const isInValue = changes.some(
              ({ old }) => old && old.span.start <= span.start && span.end <= old.span.end,
            );
            const isInField = changes.some(({ attribute }) =>
              row.header.byType.get(attribute.toLowerCase())?.some(({ number }) => {
                const field = row.field(number)!;
                return field.start <= span.start && span.end <= field.end;
              }),
            );
            const onlyReplaces = changes.every(({ old, text }) => old !== undefined && text !== undefined);
            assert.ok(onlyReplaces ? isInValue : isInField, row.text);
          }
          assert.equal(planFor(after).fixes.length, 0, after.text);
        }
      }
      assert.ok(fixed > 40, `${fixed}`);
    });
  }
});

describe("A value is written as its field is", () => {
  const rows: readonly (readonly [
    name: string,
    table: string,
    attribute: string,
    old: string | undefined,
    text: string | undefined,
    after: string | undefined,
  ])[] = [
    ["plain", "DN,mail\nCN=J,a@b.c\n", "mail", "a@b.c", "x@b.c", "CN=J,x@b.c\n"],
    ["quoted", 'DN,mail\nCN=J,"a@b.c"\n', "mail", "a@b.c", 'x"y', 'CN=J,"x""y"\n'],
    ["needs quotes now", "DN,displayName\r\nCN=J,Jane\r\n", "displayName", "Jane", "Doe, Jane", 'CN=J,"Doe, Jane"\r\n'],
    [
      "one of several by csvde",
      "DN,proxyAddresses\nCN=J,smtp:a;X400:c=us\\;a= \\;;smtp:b\n",
      "proxyAddresses",
      "smtp:b",
      "smtp:c;d",
      "CN=J,smtp:a;X400:c=us\\;a= \\;;smtp:c\\;d\n",
    ],
    [
      "with a backslash by csvde",
      "DN,homeDirectory\nCN=J,c:\\\\a\n",
      "homeDirectory",
      "c:\\a",
      "c:\\b",
      "CN=J,c:\\\\b\n",
    ],
    ["bytes by csvde", "DN,displayName\nCN=J,X'4ac3a9'\n", "displayName", "Jé", "Jo", "CN=J,X'4a6f'\n"],
    [
      "the first one goes",
      "DN,proxyAddresses\nCN=J,smtp:a;smtp:b\n",
      "proxyAddresses",
      "smtp:a",
      undefined,
      "CN=J,smtp:b\n",
    ],
    [
      "the last one goes",
      "DN,proxyAddresses\nCN=J,smtp:a;smtp:b\n",
      "proxyAddresses",
      "smtp:b",
      undefined,
      "CN=J,smtp:a\n",
    ],
    ["the only one goes", 'DN,mail\nCN=J,"a@b.c"\n', "mail", "a@b.c", undefined, 'CN=J,""\n'],
    ["one comes", "DN,proxyAddresses\nCN=J,smtp:a\n", "proxyAddresses", undefined, "SMTP:b", "CN=J,smtp:a;SMTP:b\n"],
    ["the first one comes", "DN,mail,title\nCN=J,,Boss\n", "mail", undefined, "a@b.c", "CN=J,a@b.c,Boss\n"],
    [
      "joined with a comma and a blank",
      'DistinguishedName,proxyAddresses\nCN=J,"SMTP:a@b.c, smtp:d@b.c"\n',
      "proxyAddresses",
      "smtp:d@b.c",
      "smtp:e@b.c",
      'CN=J,"SMTP:a@b.c, smtp:e@b.c"\n',
    ],
    [
      "one comes to those",
      'DistinguishedName,proxyAddresses\nCN=J,"SMTP:a@b.c, smtp:d@b.c"\n',
      "proxyAddresses",
      undefined,
      "sip:e@b.c",
      'CN=J,"SMTP:a@b.c, smtp:d@b.c, sip:e@b.c"\n',
    ],
    [
      "would be taken apart",
      "DistinguishedName,proxyAddresses\nCN=J,smtp:a@b.c;smtp:d@b.c\n",
      "proxyAddresses",
      "smtp:a@b.c",
      "smtp:x;smtp:y",
      undefined,
    ],
    ["has no column", "DN,mail\nCN=J,a@b.c\n", "title", undefined, "Boss", undefined],
    [
      "stands for another",
      "DistinguishedName,GroupCategory,GroupScope\nCN=G,Security,Global\n",
      "groupType",
      "-2147483646",
      "2",
      undefined,
    ],
    [
      "of IdFix",
      "DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,PROPOSEDACTION,ACTION\nCN=J,J,user,mail,Format,a,,,\n",
      "mail",
      "a",
      "=b,c",
      'CN=J,J,user,mail,Format,a,"\'=b,c",,EDIT\n',
    ],
    [
      "of IdFix that goes",
      "DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,PROPOSEDACTION,ACTION\nCN=J,J,user,mail,Format,a,,,\n",
      "mail",
      "a",
      undefined,
      "CN=J,J,user,mail,Format,a,,,REMOVE\n",
    ],
  ];
  for (const [name, table, attribute, old, text, expected] of rows) {
    test(name, () => {
      const entry = readCsv(table, csvHeader(table)!).find((row) => row instanceof CsvEntry)!;
      const value = entry.values(attribute).find((one) => one.text === old);
      assert.equal(value?.text, old);
      const edits = editCsv(entry, [{ attribute, ...(value && { old: value }), ...(text !== undefined && { text }) }]);
      assert.equal(edits && applyChanges(entry.text, edits), expected);
    });
  }
});
