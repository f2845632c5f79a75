import type { Node } from "jsonc-parser";
import { dnKey, parseDn } from "../model/dn.ts";
import { type LdapFilter, parseLdapFilter } from "../model/ldap-filter.ts";
import { quoted } from "../text/characters.ts";
import { type JsonProblem, membersOf, parseJsonText } from "./json-text.ts";
import {
  type CustomScoping,
  DEFAULT_SETTINGS,
  PROFILES,
  RULESETS,
  type Scope,
  SEVERITIES,
  type Settings,
} from "./settings.ts";

export interface SettingsFile {
  /** The settings that the file gives; those that are wrong or missing are left out. */
  readonly settings: Partial<Settings>;
  readonly problems: readonly JsonProblem[];
}

/**
 * Reads the text of a `.syncready.json`: JSON with comments and trailing commas. What is wrong is told with its place, and the
 * rest counts. `ruleIds` are the rules that there are.
 */
export function readSettingsFile(text: string, ruleIds: ReadonlySet<string>): SettingsFile {
  const { tree, problems: broken } = parseJsonText(text);
  const problems = [...broken];
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
  readonly #problems: JsonProblem[];

  constructor(ruleIds: ReadonlySet<string>, problems: JsonProblem[]) {
    this.#ruleIds = ruleIds;
    this.#problems = problems;
  }

  settings(tree: Node): Partial<Settings> {
    const settings: Record<string, unknown> = {};
    for (const [name, value, key] of this.#properties(tree, "The settings")) {
      const read = Object.hasOwn(READERS, name) ? READERS[name as keyof Settings] : undefined;
      if (read !== undefined) settings[name] = read(this, value);
      else if (name !== "$schema") {
        this.#report(key, `${quoted(name)} is no setting; the settings are ${SETTING_NAMES.join(", ")}`);
      }
    }
    for (const [name, value] of Object.entries(settings)) if (value === undefined) delete settings[name];
    return settings;
  }

  rules(node: Node): Settings["rules"] {
    const rules: Record<string, Settings["rules"][string]> = {};
    for (const [id, value, key] of this.#properties(node, "rules")) {
      const severity = this.oneOf(value, [...SEVERITIES, "off"] as const);
      if (!this.#ruleIds.has(id)) this.#report(key, `There is no rule ${quoted(id)}`);
      else if (severity !== undefined) rules[id] = severity;
    }
    return rules;
  }

  domainReplacements(node: Node): Settings["domainReplacements"] {
    const replacements: Record<string, string> = {};
    for (const [from, value] of this.#properties(node, "domainReplacements")) {
      const domain = this.domain(value);
      if (domain !== undefined) replacements[from.toLowerCase()] = domain;
    }
    return replacements;
  }

  domains(node: Node): string[] {
    return this.list(node, '["contoso.com"]', (item) => this.domain(item));
  }

  domain(node: Node): string | undefined {
    if (node.type === "string" && DOMAIN.test(node.value)) return node.value.toLowerCase();
    const found = node.type === "string" ? `${quoted(node.value)} is no domain name` : "Here a domain name is expected";
    this.#report(node, `${found}, like "contoso.com"`);
    return undefined;
  }

  oneOf<Choice extends string | boolean>(node: Node, choices: readonly Choice[]): Choice | undefined {
    const choice = choices.find((one) => one === node.value);
    if (choice === undefined) {
      const names = choices.map((one) => JSON.stringify(one)).join(", ");
      this.#report(node, `Here one of ${names} is expected`);
    }
    return choice;
  }

  /** A list of texts, each of which `read` understands; what it does not is told and left out. */
  list<Item>(node: Node, example: string, read: (item: Node) => Item | undefined): Item[] {
    if (node.type !== "array") {
      this.#report(node, `Here a list is expected, like ${example}`);
      return [];
    }
    return (node.children ?? []).map(read).filter((item) => item !== undefined);
  }

  scope(node: Node): Scope {
    const scope = { include: [] as string[], exclude: [] as string[] };
    for (const [name, value, key] of this.#properties(node, "scope")) {
      if (name === "include" || name === "exclude")
        scope[name] = this.list(value, DN_EXAMPLE, (item) => this.#dn(item));
      else this.#report(key, `${quoted(name)} is nothing that a scope has; it has include and exclude`);
    }
    return scope;
  }

  customScoping(node: Node): CustomScoping[] {
    return this.list(node, '[{ "name": "No mailbox", "exclude": "(extensionAttribute15=NoSync)" }]', (item) => {
      const properties = new Map([...this.#properties(item, "A scoping rule")].map(([name, value]) => [name, value]));
      const name = properties.get("name");
      const exclude = properties.get("exclude");
      if (exclude?.type !== "string") {
        if (item.type === "object") this.#report(item, 'A scoping rule needs "exclude", an LDAP filter');
        return undefined;
      }
      const filter = this.#filter(exclude);
      return filter && { name: String(name?.value ?? exclude.value), exclude: String(exclude.value), filter };
    });
  }

  /** The filter, or a problem at its place: offsets in a JSON string are those of its value where it has no escapes. */
  #filter(node: Node): LdapFilter | undefined {
    const parsed = parseLdapFilter(String(node.value));
    if ("filter" in parsed) return parsed.filter;
    const { start, end, reason } = parsed.error;
    const plain = node.length === String(node.value).length + 2;
    const span = { offset: node.offset + 1 + start, length: Math.max(1, end - start) };
    this.#report(plain ? span : node, `The filter cannot be read: ${reason}`);
    return undefined;
  }

  #dn(node: Node): string | undefined {
    if (node.type === "string" && node.value !== "" && parseDn(node.value).error === undefined)
      return dnKey(node.value);
    this.#report(node, `Here a DN is expected, like ${DN_EXAMPLE}`);
    return undefined;
  }

  topLevelDomain(node: Node): string | undefined {
    const label = node.type === "string" ? String(node.value).toLowerCase().replace(/^\./, "") : "";
    if (/^[a-z0-9-]+$/.test(label)) return label;
    this.#report(node, 'Here a top-level domain is expected, like "cloud"');
    return undefined;
  }

  fileName(node: Node): string | undefined {
    const name = node.type === "string" ? String(node.value) : "";
    if (/^(?!\.{1,2}$)[^/\\]+$/.test(name)) return name;
    const found = name === "" ? "Here the name of a file is expected" : `${quoted(name)} is no file beside this one`;
    this.#report(node, `${found}; give a name without a folder, like "contoso.ldf"`);
    return undefined;
  }

  *#properties(node: Node, what: string): Iterable<[name: string, value: Node, key: Node]> {
    if (node.type !== "object") {
      this.#report(node, `${what} must be an object, in braces`);
      return;
    }
    yield* membersOf(node);
  }

  #report({ offset, length }: Pick<Node, "offset" | "length">, message: string): void {
    this.#problems.push({ span: { start: offset, end: offset + length }, message });
  }
}

