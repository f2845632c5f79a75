import { parseDn, rdnValue } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { EntryRecord } from "../model/source-record.ts";
import { whyNotCertain } from "./certainty.ts";
import { type Difference, differenceOf, type Refusal, type Shows } from "./difference.ts";
import { whyNotNameable } from "./directory-refuses.ts";
import { isSameRdn } from "./rename-plan.ts";

/** Why an entry is not renamed or moved; `undefined` where that is possible. Both are states of one object under two DNs. */
export function whyNotRenamed(original: EntryRecord, edited: EntryRecord): Refusal | undefined {
  const dn = original.dn.text;
  const [from, to] = [parseDn(dn), parseDn(edited.dn.text)];
  if (to.error !== undefined || edited.dn.binary) return { dn, reason: "has a DN now that cannot be read" };
  if (to.rdns.length < 2 || from.rdns.length < 2) return { dn, reason: "has a DN that does not say where it belongs" };
  const uncertain = whyNotCertain(original, edited);
  if (uncertain !== undefined) return { dn, reason: uncertain };
  if (namesOf(dn).join() !== namesOf(edited.dn.text).join()) {
    return {
      dn,
      reason: `is named by ${namesOf(dn).join("+")}, and no directory names an object of its kind in another way`,
    };
  }
  if (isSameRdn(dn, edited.dn.text)) return undefined;
  for (const { type, value } of to.rdns[0]!.attributes) {
    const reason = whyNotNameable(type, value);
    if (reason !== undefined) return { dn, reason };
  }
  for (const type of [...namesOf(dn), "name"]) {
    const told = contradicting(original, edited, type);
    if (told !== undefined)
      return { dn, attribute: type, reason: `is ${told}, which is neither the old name nor the new one` };
  }
  return undefined;
}

/** A value of an attribute that repeats the name, and is neither what it was nor what the new DN says. */
function contradicting(original: Entry, edited: Entry, type: string): string | undefined {
  const known = new Set(original.values(type).map(({ text }) => text));
  return edited.values(type).find(({ text }) => !known.has(text) && text !== nameIn(edited, type))?.text;
}

function nameIn({ dn }: Entry, type: string): string | undefined {
  const attribute = parseDn(dn.text).rdns[0]?.attributes.find((one) => one.type.toLowerCase() === type);
  return type === "name" ? rdnValue(dn.text) : attribute?.value;
}

/** The attribute types of the RDN, in lower case. */
function namesOf(dn: string): string[] {
  return parseDn(dn).rdns[0]?.attributes.map(({ type }) => type.toLowerCase()) ?? [];
}

/** What changes besides the name. The attributes that repeat the name follow it without a word. */
export function differenceBesidesName(
  original: EntryRecord,
  edited: EntryRecord,
  except: ReadonlySet<string>,
  shows: Shows,
): Difference {
  return differenceOf(
    original,
    edited,
    new Set([...except, ...namesOf(original.dn.text), "name", "distinguishedname"]),
    shows,
  );
}
