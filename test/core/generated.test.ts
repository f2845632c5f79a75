import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  baselineFileSchema,
  importResultSections,
  RECORD_SKELETONS,
  RULES,
  rulePage,
  ruleTable,
  settingsFileSchema,
  vscodeSettings,
} from "../../server/core/index.ts";

/** `npm run update` writes the files; `npm test` compares them. */
const update = process.env.SYNCREADY_UPDATE === "1";

function hold(file: string, content: string): void {
  if (update) {
    writeFileSync(file, content);
    return;
  }
  assert.ok(existsSync(file), `${file} is missing: run npm run update`);
  assert.equal(readFileSync(file, "utf8"), content, `${file} is out of date: run npm run update`);
}

/** Replaces what stands between two marker lines. */
function between(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  assert.ok(from >= 0 && to > from, `the markers ${begin} and ${end} are missing`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

describe("Generated files are up to date", () => {
  test("the rules' pages", () => {
    mkdirSync("docs/rules", { recursive: true });
    const pages = new Map(RULES.map((rule) => [`${rule.id}.md`, rulePage(rule)]));
    pages.set("README.md", `# Rules\n\n${ruleTable(RULES, "")}\n`);
    for (const [name, page] of pages) hold(`docs/rules/${name}`, page);
    const stale = readdirSync("docs/rules").filter((name) => !pages.has(name));
    if (update) for (const name of stale) rmSync(`docs/rules/${name}`);
    else assert.deepEqual(stale, [], "pages of rules that do not exist");
  });

  test("the table of rules in the README", () => {
    const readme = readFileSync("README.md", "utf8");
    const entryRules = RULES.filter(({ objectTypes }) => objectTypes !== undefined);
    hold("README.md", between(readme, "rules", ruleTable(entryRules, "docs/rules/")));
  });

  test("the codes on the page about results of imports", () => {
    const page = readFileSync("docs/import-results.md", "utf8");
    hold("docs/import-results.md", between(page, "codes", importResultSections()));
  });

  test("the settings in package.json", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8"));
    const own = {
      "syncready.codeLens.addresses": ADDRESS_LENSES,
      "syncready.inlayHints.base64": BASE64_HINTS,
      "syncready.trace.server": TRACE,
    };
    manifest.contributes.configuration = { title: "Syncready", properties: { ...vscodeSettings(RULES), ...own } };
    hold("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
  });

  test("the snippets of VS Code", () => {
    const snippets = RECORD_SKELETONS.map(({ title, ...snippet }) => [title, snippet]);
    hold("client/snippets/ldif.json", `${JSON.stringify(Object.fromEntries(snippets), null, 2)}\n`);
  });

  test("the schema of the settings file", () => {
    hold("docs/syncready.schema.json", `${JSON.stringify(settingsFileSchema(RULES), null, 2)}\n`);
  });

  test("the schema of the baseline", () => {
    hold("docs/syncready-baseline.schema.json", `${JSON.stringify(baselineFileSchema(RULES), null, 2)}\n`);
  });
});

const ADDRESS_LENSES = {
  scope: "resource",
  type: "boolean",
  default: false,
  markdownDescription:
    "Shows above each entry of an export which addresses Exchange Online will show. The hover over an address shows them always.",
};

const BASE64_HINTS = {
  scope: "resource",
  type: "boolean",
  default: true,
  markdownDescription:
    "Shows the text of short values in base64 behind them. All such hints are switched with `#editor.inlayHints.enabled#`.",
};

const TRACE = {
  scope: "window",
  type: "string",
  enum: ["off", "messages", "verbose"],
  default: "off",
  markdownDescription: "Writes the messages between the editor and the language server to the output channel.",
};
