import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import {
  addGroupBehind,
  copiedGroup,
  type EntryRecord,
  FORMAT_HEAD,
  formatOf,
  isBuiltInGroup,
  type SourceRecord,
  type SynchronizingCopy,
  SynchronizingCopyPlan,
  takesGroups,
} from "../../core/index.ts";
import { type Analysis, CHUNK } from "../analysis.ts";
import type { Companion } from "../companions.ts";
import { ask, type Context, fileName, tell } from "../context.ts";
import { workspaceEdit } from "../convert.ts";
import { COMMANDS, type RecordTarget, SHOW_TEXT } from "../protocol.ts";
import { inSlices } from "../slices.ts";
import type { ActionSite } from "./code-actions.ts";
import { currentText } from "./modify-file.ts";
import { shortened } from "./remove-value.ts";

const RULE = "scope-critical-system-object";

const CHANGED = "No copy was made, because the export has changed meanwhile.";

/** Copies a group that the directory itself keeps out of synchronization, where the export has room for another group. */
export function copyGroupActions(sites: readonly ActionSite[]): CodeAction[] {
  const groups = sites.flatMap((site) => {
    const { entry, finding } = site;
    const isOne = finding.rule.id === RULE && entry !== undefined && isBuiltInGroup(entry) && takesGroups(entry);
    return isOne ? [{ ...site, entry }] : [];
  });
  return groups.map(({ analysis, entry, diagnostic }) => {
    const which = groups.length > 1 ? shortened(entry.dn.text) : "this group";
    const { uri, version } = analysis;
    const target: RecordTarget = { uri, version, record: analysis.startOf(entry) };
    const title = `Create a synchronizing copy of ${which}`;
    const command = { title, command: COMMANDS.copyGroup, arguments: [target] };
    return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
  });
}

/** The command `syncready.copyGroup`: adds the copy to the export, and says what a person should know about it. */
export async function copyGroup(context: Context, { uri, version, record }: RecordTarget): Promise<boolean> {
  const analysis = await context.exports.current(uri);
  const entry = analysis?.version === version ? analysis.recordAt(record)?.entry : undefined;
  if (analysis === undefined || entry === undefined) {
    tell(context, "warning", CHANGED);
    return false;
  }
  const copy = await planned(context, analysis, entry);
  if (typeof copy === "string") {
    tell(context, "warning", copy);
    return false;
  }
  const changes = addGroupBehind(entry, copy.entry, [copy.change], analysis.style);
  if (changes === undefined) {
    tell(context, "warning", `${entry.dn.text} is not copied: the table cannot hold the copy's values as they are.`);
    return false;
  }
  const edits = changes.map(({ span, text }) => ({ range: analysis.rangeIn(entry, span), newText: text }));
  const edit = workspaceEdit(analysis, edits, context.client);
  const { applied } = await context.connection.workspace.applyEdit({ label: "Create a synchronizing copy", edit });
  if (applied) void tellCopied(context, analysis, entry, copy);
  else tell(context, "warning", CHANGED);
  return applied;
}

/** The copy; or a sentence that says why there is none. */
async function planned(context: Context, analysis: Analysis, entry: EntryRecord): Promise<SynchronizingCopy | string> {
  const group = copiedGroup(entry);
  if (typeof group === "string") return `${entry.dn.text} ${group}.`;
  const { document, version } = analysis;
  const isWanted = () => document.version === version;
  const plan = new SynchronizingCopyPlan(group, analysis.checker);
  await inSlices(entriesOf(analysis, plan), isWanted);
  for (const companion of isWanted() ? analysis.companions : []) {
    const text = await currentText(context, companion.uri);
    if (text !== undefined) await inSlices(entriesOfText(companion, text, plan), isWanted);
  }
  if (!isWanted()) return CHANGED;
  const copy = plan.finish();
  return typeof copy === "string" ? `${entry.dn.text} ${copy}.` : copy;
}

function* entriesOf({ document }: Analysis, plan: SynchronizingCopyPlan): Generator<undefined, void> {
  const { text, format } = document;
  // Meanwhile an edit may take pieces away.
  for (const piece of [...text.pieces]) {
    for (const { entry } of format.blocks.read(piece.text).records) if (entry !== undefined) plan.note(entry);
    yield;
  }
}

function* entriesOfText(
  { uri, known }: Companion,
  text: string,
  plan: SynchronizingCopyPlan,
): Generator<undefined, void> {
  const note = ({ entry }: SourceRecord) => entry && plan.note(entry, known.checker);
  const reader = formatOf(fileName(uri), text.slice(0, FORMAT_HEAD))?.reader(note);
  for (let at = 0; at < text.length; at += CHUNK) {
    reader?.push(text.slice(at, at + CHUNK));
    yield;
  }
  reader?.end();
}

async function tellCopied(
  context: Context,
  { uri }: Analysis,
  { dn }: EntryRecord,
  { cn, scope, memberCount, notes }: SynchronizingCopy,
): Promise<void> {
  const { client, connection } = context;
  const members = memberCount === 1 ? "1 member" : `${memberCount} members`;
  const added = `${cn} is in ${fileName(uri)} now, a ${scope} security group with ${members}.`;
  if (client.options.showsText !== true) {
    tell(context, "info", [added, ...notes.map(({ message }) => `${message}.`)].join(" "));
    return;
  }
  const answer = await ask(context, "info", added, ["Show What to Know about It"]);
  if (answer === undefined || answer === "unasked") return;
  const lines = notes.flatMap(({ message, dns }) => [`* ${message}`, ...dns.map((one) => `    ${one}`)]);
  await connection.sendNotification(SHOW_TEXT, {
    title: `${cn}: what to know`,
    text: [`Copy of ${dn.text}`, "", ...lines, ""].join("\n"),
  });
}
