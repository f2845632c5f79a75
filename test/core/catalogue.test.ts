import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Rule } from "../../server/core/engine/rule.ts";
import { PROFILES, type Profile } from "../../server/core/engine/settings.ts";
import { CSV_RULES } from "../../server/core/rules/csv/index.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { LDIF_RULES } from "../../server/core/rules/ldif/index.ts";
import { LDP_RULES } from "../../server/core/rules/ldp/index.ts";
import { vectors } from "./vector-checks.ts";

/** What the documents say of one rule, written down before the rule was. */
interface CatalogueRow {
  readonly id: string;
  readonly severity: string;
  readonly effect: string;
  readonly profiles: readonly Profile[];
  readonly objectTypes: readonly string[];
  /** Nothing else about the object is worth telling. */
  readonly byDesign: boolean;
  readonly suppresses: readonly string[];
}

const CATALOGUE = vectors<CatalogueRow>("catalogue");

/** Where a rule is declared in another way than the catalogue has it, and why. */
const DEVIATIONS: Readonly<Record<string, Partial<CatalogueRow> & { readonly reason: string }>> = {};

/** Rules that no document about synchronization asks for, and why there are such. */
const OWN_RULES: Readonly<Record<string, string>> = {
  "scope-custom": "The administrator's own scoping rules, from the settings",
  "upn-domain-top-level-unknown": "IdFix had a list of top-level domains; as a hint it finds misspellings",
  "mail-domain-top-level-unknown": "As above",
  "proxyaddresses-domain-top-level-unknown": "As above",
  "targetaddress-domain-top-level-unknown": "As above",
  "export-attributes-missing": "About the export: says which rules could not be applied",
  "baseline-stale-row": "About the file with the accepted findings",
};

function declaredIn(rule: Rule): CatalogueRow {
  const { id, severity, effect, profiles = PROFILES, objectTypes = [], byDesign = false, suppresses = [] } = rule;
  return sorted({ id, severity, effect, profiles, objectTypes, byDesign, suppresses });
}

/** The order of a list says nothing. */
function sorted(row: CatalogueRow): CatalogueRow {
  const { profiles, objectTypes, suppresses } = row;
  return {
    ...row,
    profiles: [...profiles].sort(),
    objectTypes: [...objectTypes].sort(),
    suppresses: [...suppresses].sort(),
  };
}

describe("Rules are declared as the catalogue has them", () => {
  const byId = new Map(RULES.map((rule) => [rule.id, rule]));
  for (const row of CATALOGUE) {
    test(row.id, () => {
      const { reason: _, ...deviation } = DEVIATIONS[row.id] ?? { reason: "" };
      const rule = byId.get(row.id);
      assert.ok(rule !== undefined, "There is no such rule");
      assert.deepEqual(declaredIn(rule), sorted({ ...row, ...deviation }));
    });
  }

  test("and no others, but for those about formats and a few of our own", () => {
    const known = new Set([
      ...CATALOGUE.map(({ id }) => id),
      ...[...LDIF_RULES, ...CSV_RULES, ...LDP_RULES].map(({ id }) => id),
    ]);
    const others = RULES.map(({ id }) => id).filter((id) => !known.has(id));
    assert.deepEqual(others.sort(), Object.keys(OWN_RULES).sort());
  });
});
