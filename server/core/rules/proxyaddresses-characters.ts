import { defineRule, type Effect, type Example, type Fix, type FixContext, type Rule } from "../engine/rule.ts";
import type { Severity } from "../engine/settings.ts";
import { domainStart } from "../model/address.ts";
import { characterName } from "../text/characters.ts";
import { INVISIBLE, withoutInvisible } from "../text/invisible.ts";
import { firstMatch, runOf } from "../text/run.ts";
import type { Span } from "../text/span.ts";
import { transliterate } from "../text/transliterate.ts";
import { rewriteSmtpAddress, smtpPart } from "./rewrite-smtp-address.ts";
import { PREPARATION, PROXY_ADDRESSES_ARTICLE, UNDERSCORES } from "./sources.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly effect: Effect;
  /** Matches one character. */
  readonly characters: RegExp;
  /** The characters matter before the last "@" only. */
  readonly localPartOnly?: boolean;
  /** What Entra ID does about them. */
  readonly outcome: string;
  readonly why: string;
  readonly sources: readonly string[];
  readonly suppresses?: readonly string[];
  readonly fix: (context: FixContext) => Fix | undefined;
  readonly examples: readonly Example[];
}

const BRACKETS_AND_SEPARATORS = /[<>();,[\]"]/g;
const VISIBLE_NON_ASCII = new RegExp(`(?!${INVISIBLE.source})[^\\0-\\x7f]`, "gu");
const REPLACED_BY_UNDERSCORES = /[ `()|=?/%]/g;

const ROWS: readonly Row[] = [
  {
    id: "proxyaddresses-whitespace-or-invisible",
    title: "An SMTP address contains white space or invisible characters",
    severity: "error",
    effect: "attribute-dropped",
    characters: INVISIBLE,
    outcome: "Entra ID discards the address",
    why: `White space, control characters, and characters that take no room (zero width space, soft hyphen, byte order mark) are not
allowed in an SMTP address; they come from copying. Entra ID discards the address. White space at the very ends of the value is
another matter: Connect Sync removes it.

Remove the characters. The fix does that where an address remains that the object does not have yet.`,
    sources: [PREPARATION, PROXY_ADDRESSES_ARTICLE],
    suppresses: [
      "proxyaddresses-outer-whitespace",
      "proxyaddresses-underscore-substitution",
      "proxyaddresses-smtp-format",
    ],
    fix: (context) => rewriteSmtpAddress(context, withoutInvisible, { safety: "safe", deterministic: true }),
    examples: [
      { bad: "proxyAddresses: SMTP:«  »jane@contoso.com", fixed: "proxyAddresses: SMTP:jane@contoso.com" },
      { bad: "proxyAddresses: SMTP:jane« »doe@contoso.com " },
      { bad: "proxyAddresses:: U01UUDpqYW5lQGNvbnRvc28uY29t«4oCL»" },
      { bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jane«\u00a0»@contoso.com" },
      { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: x500:/o=Contoso Ltd/cn=jane" },
      { good: "proxyAddresses: SMTP:jane@contoso.com " },
    ],
  },
  {
    id: "proxyaddresses-invalid-characters",
    title: "An SMTP address contains a bracket, quotation mark, comma or semicolon",
    severity: "error",
    effect: "attribute-dropped",
    characters: BRACKETS_AND_SEPARATORS,
    outcome: "Entra ID discards the address",
    why: `None of \`< > ( ) ; , [ ] "\` is allowed in an SMTP address in Entra ID. Often a whole mail header was copied, or two addresses
were put into one value.

Remove the characters, or make two values of the one.`,
    sources: [PREPARATION, PROXY_ADDRESSES_ARTICLE],
    suppresses: ["proxyaddresses-underscore-substitution", "proxyaddresses-smtp-format"],
    fix: (context) =>
      rewriteSmtpAddress(context, without(BRACKETS_AND_SEPARATORS), { safety: "review", deterministic: true }),
    examples: [
      { bad: "proxyAddresses: SMTP:«<»jane@contoso.com>", fixed: "proxyAddresses: SMTP:jane@contoso.com" },
      { bad: "proxyAddresses: SMTP:jane@contoso.com«;»jd@contoso.com" },
      { bad: "proxyAddresses: SMTP:jane«,»doe@contoso.com" },
      { good: "proxyAddresses: SMTP:o'neil@contoso.com" },
      { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: X400:c=US;a= ;p=Contoso;s=Doe;" },
    ],
  },
  {
    id: "proxyaddresses-non-ascii-characters",
    title: "An SMTP address contains a character beyond ASCII",
    severity: "error",
    effect: "attribute-dropped",
    characters: VISIBLE_NON_ASCII,
    outcome: "Entra ID does not take it in an SMTP address",
    why: `SMTP addresses in Entra ID consist of ASCII characters: letters with diacritical marks and letters of other scripts are not
allowed. A domain with such letters has to be written in its ASCII form, which begins with "xn--".

Write the part before "@" in plain letters. The fix suggests them ("müller" becomes "muller"); names are often written otherwise
("mueller"), so look at the result.`,
    sources: [PREPARATION],
    fix: (context) => rewriteSmtpAddress(context, inAscii, { safety: "review", deterministic: true }),
    examples: [
      { bad: "proxyAddresses: SMTP:m«ü»ller@contoso.com", fixed: "proxyAddresses: SMTP:muller@contoso.com" },
      { bad: "proxyAddresses: SMTP:jane@m«ü»nchen.de" },
      { bad: "proxyAddresses: SMTP:«佐藤»@contoso.com" },
      { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: x500:/o=Société/cn=é" },
    ],
  },
  {
    id: "proxyaddresses-underscore-substitution",
    title: "Microsoft 365 replaces a character of an SMTP address by an underscore",
    severity: "warning",
    effect: "value-changed",
    characters: REPLACED_BY_UNDERSCORES,
    localPartOnly: true,
    outcome: "Microsoft 365 puts an underscore in its place, and mail to this address does not arrive",
    why: `Mail addresses may contain \`\\\` | = ? / %\`, but Microsoft 365 takes these, spaces and parentheses for special characters and
writes an underscore instead: the user gets another address than the directory says.

Give the object an address without the character. The fix writes the underscore into the directory, too.`,
    sources: [UNDERSCORES],
    fix: (context) => rewriteSmtpAddress(context, withUnderscores, { safety: "review", deterministic: false }),
    examples: [
      { bad: "proxyAddresses: SMTP:a«=»b@contoso.com", fixed: "proxyAddresses: SMTP:a_b@contoso.com" },
      { bad: "proxyAddresses: SMTP:a«%|»b@contoso.com" },
      { good: "proxyAddresses: SMTP:a+b@contoso.com" },
      { good: "proxyAddresses: SMTP:o'neil@contoso.com\nproxyAddresses: x500:/o=a/cn=b" },
    ],
  },
];

const RUNS = ROWS.map(({ characters, localPartOnly = false }) => ({ run: runOf(characters), localPartOnly }));

/** Characters that an SMTP address cannot have in Entra ID. */
export const PROXY_ADDRESS_CHARACTER_RULES: readonly Rule[] = ROWS.map(
  ({ characters, localPartOnly = false, outcome, ...row }) => {
    const run = runOf(characters);
    return defineRule({
      ...row,
      message: `The address contains {character}: ${outcome}`,
      objectTypes: ["user", "inetOrgPerson", "contact", "group"],
      attributes: ["proxyAddresses"],
      checkValue({ value }, report) {
        const found = runIn(value.text, run, localPartOnly);
        if (found === undefined) return;
        const character = characterName(value.text.slice(found.start, found.end));
        report({ value, span: value.slice(found.start, found.end) }, { character });
      },
    });
  },
);

function runIn(text: string, run: RegExp, localPartOnly: boolean): Span | undefined {
  const part = smtpPart(text);
  if (part === undefined) return undefined;
  const end = localPartOnly ? domainStart(text) - 1 : part.end;
  return end > part.start ? firstMatch(text, run, part.start, end) : undefined;
}

function without(characters: RegExp): (address: string) => string {
  return (address) => address.replace(characters, "");
}

/** Only before "@": "munchen.de" is another domain than "münchen.de". */
function inAscii(address: string): string {
  const at = address.lastIndexOf("@");
  return transliterate(address.slice(0, Math.max(at, 0))) + address.slice(Math.max(at, 0));
}

function withUnderscores(address: string): string {
  const at = address.lastIndexOf("@");
  return address.slice(0, at).replace(REPLACED_BY_UNDERSCORES, "_") + address.slice(at);
}

/** One of the characters that another rule has words for: the address need not be called malformed, too. */
export function hasRuledCharacter(text: string): boolean {
  return RUNS.some(({ run, localPartOnly }) => runIn(text, run, localPartOnly) !== undefined);
}
