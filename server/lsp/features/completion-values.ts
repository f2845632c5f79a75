import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
} from "vscode-languageserver";
import { attributeFacts, base64Of, isSafeString, LdifChange, type LdifLine } from "../../core/index.ts";
import { holdsDomains } from "../attribute-classes.ts";
import type { Context } from "../context.ts";
import { dnsWith, domainsIn } from "../export-names.ts";
import type { WritingSite } from "./completion.ts";
import { attributeNameItems } from "./completion-attributes.ts";

/** So many are offered at once. */
const MOST_DNS = 100;
const MOST_DOMAINS = 50;

const CHANGE_TYPES: readonly (readonly [string, string])[] = [
  ["add", "Adds the entry"],
  ["modify", "Changes values of the entry"],
  ["modrdn", "Renames or moves the entry"],
  ["delete", "Removes the entry"],
];

/** What the value of a line may be. Nothing is offered within base64, URLs, or behind a fold. */
export async function valueItems(
  context: Context,
  site: WritingSite,
  line: LdifLine,
  token: CancellationToken,
): Promise<CompletionList | null> {
  const { record, lineStart, at } = site;
  if (line.valueSpec !== "text" || lineStart > line.start || at < line.valueStart) return null;
  const name = line.description.toLowerCase();
  const type = line.type;
  if (name === "changetype") return choices(site, line, CHANGE_TYPES);
  if (name === "deleteoldrdn")
    return choices(site, line, [
      ["1", "The old name is removed"],
      ["0", "The old name stays"],
    ]);
  if (record instanceof LdifChange && /^(?:add|delete|replace|increment)$/.test(name)) {
    const typed = record.text.slice(line.valueStart, at);
    return attributeNameItems(typed, site.range(line.valueStart, line.end), fillOf(site, line));
  }
  const syntax = attributeFacts(type)?.syntax;
  if (syntax === "Boolean")
    return choices(site, line, [
      ["TRUE", ""],
      ["FALSE", ""],
    ]);
  if (syntax === "DN" || name === "newsuperior") return dnItems(site, line, token);
  return holdsDomains(type) ? domainItems(context, site, token) : null;
}

/** The blank between colon and value, where there is none yet. */
function fillOf({ record }: WritingSite, { valueStart }: LdifLine): string {
  return record.text[valueStart - 1] === ":" ? " " : "";
}

function choices(site: WritingSite, line: LdifLine, all: readonly (readonly [string, string])[]): CompletionList {
  const range = site.range(line.valueStart, line.end);
  const fill = fillOf(site, line);
  const items = all.map(
    ([label, detail], index): CompletionItem => ({
      label,
      kind: CompletionItemKind.EnumMember,
      ...(detail !== "" && { detail }),
      sortText: `${index}`,
      textEdit: { range, newText: `${fill}${label}` },
    }),
  );
  return { isIncomplete: false, items };
}

async function dnItems(site: WritingSite, line: LdifLine, token: CancellationToken): Promise<CompletionList | null> {
  if (line.folded) return null;
  const typed = site.record.text.slice(line.valueStart, site.at);
  const found = await dnsWith(site.document, typed, MOST_DNS, token);
  if (found === undefined) return null;
  return { isIncomplete: true, items: found.dns.map((dn) => dnItem(site, line, dn)) };
}

/** A DN that may not stand in LDIF as it is brings its second colon along. */
function dnItem(site: WritingSite, line: LdifLine, dn: string): CompletionItem {
  const isSafe = isSafeString(dn);
  const start = isSafe ? line.valueStart : line.descriptionEnd;
  const filterText = `${site.record.text.slice(start, line.valueStart)}${dn}`;
  const newText = isSafe ? `${fillOf(site, line)}${dn}` : `:: ${base64Of(dn)}`;
  const textEdit = { range: site.range(start, line.end), newText };
  return { label: dn, kind: CompletionItemKind.Reference, filterText, textEdit };
}

/** Verified domains, then those that the export has, the most usual first. */
async function domainItems(
  { settings }: Context,
  site: WritingSite,
  token: CancellationToken,
): Promise<CompletionList | null> {
  const { document, record, lineStart, at } = site;
  const sign = record.text.slice(0, at).lastIndexOf("@");
  if (sign < lineStart || !/^[A-Za-z0-9.-]*$/.test(record.text.slice(sign + 1, at))) return null;
  const [{ verifiedDomains, initialDomain }, seen] = await Promise.all([
    settings.of(document.uri),
    domainsIn(document, MOST_DOMAINS, token),
  ]);
  if (seen === undefined) return null;
  const verified = [...verifiedDomains, ...(initialDomain === undefined ? [] : [initialDomain])];
  const end = at + /^[A-Za-z0-9.-]*/.exec(record.text.slice(at, at + 300))![0].length;
  const range = site.range(sign + 1, end);
  const items = [...new Set([...verified, ...seen])].map(
    (domain, index): CompletionItem => ({
      label: domain,
      kind: CompletionItemKind.Value,
      detail: verified.includes(domain) ? "verified in the tenant" : "in this export",
      sortText: `${index}`.padStart(4, "0"),
      textEdit: { range, newText: domain },
    }),
  );
  return { isIncomplete: false, items };
}
