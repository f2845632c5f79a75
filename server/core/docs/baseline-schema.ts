import type { Rule } from "../engine/rule.ts";

/** The JSON schema of `.syncready-baseline.json`. Like that of the settings file it offers and describes, and finds no fault. */
export function baselineFileSchema(rules: readonly Rule[]): Readonly<Record<string, unknown>> {
  const text = (markdownDescription: string) => ({ markdownDescription });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Syncready baseline",
    markdownDescription:
      "Findings that are accepted in the exports of this folder. `syncready check --update-baseline` writes it, and so does the quick fix that accepts a finding.",
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      accepted: {
        markdownDescription: "The accepted findings, sorted by what they are about.",
        items: {
          properties: {
            rule: {
              markdownDescription: "The rule that finds it.",
              anyOf: [{ enum: rules.map(({ id }) => id) }, {}],
            },
            dn: text("The object that it is about. Case and blanks make no difference."),
            file: text("In place of `dn`, where it is about no object: the name of the export."),
            attribute: text("The attribute type."),
            value: text(
              "The hash of the value: FNV-1a with 64 bits of the attribute type in lower case, a colon and the value. Without it, a value is missing.",
            ),
            reason: text("Why the finding is accepted; for people."),
          },
        },
      },
    },
  };
}
