import { attributeType } from "../model/attribute-type.ts";
import type { ValueChange } from "../model/edited-entry.ts";
import type { Entry } from "../model/entry.ts";

/** Whether `edited`, an entry read from the changed text, has the values that `entry` has with the changes, as far as they concern it. */
export function holdsAfter(entry: Entry, edited: Entry, changes: readonly ValueChange[]): boolean {
  const expected = new Map<string, string[]>();
  for (const { attribute } of changes) {
    const type = attributeType(attribute);
    if (!expected.has(type)) expected.set(type, textsAfter(entry, type, changes));
  }
  return [...expected].every(([type, texts]) => {
    const found = edited.values(type).map(({ text }) => text);
    return found.length === texts.length && found.every((text, at) => text === texts[at]);
  });
}

/** The texts of an attribute's values after the changes: new ones stand in the place of the old, or at the end. */
function textsAfter(entry: Entry, type: string, changes: readonly ValueChange[]): string[] {
  const own = changes.filter(({ attribute }) => attributeType(attribute) === type);
  const texts = entry.values(type).flatMap((value) => {
    const change = own.find(({ old }) => old === value);
    return change === undefined ? [value.text] : change.text === undefined ? [] : [change.text];
  });
  const added = own.flatMap(({ old, text }) => (old === undefined && text !== undefined ? [text] : []));
  return [...texts, ...added];
}
