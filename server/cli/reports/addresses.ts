import {
  addressSourceText,
  type ExchangeAddresses,
  type ResultingAddress,
  spreadsheetCell,
  unusedReasonText,
} from "../../core/index.ts";
import { colorizer, counted, visible } from "../terminal.ts";

import { harmlessJson } from "./json.ts";

export interface Recipient {
  readonly dn: string;
  readonly objectType: string;
  readonly addresses: ExchangeAddresses;
}

/** How many entries there are of each kind. */
export interface RecipientCounts {
  readonly recipients: number;
  /** They have addresses, and do not synchronize. */
  readonly excluded: number;
  /** They have no addresses. */
  readonly others: number;
  /** The export shows a few values of them, or what the cloud has. */
  readonly notWhole: number;
}

/** Texts that are put together as the export is read. */
export interface AddressReport {
  readonly head: string;
  recipient(recipient: Recipient): string;
  summary(counts: RecipientCounts): string;
}

export const ADDRESS_REPORTS: Readonly<Record<string, () => AddressReport>> = {
  text: textReport,
  jsonl: () => ({
    head: "",
    recipient: ({ dn, objectType, addresses: { primary = null, secondary, unused } }) =>
      `${harmlessJson({ type: "recipient", dn, objectType, primary, secondary, unused })}\n`,
    summary: (counts) => `${harmlessJson({ type: "summary", ...counts })}\n`,
  }),
  csv: csvReport,
};

/** For people. */
function textReport(): AddressReport {
  const color = colorizer();
  const line = (label: string, text: string, why: string) =>
    `  ${label.padEnd(9)}  ${visible(text)}  ${color("gray", `(${why})`)}\n`;
  const address = (label: string, one: ResultingAddress) => line(label, one.address, addressSourceText(one.source));
  return {
    head: "",
    recipient: ({ dn, addresses: { primary, secondary, unused } }) =>
      [
        `${color("bold", visible(dn))}\n`,
        primary === undefined ? "  no primary address\n" : address("primary", primary),
        ...secondary.map((one) => address("secondary", one)),
        ...unused.map(({ value, reason }) => line("not used", value, unusedReasonText(reason))),
        "\n",
      ].join(""),
    summary: ({ recipients, excluded }) => {
      const left = excluded === 0 ? "" : `; ${counted(excluded, "object")} with addresses will not synchronize`;
      return `${color("bold", `${counted(recipients, "recipient")}${left}`)}\n`;
    },
  };
}

const COLUMNS = ["dn", "objectType", "primary", "primarySource", "secondary", "notUsed"];

/** A table for spreadsheets, RFC 4180. Several addresses stand in one cell, with `;` between. */
function csvReport(): AddressReport {
  const cell = process.stdout.isTTY === true ? (text: string) => spreadsheetCell(visible(text)) : spreadsheetCell;
  const row = (cells: readonly string[]) => `${cells.map(cell).join(",")}\r\n`;
  return {
    head: row(COLUMNS),
    recipient: ({ dn, objectType, addresses: { primary, secondary, unused } }) =>
      row([
        dn,
        objectType,
        primary?.address ?? "",
        primary?.source ?? "",
        secondary.map(({ address }) => address).join(";"),
        unused.map(({ value, reason }) => `${value} (${unusedReasonText(reason)})`).join(";"),
      ]),
    summary: () => "",
  };
}
