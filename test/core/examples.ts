import { Checker } from "../../server/core/engine/checker.ts";
import { ExportCheck } from "../../server/core/engine/export-check.ts";
import type { Finding } from "../../server/core/engine/finding.ts";
import { Forest } from "../../server/core/engine/forest.ts";
import type { Example, Rule } from "../../server/core/engine/rule.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { formatOf, NO_EXPORT } from "../../server/core/formats/index.ts";
import type { ObjectType } from "../../server/core/model/object-type.ts";
import type { SourceRecord } from "../../server/core/model/source-record.ts";
import { FORMAT_RULES, RULES } from "../../server/core/rules/index.ts";
import { type Span, shift } from "../../server/core/text/span.ts";

/** A finding, and where in the whole text it stands. */
export interface FoundInText {
  readonly finding: Finding;
  readonly record: SourceRecord;
  readonly span: Span;
}

/** Checks a text as the product does: record by record, in two passes. */
export function checkText(
  text: string,
  settings: Settings = DEFAULT_SETTINGS,
  longestRecord?: number,
  rules: readonly Rule[] = RULES,
  name = "example.ldf",
): FoundInText[] {
  const found: FoundInText[] = [];
  const records: SourceRecord[] = [];
  const checker = new Checker(rules, settings);
  const formatRules = new Map(rules.filter(({ id }) => FORMAT_RULES.has(id)).map((rule) => [rule.id, rule]));
  const forest = new Forest(checker);
  const report = (finding: Finding, record: unknown) => {
    const { start } = record as SourceRecord;
    found.push({ finding, record: record as SourceRecord, span: shift(finding.span, start) });
  };
  const check = new ExportCheck(checker, formatRules, forest, name, report);
  const sink = (record: SourceRecord) => {
    records.push(record);
    check.first(record);
  };
  const reader = (formatOf(name, text) ?? NO_EXPORT).reader(sink, longestRecord);
  reader.push(text);
  reader.end();
  check.finishFirst();
  if (check.needsSecondPass || forest.found) check.secondOfAll(records);
  forest.report(report);
  return found.sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
}

/** `text` without its `«` and `»`, and the spans that they enclose. */
export function parseMarks(marked: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = "";
  let start = -1;
  for (const character of marked) {
    if (character === "«") start = text.length;
    else if (character === "»") spans.push({ start, end: text.length });
    else text += character;
  }
  return { text, spans };
}

/** `text` with the spans marked: what a failed comparison shows. */
export function withMarks(text: string, spans: readonly Span[]): string {
  const marks = spans.flatMap(({ start, end }) => [
    { at: start, order: start === end ? 1 : 2, mark: "«" },
    { at: end, order: start === end ? 1 : 0, mark: "»" },
  ]);
  marks.sort((one, other) => one.at - other.at || one.order - other.order);
  let from = 0;
  let marked = "";
  for (const { at, mark } of marks) {
    marked += text.slice(from, at) + mark;
    from = at;
  }
  return marked + text.slice(from);
}

const OBJECT_CLASSES: Readonly<Record<ObjectType, readonly string[]>> = {
  user: ["top", "person", "organizationalPerson", "user"],
  inetOrgPerson: ["top", "person", "organizationalPerson", "user", "inetOrgPerson"],
  contact: ["top", "person", "organizationalPerson", "contact"],
  group: ["top", "group"],
  computer: ["top", "person", "organizationalPerson", "user", "computer"],
  other: ["top", "container"],
};

/** The whole LDIF file that an example stands for. A rule about the file has whole files as examples. */
export function wholeText(rule: Rule, example: string, settings: Settings): string {
  if (rule.objectTypes === undefined) return example;
  const [type = "other"] = rule.objectTypes;
  const entries = example
    .replace(/\n+$/, "")
    .split(/\n\n/)
    .map((lines, index) => wholeEntry(lines, index + 1, type));
  // What an example leaves out counts as missing only for a rule about missing values.
  const around = rule.requires === undefined ? [] : background(settings);
  return [...entries, ...around].map((entry) => `${entry}\n`).join("\n");
}

/** Adds the DN and the object classes that an example leaves out. */
function wholeEntry(lines: string, number: number, type: ObjectType): string {
  const plain = lines.replace(/[«»]/g, "");
  const dn = /^dn:/im.test(plain) ? "" : `dn: CN=Example ${number},OU=Staff,DC=contoso,DC=com\n`;
  if (/^objectClass:/im.test(plain)) return dn + lines;
  const classes = OBJECT_CLASSES[type].map((name) => `objectClass: ${name}`).join("\n");
  if (dn !== "") return `${dn}${classes}\n${lines}`;
  const endOfDn = /^«?dn:.*(?:\n .*)*/im.exec(lines)![0].length;
  return `${lines.slice(0, endOfDn)}\n${classes}${lines.slice(endOfDn)}`;
}

/** Entries that break no rule and carry every attribute that some rule may find missing. */
export function background({ verifiedDomains }: Settings): string[] {
  const domain = verifiedDomains[0] ?? "contoso.com";
  const objects: readonly (readonly [ObjectType, name: string, ...lines: string[]])[] = [
    [
      "user",
      "clean.user",
      "sAMAccountName: clean.user",
      "userAccountControl: 512",
      "userCertificate:: MIIC",
      `userPrincipalName: clean.user@${domain}`,
    ],
    ["contact", "clean.contact", `targetAddress: SMTP:clean.contact@${domain}`],
    ["group", "clean.group", "sAMAccountName: clean.group", "groupType: -2147483640"],
  ];
  return objects.map(([type, name, ...lines]) =>
    [
      `dn: CN=${name},OU=Background,DC=contoso,DC=com`,
      ...OBJECT_CLASSES[type].map((objectClass) => `objectClass: ${objectClass}`),
      `cn: ${name}`,
      `displayName: ${name}`,
      `mail: ${name}@${domain}`,
      `mailNickname: ${name}`,
      `proxyAddresses: SMTP:${name}@${domain}`,
      ...lines,
    ].join("\n"),
  );
}

export function settingsOf(example: Example): Settings {
  return { ...DEFAULT_SETTINGS, ...example.settings };
}
