import type { Rule } from "../../engine/rule.ts";
import type { LdifProblemId } from "../../ldif/problem.ts";
import { CHANGE_RULES } from "./changes.ts";
import { FILE_RULES } from "./file.ts";
import { LINE_RULES } from "./lines.ts";
import { RECORD_RULES } from "./records.ts";
import { VALUE_RULES } from "./values.ts";

/** A problem that the reader can find without a rule that says it in words does not compile. */
const BY_ID = {
  ...FILE_RULES,
  ...RECORD_RULES,
  ...LINE_RULES,
  ...VALUE_RULES,
  ...CHANGE_RULES,
} satisfies Readonly<Record<LdifProblemId, Rule>>;

/** The rules about the format of LDIF files. */
export const LDIF_RULES: readonly Rule[] = Object.values(BY_ID);
