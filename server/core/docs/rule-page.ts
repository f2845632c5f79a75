import type { Effect, Example, Rule } from "../engine/rule.ts";

/** What Entra ID makes of it, as a sentence. */
export const EFFECTS: Readonly<Record<Effect, string>> = {
  excluded: "The object is left out of synchronization, without an error.",
  "export-error": "The export of the object to Microsoft Entra ID fails.",
  quarantined: "Microsoft Entra ID quarantines the value and goes on without it.",
  "value-changed": "The object synchronizes, with another value than the directory has.",
  "attribute-dropped": "The object synchronizes, and Microsoft Entra ID drops the value.",
  none: "None: the finding is about the file, not about an object.",
};

/** The page of a rule on the web. */
export function rulePageUrl(id: string): string {
  return `https://github.com/syncready/syncready/blob/main/docs/rules/${id}.md`;
}

/** The page of a rule in Markdown: its words come from the rule's declaration, nothing is written twice. */
export function rulePage(rule: Rule): string {
  const facts = [
    ["Rule", `\`${rule.id}\``],
    ["Severity", rule.severity],
    ["Effect", EFFECTS[rule.effect]],
    ["Objects", rule.objectTypes?.join(", ")],
    ["Attributes", rule.attributes.map((name) => `\`${name}\``).join(", ")],
    ["Needs in the export", rule.requires?.map((name) => `\`${name}\``).join(", ")],
    [
      "Documented for",
      rule.profiles?.map(profileName).join(", ") ?? (rule.objectTypes && "Connect Sync and Cloud Sync"),
    ],
    ["Silent with the setting", rule.unless && `\`${rule.unless}\``],
    ["Rule sets of IdFix", rule.rulesets?.map((name) => `\`${name}\``).join(", ")],
    ["Fix", fixText(rule)],
  ].filter(([, value]) => value);
  return [
    `# ${rule.title}`,
    rule.message.replace(/\{(\w+)\}/g, "*$1*").concat("."),
    ["| | |", "|---|---|", ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join("\n"),
    rule.why,
    "## Examples",
    ...rule.examples.map(exampleText),
    "## Settings",
    `Change its severity, or switch it off, in \`.syncready.json\`:\n\n\`\`\`json\n{ "rules": { "${rule.id}": "off" } }\n\`\`\``,
    ...(rule.sources.length === 0 ? [] : ["## Sources", rule.sources.map((source) => `* <${source}>`).join("\n")]),
  ]
    .join("\n\n")
    .concat("\n");
}

function profileName(profile: string): string {
  return profile === "connect" ? "Connect Sync" : "Cloud Sync";
}

function fixText(rule: Rule): string | undefined {
  if (rule.fix === undefined) return undefined;
  return rule.examples.some((example) => "fixed" in example && example.fixed !== undefined)
    ? "A quick fix sets the value; see the examples."
    : "A quick fix suggests a value.";
}

function exampleText(example: Example): string {
  if ("good" in example) return `Not reported:\n\n${block(example.good)}`;
  const settings = example.settings === undefined ? "" : ` (with the settings \`${JSON.stringify(example.settings)}\`)`;
  const fixed = example.fixed === undefined ? "" : `\n\nAfter the fix:\n\n${block(example.fixed)}`;
  return `Reported${settings}, between « and »:\n\n${block(example.bad)}${fixed}`;
}

/** Line ends and what cannot be seen are shown as escapes: they may be what the example is about. */
function block(text: string): string {
  const visible = text.replace(/[\x00-\x09\x0b-\x1f\x7f\ufffd]/g, (character) => {
    const names: Readonly<Record<string, string>> = { "\t": "\\t", "\r": "\\r", "\0": "\\0" };
    return names[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  const language = text.startsWith("{") ? "json" : "ldif";
  return `\`\`\`${language}\n${visible.replace(/\n$/, "")}\n\`\`\``;
}

/** The list of all rules, one line each, for docs/rules/README.md and the README. */
export function ruleTable(rules: readonly Rule[], folder: string): string {
  const rows = rules.map(
    ({ id, title, severity, effect }) => `| [${id}](${folder}${id}.md) | ${title} | ${severity} | ${effect} |`,
  );
  return ["| Rule | What is wrong | Severity | Effect |", "|---|---|---|---|", ...rows].join("\n");
}
