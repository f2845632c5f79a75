import { csvHeader } from "../../server/core/csv/header.ts";
import { readCsv } from "../../server/core/csv/reader.ts";
import {
  Checker,
  DEFAULT_SETTINGS,
  DecisionPlan,
  type DecisionSources,
  IDFIX_HEADER,
  type IdFixCells,
  RULES,
  readLdif,
  writeIdFixRow,
} from "../../server/core/index.ts";

export const COLUMNS = IDFIX_HEADER.trimEnd().split(",") as (keyof IdFixCells)[];

export type Row = Partial<IdFixCells>;

export const JOE: Row = {
  DISTINGUISHEDNAME: "CN=Joe,OU=Staff,DC=contoso,DC=com",
  COMMONNAME: "Joe",
  OBJECTCLASS: "user",
};
export const ANN: Row = {
  DISTINGUISHEDNAME: "CN=Ann,OU=Staff,DC=contoso,DC=com",
  COMMONNAME: "Ann",
  OBJECTCLASS: "user",
};

export function cellsOf(row: Row): IdFixCells {
  return Object.fromEntries(COLUMNS.map((column) => [column, row[column] ?? ""])) as unknown as IdFixCells;
}

export function listOf(...rows: readonly Row[]): string {
  return IDFIX_HEADER + rows.map((row) => writeIdFixRow(cellsOf(row))).join("");
}

export function edit(of: Row, attribute: string, from: string, to: string, action = "EDIT"): Row {
  return { ...of, ATTRIBUTE: attribute, ERROR: "Character", VALUE: from, UPDATE: to, ACTION: action };
}

export function plan(
  list: string,
  sources: Partial<DecisionSources> = {},
  holders = "",
): ReturnType<DecisionPlan["finish"]> {
  const checker = new Checker(RULES, DEFAULT_SETTINGS);
  const decisions = new DecisionPlan({ checker, isAccepted: () => false, isEncodingGuessed: false, ...sources });
  for (const record of readCsv(list, csvHeader(list)!)) decisions.add(record);
  for (const { entry } of readLdif(holders)) if (entry !== undefined) decisions.holder(entry);
  return decisions.finish();
}

/** One line for each mod-spec, and for each refusal. */
export function written(list: string, sources?: Partial<DecisionSources>, holders?: string): string[] {
  return plan(list, sources, holders).records.flatMap(({ dn, modSpecs }) =>
    modSpecs.map(({ type, attribute, values }) => {
      const texts = values.map((one) => ("text" in one ? one.text : one.base64));
      return `${dn.slice(0, dn.indexOf(","))} ${type} ${attribute}: ${texts.join(" | ")}`;
    }),
  );
}

export function refused(list: string, sources?: Partial<DecisionSources>, holders?: string): string {
  return plan(list, sources, holders)
    .refusals.map(({ dn, attribute, reason }) => `${dn}: ${attribute} ${reason}`)
    .join("\n");
}
