import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import {
  acceptChanges,
  BASELINE_FILE,
  type FindingIdentity,
  findingIdentity,
  identityKey,
  RULES,
} from "../../core/index.ts";
import { type Context, fileName, tell } from "../context.ts";
import { jsonEdit } from "../json-edit.ts";
import { COMMANDS } from "../protocol.ts";
import type { ActionSite } from "./code-actions.ts";

/** Accepts findings, each for its one object: it is written into the baseline beside the export, and reported no more. */
export async function acceptActions(sites: readonly ActionSite[]): Promise<CodeAction[]> {
  const byIdentity = new Map(sites.map((site) => [identityKey(identityAt(site)), site]));
  const actions: CodeAction[] = [];
  for (const site of byIdentity.values()) actions.push(...(await acceptAction(site, byIdentity.size > 1)));
  return actions;
}

async function acceptAction(site: ActionSite, namesRule: boolean): Promise<CodeAction[]> {
  const { context, analysis, finding, diagnostic } = site;
  const { client, baselines } = context;
  const file = await baselines.fileBeside(analysis.uri);
  if (file === undefined) return [];
  const identity = identityAt(site);
  const edit = jsonEdit(file, acceptChanges(file.text ?? "", { ...identity, reason: "" }), client);
  if (edit === undefined) return [];
  const what = namesRule ? `this finding of ${finding.rule.id}` : "this finding";
  const title = `Accept ${what} for this ${identity.dn === undefined ? "file" : "object"}`;
  const action = { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  if (client.options.givesReasons !== true) return [{ ...action, title: `${title} in ${BASELINE_FILE}`, edit }];
  const command = { title: `${title}...`, command: COMMANDS.acceptWithReason, arguments: [analysis.uri, identity] };
  return [{ ...action, title: command.title, command }];
}

function identityAt({ analysis, finding, record }: ActionSite): FindingIdentity {
  return findingIdentity(finding, fileName(analysis.uri), record);
}

/** The command `syncready.acceptFinding`. */
export async function acceptFinding(
  context: Context,
  exportUri: string,
  identity: FindingIdentity,
  reason: string,
): Promise<boolean> {
  const { connection, baselines, client } = context;
  const file = await baselines.fileBeside(exportUri);
  if (file === undefined) return false;
  const edit = jsonEdit(file, acceptChanges(file.text ?? "", { ...identity, reason }), client);
  if (edit === undefined) {
    tell(context, "warning", `The finding was not accepted, because ${BASELINE_FILE} cannot be read.`);
    return false;
  }
  const { applied } = await connection.workspace.applyEdit({ label: "Accept a finding", edit });
  return applied;
}

/** Clients differ in what they send along: only what is a finding's identity counts. */
export function isFindingIdentity(value: unknown): value is FindingIdentity {
  if (typeof value !== "object" || value === null) return false;
  const { rule, dn, file, attribute, value: hash } = value as Record<keyof FindingIdentity, unknown>;
  const isText = (one: unknown) => typeof one === "string";
  const others = [dn, file, attribute, hash].filter((one) => one !== undefined && one !== null);
  return RULES.some(({ id }) => id === rule) && others.every(isText) && isText(dn) !== isText(file);
}
