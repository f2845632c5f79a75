import type { LdifProblemArguments } from "../../ldif/problem.ts";
import { formatRules } from "../format-rules.ts";

/** Makes the rules of a table about LDIF. */
export const ldifRules = formatRules<LdifProblemArguments>();
