import type { AttributeValue, Entry } from "../model/entry.ts";
import type { FormatProblem } from "../model/source-record.ts";
import type { Span } from "../text/span.ts";
import type { Rule } from "./rule.ts";
import type { Severity } from "./settings.ts";

/** Something that is wrong at a place of an export. */
export interface Finding {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
  /** Counts from the start of the record that holds it. */
  readonly span: Span;
  /** The entry it is about; `undefined` where it is about the file's format. */
  readonly entry?: Entry;
  /** The attribute description as it is written, or the attribute type of a missing value. */
  readonly attribute?: string;
  readonly value?: AttributeValue;
  /** The key that other entries hold too, where the rule is about uniqueness. */
  readonly key?: string;
}

/** What a rule about the format says of a problem; `entry` is that of the record. */
export function formatFinding(
  rule: Rule,
  severity: Severity,
  { span, args }: FormatProblem,
  entry: Entry | undefined,
): Finding {
  const finding = { rule, severity, message: formatMessage(rule.message, args), span };
  return entry === undefined ? finding : { ...finding, entry };
}

/** Fills `{name}` in a rule's message. A name without an argument is a mistake of ours and stays as it is. */
export function formatMessage(message: string, args: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole);
}
