import { type ArgumentName, defineRule, type Example, type Rule } from "../../engine/rule.ts";
import type { Severity } from "../../engine/settings.ts";
import type { LdifProblemArguments, LdifProblemId } from "../../ldif/problem.ts";

/** Which arguments the reader gives for a problem. */
export type LdifArgumentName<Id extends LdifProblemId> = keyof LdifProblemArguments[Id] & string;

/** `Message` where the reader gives all of its `{names}`; otherwise a type that names those that it does not give. */
type WithKnownArguments<Id extends LdifProblemId, Message extends string> =
  ArgumentName<Message> extends LdifArgumentName<Id>
    ? Message
    : { readonly notGivenByTheReader: Exclude<ArgumentName<Message>, LdifArgumentName<Id>> };

/** A rule about the file's format. The reader finds what it tells, so a row has words and examples but no check. */
export interface LdifRuleRow<Id extends LdifProblemId, Message extends string> {
  readonly title: string;
  readonly severity: Severity;
  /** Its `{names}` are among the arguments that the reader gives. */
  readonly message: Message & WithKnownArguments<Id, Message>;
  readonly why: string;
  readonly sources: readonly string[];
  readonly oncePerFile?: boolean;
  readonly replacesFormatFindings?: boolean;
  /** Whole files: where `dn:` is missing, none is made. */
  readonly examples: readonly Example[];
}

/** Makes the rules of a table; the ids are its keys. */
export function ldifRules<const Messages extends { readonly [id: string]: string }>(
  rows: {
    readonly [Id in keyof Messages]: Id extends LdifProblemId ? LdifRuleRow<Id, Messages[Id]> : never;
  },
): { readonly [Id in keyof Messages]: Rule } {
  const rules = Object.entries<LdifRuleRow<LdifProblemId, string>>(rows as never).map(([id, row]) => [
    id,
    defineRule({ ...row, id, effect: "none", attributes: [] }),
  ]);
  return Object.fromEntries(rules);
}