const DN_EXAMPLE = '"OU=Staff,DC=contoso,DC=com"';

/** How each setting is read; what cannot be read is told, and left out. */
const READERS: { readonly [Name in keyof Settings]: (reading: Reading, node: Node) => Settings[Name] | undefined } = {
  profile: (reading, node) => reading.oneOf(node, PROFILES),
  ruleset: (reading, node) => reading.oneOf(node, RULESETS),
  verifiedDomains: (reading, node) => reading.domains(node),
  // VS Code has no way to leave a text unset but to leave it empty.
  initialDomain: (reading, node) => (node.value === "" ? undefined : reading.domain(node)),
  domainReplacements: (reading, node) => reading.domainReplacements(node),
  alternateLoginId: (reading, node) => reading.oneOf(node, [true, false]),
  extraTopLevelDomains: (reading, node) => reading.list(node, '["cloud"]', (item) => reading.topLevelDomain(item)),
  scope: (reading, node) => reading.scope(node),
  customScoping: (reading, node) => reading.customScoping(node),
  checkedTogether: (reading, node) =>
    reading.list(node, '["contoso.ldf", "fabrikam.ldf"]', (item) => reading.fileName(item)),
  rules: (reading, node) => reading.rules(node),
};

/** The names of all settings, as they stand in a settings file and, after `syncready.`, in VS Code. */
export const SETTING_NAMES: readonly string[] = Object.keys(READERS);
