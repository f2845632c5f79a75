const lowered = new Map<string, string>();

/**
 * `name` in lower case. Attribute descriptions come from a small set and are asked for millions of times, so the answers
 * are kept; a file full of different names cannot make the memory grow, since only short lists are kept.
 */
export function lowerCase(name: string): string {
  let lower = lowered.get(name);
  if (lower === undefined) {
    // A string that is cut out of a big one keeps the big one alive; only a fresh copy may stay here.
    const copy = `${name}:`.slice(0, -1);
    lower = copy.toLowerCase();
    if (lowered.size < 10_000) lowered.set(copy, lower);
  }
  return lower;
}

/** The attribute type of an attribute description, in lower case: `userCertificate;binary` is `usercertificate`. */
export function attributeType(description: string): string {
  const option = description.indexOf(";");
  return lowerCase(option < 0 ? description : description.slice(0, option));
}

/** The options of an attribute description, in lower case, in their order. */
export function attributeOptions(description: string): readonly string[] {
  return description.toLowerCase().split(";").slice(1);
}
