import {
  addressSourceText,
  attributeType,
  type EntryRecord,
  type ExchangeAddresses,
  exchangeAddresses,
  explainAttribute,
  explainDn,
  explainValue,
  type LocalOffset,
  type ResultingAddress,
  type SourceRecord,
  unusedReasonText,
  type ValueExplanation,
} from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import type { Markup } from "../markup.ts";
import type { HoverPlace } from "./hover-place.ts";

/** What is told of the place besides its findings: paragraphs, section by section. */
export function placeSections(
  analysis: Analysis,
  record: SourceRecord,
  place: HoverPlace,
  localOffset: LocalOffset,
  markup: Markup,
): string[] {
  const { entry } = record;
  const { dn, value, description } = place;
  if (dn !== undefined) {
    const said = explanation(explainDn(dn), markup);
    return [...(entry === undefined ? [] : fate(analysis, entry, markup)), ...(said === "" ? [] : [said])];
  }
  const sections: string[] = [];
  if (value !== undefined) sections.push(explanation(explainValue(value, localOffset), markup));
  const type = attributeType(description ?? "");
  if (entry !== undefined && ADDRESS_ATTRIBUTES.has(type)) sections.push(...addresses(analysis, entry, markup));
  if (description !== undefined) sections.push(attribute(description, type, markup));
  return sections.filter((section) => section !== "");
}

function explanation({ lines, blocks, picture }: ValueExplanation, markup: Markup): string {
  const parts: string[] = [];
  if (lines.length > 0) {
    parts.push(lines.map(({ label, text }) => markup.item(`${markup.text(label)}: ${markup.code(text)}`)).join("\n"));
  }
  for (const { label, text } of blocks) parts.push(`${markup.text(label)}:`, markup.block(text));
  if (picture !== undefined) {
    const shown = markup.picture(picture, "The picture");
    parts.push(shown ?? markup.text("The picture is not shown here."));
  }
  return parts.join("\n\n");
}

function attribute(description: string, type: string, markup: Markup): string {
  const sentences = explainAttribute(type).map((sentence) => markup.item(markup.text(sentence)));
  return [markup.code(description), sentences.join("\n")].join("\n\n");
}

/** More reasons are only counted. */
const MOST_REASONS = 5;

/** What becomes of an entry. Where the export shows only a few values of an object, or is one of the cloud, nobody can say. */
function fate(analysis: Analysis, entry: EntryRecord, markup: Markup): string[] {
  if (entry.isPartial === true || entry.isExtract === true) return [];
  const { summary, because } = analysis.fateOf(entry);
  const count = analysis.countIn(entry);
  const findings =
    count === 0 ? "no findings" : `${count.toLocaleString("en-US")} ${count === 1 ? "finding" : "findings"}`;
  const reasons = because.slice(0, MOST_REASONS).map(({ message }) => markup.item(markup.text(message)));
  const more = because.length - reasons.length;
  if (more > 0) reasons.push(markup.item(markup.text(`and ${more.toLocaleString("en-US")} more`)));
  const head = `${markup.strong(summary)}${markup.text(`, ${findings}`)}`;
  return [reasons.length === 0 ? head : `${head}\n\n${reasons.join("\n")}`];
}

/** The attributes that decide about addresses. */
const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set([
  "mail",
  "mailnickname",
  "proxyaddresses",
  "userprincipalname",
]);

const MOST_ADDRESSES = 20;

/** The addresses of an entry in Exchange Online; `undefined` where it does not synchronize, is no recipient, or is not shown as a whole. */
export function addressesOf(analysis: Analysis, entry: EntryRecord): ExchangeAddresses | undefined {
  if (entry.isPartial === true || entry.isExtract === true) return undefined;
  if (["excluded", "out-of-scope"].includes(analysis.fateOf(entry).effect)) return undefined;
  return exchangeAddresses(entry, analysis.settings);
}

function addresses(analysis: Analysis, entry: EntryRecord, markup: Markup): string[] {
  const found = addressesOf(analysis, entry);
  if (found === undefined) return [];
  const { primary, secondary, unused } = found;
  const told = (label: string, { address, source }: ResultingAddress) =>
    markup.item(`${label}: ${markup.code(address)}${markup.text(` (${addressSourceText(source)})`)}`);
  const items = [
    primary === undefined ? markup.item("No primary address") : told("Primary", primary),
    ...secondary.map((one) => told("Secondary", one)),
    ...unused.map(({ value, reason }) =>
      markup.item(`Not used: ${markup.code(value)}${markup.text(` (${unusedReasonText(reason)})`)}`),
    ),
  ];
  const more = items.length - MOST_ADDRESSES;
  const shown = items.slice(0, MOST_ADDRESSES);
  if (more > 0) shown.push(markup.item(markup.text(`and ${more.toLocaleString("en-US")} more`)));
  const hint =
    analysis.settings.initialDomain === undefined
      ? [markup.text("The initial domain is not known: the setting initialDomain names it.")]
      : [];
  return [[markup.strong("In Exchange Online"), shown.join("\n"), ...hint].join("\n\n")];
}
