import { type PlannedModify, type PlannedRecord, renamedDn } from "../../server/core/fix/planned-record.ts";
import type { WrittenValue } from "../../server/core/ldif/writer.ts";
import { dnKey, parentDn, parseDn } from "../../server/core/model/dn.ts";
import type { Entry } from "../../server/core/model/entry.ts";
import { base64Of } from "../../server/core/text/base64.ts";

type Attributes = Map<string, Map<string, string>>;

/**
 * A directory as far as modify files need one: entries, attributes, sets of values. It is as strict as OpenLDAP: to delete what
 * is not there, or to add what is there, fails, and a record is applied as a whole or not at all. Values that differ only in
 * capitals are the same value to it. Like Active Directory it keeps the values that name other entries true when those are renamed.
 */
export class Directory {
  #entries = new Map<string, Attributes>();

  add(entry: Entry): void {
    const lines: [string, WrittenValue][] = [];
    for (const type of entry.attributeTypes()) {
      for (const value of entry.values(type)) {
        if (value.text === "" && !value.binary) continue;
        lines.push([value.description, value.binary ? { base64: value.base64 } : { text: value.text }]);
      }
    }
    this.#entries.set(dnKey(entry.dn.text), attributesOf(lines));
  }

  /** Applies one record; throws, and changes nothing, where a directory would refuse it. */
  apply(record: PlannedRecord): void {
    const { dn } = record;
    const key = dnKey(dn);
    if (record.changeType === "add") {
      if (this.#entries.has(key)) throw new Error(`entry exists: ${dn}`);
      this.#mustHaveParent(dn);
      const lines = record.attributes.flatMap(({ attribute, values }) =>
        values.map((one) => [attribute, one] as const),
      );
      this.#entries.set(key, attributesOf(lines));
      return;
    }
    if (!this.#entries.has(key)) throw new Error(`no such object: ${dn}`);
    if (record.changeType === "modify") this.#modify(record);
    else if (record.changeType === "modrdn") this.#rename(dn, renamedDn(record));
    else if ([...this.#entries.keys()].some((one) => one.endsWith(`,${key}`)))
      throw new Error(`has entries below: ${dn}`);
    else this.#entries.delete(key);
  }

  #mustHaveParent(dn: string): void {
    const parent = dnKey(parentDn(dn));
    // What the export does not show may be there.
    const isKnown = [...this.#entries.keys()].some((one) => one.endsWith(`,${parent}`) || one === parent);
    if (!isKnown) throw new Error(`no such parent: ${dn}`);
  }

  #modify({ dn, modSpecs }: PlannedModify): void {
    const entry = this.#entries.get(dnKey(dn))!;
    const changed = new Map([...entry].map(([name, values]) => [name, new Map(values)]));
    for (const { type, attribute, values } of modSpecs) {
      const name = attribute.toLowerCase();
      const held = changed.get(name) ?? new Map<string, string>();
      for (const value of values) {
        const [key, stored] = storedAs(name, value);
        if (type === "delete" && !held.delete(key)) throw new Error(`no such value: ${attribute} of ${dn}`);
        if (type === "add" && held.has(key)) throw new Error(`value exists: ${attribute} of ${dn}`);
        if (type === "add") held.set(key, stored);
      }
      if (held.size === 0) changed.delete(name);
      else changed.set(name, held);
    }
    this.#entries.set(dnKey(dn), changed);
  }

  #rename(dn: string, newDn: string): void {
    const [from, to] = [dnKey(dn), dnKey(newDn)];
    if (from !== to && this.#entries.has(to)) throw new Error(`entry exists: ${newDn}`);
    this.#mustHaveParent(newDn);
    const moved = (key: string) =>
      key === from ? to : key.endsWith(`,${from}`) ? key.slice(0, -from.length) + to : key;
    this.#entries = new Map(
      [...this.#entries].map(([key, attributes]) => {
        const values = new Map(
          [...attributes].map(([name, held]) => [
            name,
            new Map([...held].map(([id, value]) => (isLink(name) ? [moved(id), base64Of(moved(id))] : [id, value]))),
          ]),
        );
        if (key === from) takeName(values, newDn);
        return [moved(key), values];
      }),
    );
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

function attributesOf(lines: readonly (readonly [string, WrittenValue])[]): Attributes {
  const attributes: Attributes = new Map();
  for (const [description, value] of lines) {
    const name = description.toLowerCase();
    const values = attributes.get(name) ?? new Map<string, string>();
    values.set(...storedAs(name, value));
    attributes.set(name, values);
  }
  return attributes;
}

/** Under which key a value is kept, and as what: a DN is the same one however it is spelled. */
function storedAs(name: string, value: WrittenValue): [key: string, stored: string] {
  if (isLink(name) && "text" in value) return [dnKey(value.text), base64Of(dnKey(value.text))];
  return [matchingKey(value), base64(value)];
}

/** Attributes whose values are DNs, of those that tests use. */
function isLink(name: string): boolean {
  return ["member", "manager", "managedby", "distinguishedname"].includes(name);
}

/** The values of the RDN follow it, where the entry shows them. */
function takeName(attributes: Attributes, dn: string): void {
  const rdn = parseDn(dn).rdns[0]?.attributes[0];
  if (rdn === undefined) return;
  for (const name of [rdn.type.toLowerCase(), "name"]) {
    if (attributes.has(name)) attributes.set(name, new Map([[rdn.value.toLowerCase(), base64Of(rdn.value)]]));
  }
}

function base64(value: WrittenValue): string {
  return "base64" in value ? value.base64 : base64Of(value.text);
}

function matchingKey(value: WrittenValue): string {
  return "base64" in value ? `bytes ${value.base64}` : value.text.toLowerCase();
}
