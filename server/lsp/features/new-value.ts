import { type CancellationToken, type CodeAction, CodeActionKind } from "vscode-languageserver";
import {
  EditedEntry,
  type EntryRecord,
  type Finding,
  objections,
  type ValueChange,
  withoutOptions,
} from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import { type Context, tell } from "../context.ts";
import { valueEdit } from "../convert.ts";
import { type CheckNewValueParams, COMMANDS, type NewValueObjection, type ValueTarget } from "../protocol.ts";
import type { ActionSite } from "./code-actions.ts";
import { refusalOf } from "./refusal.ts";

/** Has a person type a value, in clients that can ask for one. */
export function typeNewValueAction({ context, analysis, finding, entry, diagnostic }: ActionSite): CodeAction[] {
  const { rule, attribute, value } = finding;
  if (context.client.options.typesNewValues !== true) return [];
  if (entry === undefined || attribute === undefined || value?.binary === true) return [];
  // It looks like the value itself: what a table joins in a field is told apart by its looks.
  const text = `${value?.text ?? ""}x`;
  const sample: ValueChange = { attribute, ...(value !== undefined && { old: value }), text };
  if (refusalOf(analysis, entry, sample) !== undefined) return [];
  const target: ValueTarget = {
    uri: analysis.uri,
    version: analysis.version,
    rule: rule.id,
    record: analysis.startOf(entry),
    attribute,
    ...(value !== undefined && { value: value.span.start }),
    current: value?.text ?? "",
  };
  const title = value === undefined ? `Type a value for ${attribute}...` : "Type a new value...";
  const command = { title, command: COMMANDS.typeNewValue, arguments: [target] };
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command }];
}

/** What speaks against a new value, while it is typed. */
export async function checkNewValue(
  { exports }: Context,
  { target, text }: CheckNewValueParams,
  token?: CancellationToken,
): Promise<NewValueObjection | undefined> {
  const analysis = await exports.current(target.uri, token);
  const place = analysis && placeOf(analysis, target);
  if (analysis === undefined || place === undefined) return { message: "The export has changed meanwhile" };
  const message = objectionTo(analysis, place.entry, { ...place.change, text }, target);
  return message === undefined ? undefined : { message };
}

/** The command `syncready.setValue`: writes the value that was typed. */
export async function setValue(context: Context, target: ValueTarget, text: string): Promise<boolean> {
  const analysis = await context.exports.current(target.uri);
  const place = analysis && placeOf(analysis, target);
  if (analysis === undefined || place === undefined) {
    tell(context, "warning", "The value was not changed, because the export has changed meanwhile.");
    return false;
  }
  const edit = valueEdit(analysis, place.entry, { ...place.change, text }, context.client);
  if (edit === undefined) return false;
  const { applied } = await context.connection.workspace.applyEdit({ label: "New value", edit });
  return applied;
}

function placeOf(analysis: Analysis, { version, record, attribute, value: start }: ValueTarget) {
  const entry = analysis.version === version ? analysis.recordAt(record)?.entry : undefined;
  if (entry === undefined) return undefined;
  if (start === undefined) return { entry, change: { attribute } };
  const old = analysis.valueAt(entry, attribute, start);
  return old && { entry, change: { attribute: old.description, old } };
}

/** What speaks against a change that a person makes to settle a finding of a rule. */
export function objectionTo(
  analysis: Analysis,
  entry: EntryRecord,
  change: ValueChange & { readonly text: string },
  { rule, attribute }: Pick<ValueTarget, "rule" | "attribute">,
): string | undefined {
  const { checker } = analysis;
  if (change.text === "") return "An entry holds no empty value";
  const edited = EditedEntry.of(entry).with(change);
  const refusal = refusalOf(analysis, entry, change);
  if (refusal !== undefined) return `${attribute} ${refusal}`;
  const isNew = ({ value }: Finding) => value !== undefined && isNewValue(entry, edited, attribute, value);
  const atValue = checker
    .check(edited)
    .findings.filter((finding) => isNew(finding) && ["error", "warning"].includes(finding.severity));
  const [objection] = [...objections(checker, entry, edited, rule, change), ...atValue];
  return objection?.message ?? otherHolder(analysis, entry, edited, attribute);
}

function isNewValue(entry: EntryRecord, edited: EditedEntry, attribute: string, value: Finding["value"]): boolean {
  const type = withoutOptions(attribute);
  return edited.values(type).some((one) => one === value) && !entry.values(type).some((one) => one === value);
}

/** Says who holds the value already, where it must be unique. A value that was a duplicate before is one still. */
function otherHolder(
  analysis: Analysis,
  entry: EntryRecord,
  edited: EditedEntry,
  attribute: string,
): string | undefined {
  const { checker } = analysis;
  if (checker.check(edited).excluded) return undefined;
  for (const live of checker.uniqueKeys(edited)) {
    if (!analysis.isTaken(live) || !isNewValue(entry, edited, attribute, live.value)) continue;
    const [first, ...more] = analysis
      .holdersOf(live)
      .filter((other) => other !== entry && checker.clashes(edited, live, other));
    if (first === undefined) continue;
    return more.length === 0
      ? `${first.dn.text} holds this value already`
      : `${first.dn.text} and ${more.length} more hold this value already`;
  }
  return undefined;
}
