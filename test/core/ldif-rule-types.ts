// Not run: `npm run check-types` holds that a table of LDIF rules cannot tell what the reader does not give.
import { ldifRules } from "../../server/core/rules/ldif/rule.ts";

const words = { title: "", severity: "error", why: "", sources: [], examples: [] } as const;

export const right = ldifRules({
  "ldif-empty": { ...words, message: "The file holds no entries" },
  "ldif-dn-malformed": { ...words, message: "{dn} cannot be read, since {reason}" },
});

export const wrongArgument = ldifRules({
  // @ts-expect-error: the reader gives `url`
  "ldif-url-not-read": { ...words, message: "{uri} is not read" },
});

export const argumentOfAnother = ldifRules({
  // @ts-expect-error: the reader gives nothing
  "ldif-empty": { ...words, message: "{url} holds no entries" },
});

export const unknownId = ldifRules({
  // @ts-expect-error: there is no such problem
  "ldif-ugly": { ...words, message: "The file is ugly" },
});
