import { defineRule, type Example, type Rule } from "../engine/rule.ts";
import type { Severity } from "../engine/settings.ts";
import { withoutStrayPeriods } from "../model/alias.ts";
import { firstMatch } from "../text/run.ts";
import { ALIAS, PREPARATION } from "./sources.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly periods: RegExp;
  readonly message: string;
  readonly why: string;
  readonly suppresses?: readonly string[];
  readonly examples: readonly Example[];
}

const ROWS: readonly Row[] = [
  {
    id: "mailnickname-leading-period",
    title: "mailNickname begins with a period",
    severity: "error",
    periods: /^\.+/,
    message: "mailNickname begins with a period: Entra ID gives the object another alias",
    why: `An alias cannot begin with a period, since the mail addresses that are made of it could not. Remove the period.`,
    suppresses: ["mailnickname-period-placement"],
    examples: [
      { bad: "mailNickname: «.»jane", fixed: "mailNickname: jane" },
      { bad: "mailNickname: «..»j.d.", fixed: "mailNickname: j.d" },
      { bad: "mailNickname: «.»" },
      { good: "mailNickname: j.doe" },
    ],
  },
  {
    id: "mailnickname-period-placement",
    title: "mailNickname ends with a period or has two in a row",
    severity: "warning",
    periods: /\.{2,}|\.$/,
    message:
      "A period of mailNickname does not stand between other characters: Entra ID gives the object another alias",
    why: `Periods in an alias must be surrounded by other characters, since those of a mail address must. Remove the period that is
too much.`,
    examples: [
      { bad: "mailNickname: jane«.»", fixed: "mailNickname: jane" },
      { bad: "mailNickname: jane«..»doe", fixed: "mailNickname: jane.doe" },
      { good: "mailNickname: a.b.c" },
    ],
  },
];

/** Where periods may not stand in an alias. */
export const ALIAS_PERIOD_RULES: readonly Rule[] = ROWS.map(({ periods, ...row }) =>
  defineRule({
    ...row,
    effect: "value-changed",
    sources: [PREPARATION, ALIAS],
    objectTypes: ["user", "inetOrgPerson", "contact", "group"],
    attributes: ["mailNickname"],
    checkValue({ value }, report) {
      const found = firstMatch(value.text, periods);
      if (found !== undefined) report({ value, span: value.slice(found.start, found.end) });
    },
    fix({ value }) {
      const newValue = value && withoutStrayPeriods(value.text);
      if (!newValue) return undefined;
      return { title: `Set mailNickname to ${newValue}`, safety: "safe", deterministic: true, newValue };
    },
  }),
);
