import type { Rule } from "../engine/rule.ts";
import { PROFILES, RULESETS, SEVERITIES } from "../engine/settings.ts";

type Schema = Readonly<Record<string, unknown>>;

/** What each setting is for, in Markdown, and the JSON schema of its value. One text for VS Code's settings and the settings file. */
function settings(rules: readonly Rule[]): Readonly<Record<string, Schema>> {
  return {
    profile: {
      type: "string",
      enum: [...PROFILES],
      enumDescriptions: [
        "Microsoft Entra Connect Sync",
        "Microsoft Entra Cloud Sync: rules that are documented for Connect Sync only are silent",
      ],
      default: "connect",
      markdownDescription: "The tool that synchronizes the directory.",
    },
    ruleset: {
      type: "string",
      enum: [...RULESETS],
      enumDescriptions: [
        "All rules",
        "What the multi-tenant rules of IdFix found, where it was right",
        "What the dedicated rules of IdFix found, where it was right",
      ],
      default: "default",
      markdownDescription:
        "Which rules are on, for those who come from IdFix. Single rules can still be changed with `rules`.",
    },
    verifiedDomains: {
      type: "array",
      items: { type: "string" },
      default: [],
      markdownDescription:
        'The domains that are verified in the tenant, such as `"contoso.com"`. As long as there are none here, suffixes are only checked for names that can never be verified.',
    },
    initialDomain: {
      type: "string",
      default: "",
      markdownDescription: "The initial domain of the tenant, such as `contoso.onmicrosoft.com`.",
    },
    domainReplacements: {
      type: "object",
      additionalProperties: { type: "string" },
      default: {},
      markdownDescription:
        'Which verified domain takes the place of one that cannot be verified, such as `{ "contoso.local": "contoso.com" }`. Fixes of suffixes and addresses use it.',
    },
    alternateLoginId: {
      type: "boolean",
      default: false,
      markdownDescription:
        "Users sign in with another attribute than userPrincipalName: the rules about userPrincipalName are silent.",
    },
    extraTopLevelDomains: {
      type: "array",
      items: { type: "string" },
      default: [],
      markdownDescription:
        'Top-level domains that exist although the built-in list does not know them, such as `"cloud"`.',
    },
    scope: {
      type: "object",
      default: {},
      markdownDescription:
        'Which parts of the directory are checked, by DN: `{ "include": ["OU=Staff,DC=contoso,DC=com"], "exclude": [...] }`. Objects outside are not looked at, and are no duplicates of anything.',
      properties: {
        include: { type: "array", items: { type: "string" }, markdownDescription: "Only what is below these DNs." },
        exclude: { type: "array", items: { type: "string" }, markdownDescription: "Nothing that is below these DNs." },
      },
    },
    customScoping: {
      type: "array",
      default: [],
      markdownDescription:
        'Scoping rules of your own: objects that match an LDAP filter do not synchronize, such as `[{ "name": "No mailbox", "exclude": "(extensionAttribute15=NoSync)" }]`.',
      items: {
        type: "object",
        properties: {
          name: { type: "string", markdownDescription: "What the rule is called in the synchronization tool." },
          exclude: {
            type: "string",
            markdownDescription: "An LDAP filter (RFC 4515): objects that match it are left out.",
          },
        },
      },
    },
    checkedTogether: {
      type: "array",
      items: { type: "string" },
      default: [],
      markdownDescription:
        'The exports in one folder that are checked against each other, such as those of the domains of a forest: `["contoso.ldf", "fabrikam.ldf"]`. Each is searched for duplicates of the others, and for references to their objects.',
    },
    rules: {
      type: "object",
      default: {},
      markdownDescription: 'The severity of single rules, or `"off"`.',
      properties: Object.fromEntries(
        rules.map(({ id, title, severity }) => [
          id,
          { enum: [...SEVERITIES, "off"], default: severity, markdownDescription: `${title}.` },
        ]),
      ),
      additionalProperties: false,
    },
  };
}

/** The properties of VS Code's settings, `syncready.*`, without those that only the extension itself has. */
export function vscodeSettings(rules: readonly Rule[]): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(settings(rules)).map(([name, schema]) => [`syncready.${name}`, { scope: "resource", ...schema }]),
  );
}

/**
 * The JSON schema of `.syncready.json`. It offers and describes, but finds no fault: what is wrong in a settings file is told by the
 * server, in one voice and also when the file is not open.
 */
export function settingsFileSchema(rules: readonly Rule[]): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Syncready settings",
    markdownDescription: "Settings for the exports in this folder. They win over the settings of the editor.",
    allowComments: true,
    allowTrailingCommas: true,
    type: "object",
    properties: Object.fromEntries(Object.entries(settings(rules)).map(([name, schema]) => [name, tolerant(schema)])),
  };
}

function tolerant(schema: Schema): Schema {
  const { type, properties, additionalProperties, ...rest } = schema;
  const inner = properties as Readonly<Record<string, Schema>> | undefined;
  return {
    ...(inner === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, tolerant(one)])) }),
    ...("enum" in rest || inner !== undefined
      ? { anyOf: [{ ...rest, ...(type === undefined ? {} : { type }) }, {}] }
      : rest),
    ...(rest.markdownDescription === undefined ? {} : { markdownDescription: rest.markdownDescription }),
    ...(rest.default === undefined ? {} : { default: rest.default }),
  };
}
