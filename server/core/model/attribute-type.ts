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

const typesByHash = new Map<number, string>();

/**
 * The attribute type of the attribute description that stands at `start` to `end` of `text`, in lower case. The same as
 * {@link attributeType} of the slice, for the millions of lines of an export: it makes no string.
 */
export function attributeTypeAt(text: string, start: number, end: number): string {
  let hash = 0x811c9dc5;
  let at = start;
  for (; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === SEMICOLON) break;
    // Of letters this is the lower case; other characters of a name stay as they are, and what is no name goes the long way.
    hash = Math.imul(hash ^ (unit | 0x20), 0x01000193);
  }
  const known = typesByHash.get(hash);
  if (known !== undefined && isSameName(known, text, start, at)) return known;
  const type = attributeType(text.slice(start, end).replace(/\r?\n[ \t]/g, ""));
  if (known === undefined && typesByHash.size < 10_000 && isSameName(type, text, start, at))
    typesByHash.set(hash, type);
  return type;
}

const SEMICOLON = 59;

function isSameName(lower: string, text: string, start: number, end: number): boolean {
  if (lower.length !== end - start) return false;
  for (let at = 0; at < lower.length; at++) {
    const unit = text.charCodeAt(start + at);
    const low = lower.charCodeAt(at);
    if (unit !== low && !(unit >= 65 && unit <= 90 && unit + 32 === low)) return false;
  }
  return true;
}

/** An attribute description without its options, in its own capitals. */
export function withoutOptions(description: string): string {
  return description.split(";", 1)[0]!;
}

/** The options of an attribute description, in lower case, in their order. */
export function attributeOptions(description: string): readonly string[] {
  return description.toLowerCase().split(";").slice(1);
}

/** Whether an attribute description says that only a part of the values is shown, as in `member;range=0-1499` (MS-ADTS 3.1.1.3.1.3.3). */
export function isRange(description: string): boolean {
  return attributeOptions(description).some((option) => option.startsWith("range="));
}
