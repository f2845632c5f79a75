import { type ArgumentName, defineRule, type Example, type Rule } from "../engine/rule.ts";
import type { Severity } from "../engine/settings.ts";

/** What a reader can find wrong with files of its format: for each id the arguments that it gives. */
type Problems = object;

/** `Message` where the reader gives all of its `{names}`; otherwise a type that names those that it does not give. */
type WithKnownArguments<Given, Message extends string> =
  ArgumentName<Message> extends keyof Given & string
    ? Message
    : { readonly notGivenByTheReader: Exclude<ArgumentName<Message>, keyof Given & string> };

/** A rule about the file's format. The reader finds what it tells, so a row has words and examples but no check. */
export interface FormatRuleRow<Given, Message extends string> {
  readonly title: string;
  readonly severity: Severity;
  /** Its `{names}` are among the arguments that the reader gives. */
  readonly message: Message & WithKnownArguments<Given, Message>;
  readonly why: string;
  readonly sources: readonly string[];
  readonly oncePerFile?: boolean;
  readonly replacesFormatFindings?: boolean;
  /** Whole files: nothing is added to them. */
  readonly examples: readonly Example[];
}

/** What makes the rules of a table about one format; the ids are its keys. */
export function formatRules<All extends Problems>() {
  return <const Messages extends { readonly [id: string]: string }>(
    rows: {
      readonly [Id in keyof Messages]: Id extends keyof All ? FormatRuleRow<All[Id], Messages[Id]> : never;
    },
  ): { readonly [Id in keyof Messages]: Rule } => {
    const rules = Object.entries<FormatRuleRow<object, string>>(rows as never).map(([id, row]) => [
      id,
      defineRule({ ...row, id, effect: "none", attributes: [] } as never),
    ]);
    return Object.fromEntries(rules);
  };
}
