import type { PlannedRecord } from "../../server/core/fix/difference.ts";
import type { WrittenValue } from "../../server/core/ldif/writer.ts";
import { dnKey } from "../../server/core/model/dn.ts";
import type { Entry } from "../../server/core/model/entry.ts";
import { base64Of } from "../../server/core/text/base64.ts";

/**
 * A directory as far as modify files need one: entries, attributes, sets of values. It is as strict as OpenLDAP: to delete what
 * is not there, or to add what is there, fails, and a record is applied as a whole or not at all. Values that differ only in
 * capitals are the same value to it.
 */
export class Directory {
  readonly #entries = new Map<string, Map<string, Map<string, string>>>();

  add(entry: Entry): void {
    const attributes = new Map<string, Map<string, string>>();
    for (const type of entry.attributeTypes()) {
      for (const value of entry.values(type)) {
        if (value.text === "" && !value.binary) continue;
        const values = attributes.get(value.description.toLowerCase()) ?? new Map<string, string>();
        values.set(matchingKey(value.binary ? { base64: value.base64 } : { text: value.text }), value.base64);
        attributes.set(value.description.toLowerCase(), values);
      }
    }
    this.#entries.set(dnKey(entry.dn.text), attributes);
  }

  /** Applies one modify record; throws, and changes nothing, where a directory would refuse it. */
  modify({ dn, modSpecs }: PlannedRecord): void {
    const entry = this.#entries.get(dnKey(dn));
    if (entry === undefined) throw new Error(`no such object: ${dn}`);
    const changed = new Map([...entry].map(([name, values]) => [name, new Map(values)]));
    for (const { type, attribute, values } of modSpecs) {
      const name = attribute.toLowerCase();
      const held = changed.get(name) ?? new Map<string, string>();
      for (const value of values) {
        const key = matchingKey(value);
        if (type === "delete" && !held.delete(key)) throw new Error(`no such value: ${attribute} of ${dn}`);
        if (type === "add" && held.has(key)) throw new Error(`value exists: ${attribute} of ${dn}`);
        if (type === "add") held.set(key, base64(value));
      }
      if (held.size === 0) changed.delete(name);
      else changed.set(name, held);
    }
    this.#entries.set(dnKey(dn), changed);
  }

  /** The whole content in an order of its own, so that two states can be compared. */
  state(): unknown {
    return [...this.#entries]
      .map(([dn, attributes]) => [
        dn,
        [...attributes].map(([name, values]) => [name, [...values.values()].sort()]).sort(),
      ])
      .sort();
  }
}

function base64(value: WrittenValue): string {
  return "base64" in value ? value.base64 : base64Of(value.text);
}

function matchingKey(value: WrittenValue): string {
  return "base64" in value ? `bytes ${value.base64}` : value.text.toLowerCase();
}
