import { lowerCase } from "../model/attribute-type.ts";
import type { Entry } from "../model/entry.ts";
import { detachText } from "../model/source-record.ts";

/** Which attributes an export shows of objects of which class: the lowest class, which LDIF has last and a table alone. */
export class ShownAttributes {
  readonly #types = new Map<string, Set<string>>();

  note(entry: Entry): void {
    const name = lowestOf(entry.values("objectclass").map(({ text }) => text)) ?? "";
    let types = this.#types.get(name);
    if (types === undefined) {
      types = new Set();
      this.#types.set(detachText(name), types);
    }
    for (const type of entry.attributeTypes()) if (!types.has(type)) types.add(detachText(type));
  }

  /** Whether an object of any class shows an attribute type, in lower case. */
  hasAny(type: string): boolean {
    return [...this.#types.values()].some((types) => types.has(type));
  }

  has(classes: readonly string[], type: string): boolean {
    const name = lowestOf(classes);
    return name !== undefined && this.#types.get(name)?.has(type) === true;
  }
}

function lowestOf(classes: readonly string[]): string | undefined {
  const last = classes.at(-1);
  return last === undefined ? undefined : lowerCase(last);
}
