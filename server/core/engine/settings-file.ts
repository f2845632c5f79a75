import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { quoted } from "../text/characters.ts";
import type { Span } from "../text/span.ts";
import { DEFAULT_SETTINGS, PROFILES, SEVERITIES, type Settings } from "./settings.ts";

/** Something wrong in a settings file; the span counts from the text's start. */
export interface SettingsProblem {
  readonly span: Span;
  readonly message: string;
}

export interface SettingsFile {
  /** The settings that the file gives; those that are wrong or missing are left out. */
  readonly settings: Partial<Settings>;
  readonly problems: readonly SettingsProblem[];
}

/**
 * Reads the text of a `.syncready.json`: JSON with comments and trailing commas. What is wrong is told with its place, and the
 * rest counts. `ruleIds` are the rules that there are.
 */
export function readSettingsFile(text: string, ruleIds: ReadonlySet<string>): SettingsFile {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const problems: SettingsProblem[] = errors.map(({ error, offset, length }) => ({
    span: { start: offset, end: offset + length },
    message: `This is no JSON: ${printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()}`,
  }));
  if (tree === undefined) return { settings: {}, problems };
  const reading = new Reading(ruleIds, problems);
  return { settings: reading.settings(tree), problems };
}

/** Settings from any source, over the ones before: what the later source does not say stays as it was. */
export function mergeSettings(...sources: readonly Partial<Settings>[]): Settings {
  let merged: Settings = DEFAULT_SETTINGS;
  for (const source of sources) {
    const rules = { ...merged.rules, ...source.rules };
    merged = { ...merged, ...source, rules };
  }
  return merged;
}

const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

class Reading {
  readonly #ruleIds: ReadonlySet<string>;
  readonly #problems: SettingsProblem[];

  constructor(ruleIds: ReadonlySet<string>, problems: SettingsProblem[]) {
    this.#ruleIds = ruleIds;
    this.#problems = problems;
  }

  settings(tree: Node): Partial<Settings> {
    const settings: { -readonly [Key in keyof Settings]?: Settings[Key] } = {};
    for (const [name, value, key] of this.#properties(tree, "The settings")) {
      switch (name) {
        case "$schema":
          break;
        case "profile": {
          const profile = this.#oneOf(value, PROFILES);
          if (profile !== undefined) settings.profile = profile;
          break;
        }
        case "verifiedDomains":
          settings.verifiedDomains = this.#domains(value);
          break;
        case "initialDomain": {
          const domain = this.#domain(value);
          if (domain !== undefined) settings.initialDomain = domain;
          break;
        }
        case "domainReplacements":
          settings.domainReplacements = this.#domainReplacements(value);
          break;
        case "rules":
          settings.rules = this.#rules(value);
          break;
        default:
          this.#report(key, `${quoted(name)} is no setting; the settings are ${SETTING_NAMES.join(", ")}`);
      }
    }
    return settings;
  }

  #rules(node: Node): Settings["rules"] {
    const rules: Record<string, Settings["rules"][string]> = {};
    for (const [id, value, key] of this.#properties(node, "rules")) {
      const severity = this.#oneOf(value, [...SEVERITIES, "off"] as const);
      if (!this.#ruleIds.has(id)) this.#report(key, `There is no rule ${quoted(id)}`);
      else if (severity !== undefined) rules[id] = severity;
    }
    return rules;
  }

  #domainReplacements(node: Node): Settings["domainReplacements"] {
    const replacements: Record<string, string> = {};
    for (const [from, value] of this.#properties(node, "domainReplacements")) {
      const domain = this.#domain(value);
      if (domain !== undefined) replacements[from.toLowerCase()] = domain;
    }
    return replacements;
  }

  #domains(node: Node): string[] {
    if (node.type !== "array") {
      this.#report(node, 'Here a list of domains is expected, like ["contoso.com"]');
      return [];
    }
    return (node.children ?? []).map((child) => this.#domain(child)).filter((domain) => domain !== undefined);
  }

  #domain(node: Node): string | undefined {
    if (node.type === "string" && DOMAIN.test(node.value)) return node.value.toLowerCase();
    const found = node.type === "string" ? `${quoted(node.value)} is no domain name` : "Here a domain name is expected";
    this.#report(node, `${found}, like "contoso.com"`);
    return undefined;
  }

  #oneOf<Choice extends string>(node: Node, choices: readonly Choice[]): Choice | undefined {
    const choice = choices.find((one) => one === node.value);
    if (choice === undefined) {
      const names = choices.map((one) => `"${one}"`).join(", ");
      this.#report(node, `Here one of ${names} is expected`);
    }
    return choice;
  }

  *#properties(node: Node, what: string): Iterable<[name: string, value: Node, key: Node]> {
    if (node.type !== "object") {
      this.#report(node, `${what} must be an object, in braces`);
      return;
    }
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key !== undefined && value !== undefined) yield [String(key.value), value, key];
    }
  }

  #report({ offset, length }: Node, message: string): void {
    this.#problems.push({ span: { start: offset, end: offset + length }, message });
  }
}

const SETTING_NAMES = ["profile", "verifiedDomains", "initialDomain", "domainReplacements", "rules"];
