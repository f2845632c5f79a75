import { escapeRdnValue } from "../../server/core/model/dn.ts";
import fc from "../property.ts";

/** An object of a small directory. The others are named by their numbers, so that a name can change without them. */
export interface TreeObject {
  /** What stays the same whatever the object is called; `undefined` for one that is not in a directory yet. */
  readonly guid: number | undefined;
  readonly kind: "organizationalUnit" | "group" | "contact";
  readonly name: string;
  /** The number of the unit that it is in; `undefined` for the domain itself. */
  readonly parent: number | undefined;
  readonly mail: string | undefined;
  readonly members: readonly number[];
}

/** Objects by their numbers. */
export type Tree = ReadonlyMap<number, TreeObject>;

const DOMAIN = "DC=contoso,DC=com";

/** Few names, so that they meet; with what must be escaped, with capitals, and with letters beyond ASCII. */
const name = fc.constantFrom("Ann", "ann", "Bob", "Lee, Eva", "Müller", "😀", " lead", 'a "b"+c', "x=y\\z", "#1");
const mail = fc.option(fc.constantFrom("a@contoso.com", "b@contoso.com", "é@contoso.com"), { nil: undefined });
const pick = fc.nat({ max: 99 });

/** Some units, some of them in others, with objects in them. */
export const trees: fc.Arbitrary<Tree> = fc
  .tuple(
    fc.array(fc.record({ name, parent: pick }), { minLength: 1, maxLength: 4 }),
    fc.array(
      fc.record({ name, parent: pick, mail, isGroup: fc.boolean(), members: fc.array(pick, { maxLength: 3 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
  )
  .map(([units, others]) => {
    const tree = new Map<number, TreeObject>();
    units.forEach((unit, at) => {
      const parent = unitOf(tree, unit.parent);
      put(tree, at, { guid: at, kind: "organizationalUnit", name: unit.name, parent, mail: undefined, members: [] });
    });
    others.forEach((other, at) => {
      const kind = other.isGroup ? "group" : "contact";
      const parent = unitOf(tree, other.parent);
      put(tree, units.length + at, {
        guid: units.length + at,
        kind,
        name: other.name,
        parent,
        mail: other.mail,
        members: [],
      });
    });
    others.forEach((other, at) => {
      const object = tree.get(units.length + at);
      if (object?.kind === "group") tree.set(units.length + at, { ...object, members: membersOf(tree, other.members) });
    });
    return tree;
  });

export type TreeEdit =
  | { readonly edit: "rename"; readonly object: number; readonly name: string }
  | { readonly edit: "move"; readonly object: number; readonly parent: number }
  | { readonly edit: "mail"; readonly object: number; readonly mail: string | undefined }
  | { readonly edit: "members"; readonly object: number; readonly members: readonly number[] }
  | { readonly edit: "remove"; readonly object: number }
  | {
      readonly edit: "add";
      readonly kind: TreeObject["kind"];
      readonly name: string;
      readonly parent: number;
      readonly members: readonly number[];
    };

export const treeEdits: fc.Arbitrary<readonly TreeEdit[]> = fc.array(
  fc.oneof(
    fc.record({ edit: fc.constant("rename" as const), object: pick, name }),
    fc.record({ edit: fc.constant("move" as const), object: pick, parent: pick }),
    fc.record({ edit: fc.constant("mail" as const), object: pick, mail }),
    fc.record({ edit: fc.constant("members" as const), object: pick, members: fc.array(pick, { maxLength: 3 }) }),
    fc.record({ edit: fc.constant("remove" as const), object: pick }),
    fc.record({
      edit: fc.constant("add" as const),
      kind: fc.constantFrom("organizationalUnit" as const, "group" as const, "contact" as const),
      name,
      parent: pick,
      members: fc.array(pick, { maxLength: 2 }),
    }),
  ),
  { minLength: 1, maxLength: 6 },
);

/** The tree after the edits; those that cannot be made in it are passed over. */
export function editedTree(before: Tree, edits: readonly TreeEdit[]): Tree {
  const tree = new Map(before);
  edits.forEach((edit, at) => {
    const numbers = [...tree.keys()];
    if (edit.edit === "add") {
      const parent = unitOf(tree, edit.parent);
      const members = edit.kind === "group" ? membersOf(tree, edit.members) : [];
      put(tree, 1000 + at, { guid: undefined, kind: edit.kind, name: edit.name, parent, mail: undefined, members });
      return;
    }
    const number = numbers[edit.object % numbers.length];
    const object = number === undefined ? undefined : tree.get(number);
    if (number === undefined || object === undefined) return;
    if (edit.edit === "rename") put(tree, number, { ...object, name: edit.name });
    else if (edit.edit === "move") {
      const parent = unitOf(tree, edit.parent);
      if (!isWithin(tree, parent, number)) put(tree, number, { ...object, parent });
    } else if (edit.edit === "mail") {
      if (object.kind !== "organizationalUnit") put(tree, number, { ...object, mail: edit.mail });
    } else if (edit.edit === "members") {
      if (object.kind === "group") put(tree, number, { ...object, members: membersOf(tree, edit.members) });
    } else if (![...tree.values()].some(({ parent }) => parent === number)) {
      tree.delete(number);
      for (const [other, one] of tree) {
        tree.set(other, { ...one, members: one.members.filter((member) => member !== number) });
      }
    }
  });
  return tree;
}

/** Puts an object into the tree, unless another one has its name there. */
function put(tree: Map<number, TreeObject>, number: number, object: TreeObject): void {
  const key = (one: TreeObject) => `${one.parent} ${one.kind === "organizationalUnit"} ${one.name.toLowerCase()}`;
  for (const [other, one] of tree) if (other !== number && key(one) === key(object)) return;
  tree.set(number, object);
}

function unitOf(tree: Tree, pick: number): number | undefined {
  const units = [...tree].filter(([, { kind }]) => kind === "organizationalUnit").map(([number]) => number);
  return [undefined, ...units][pick % (units.length + 1)];
}

function membersOf(tree: Tree, picks: readonly number[]): number[] {
  const others = [...tree].filter(([, { kind }]) => kind !== "organizationalUnit").map(([number]) => number);
  return others.length === 0 ? [] : [...new Set(picks.map((one) => others[one % others.length]!))];
}

function isWithin(tree: Tree, unit: number | undefined, other: number): boolean {
  for (let at = unit; at !== undefined; at = tree.get(at)?.parent) if (at === other) return true;
  return false;
}

export function dnOf(tree: Tree, number: number): string {
  const { kind, name, parent } = tree.get(number)!;
  const rdn = `${kind === "organizationalUnit" ? "OU" : "CN"}=${escapeRdnValue(name)}`;
  return `${rdn},${parent === undefined ? DOMAIN : dnOf(tree, parent)}`;
}

/** The tree as an export, its entries in the order that `order` makes of their numbers. */
export function treeExport(tree: Tree, order: (number: number) => number): string {
  const numbers = [...tree.keys()].sort((one, other) => order(one) - order(other));
  return numbers.map((number) => `${entryLines(tree, number).join("\n")}\n\n`).join("");
}

function entryLines(tree: Tree, number: number): string[] {
  const { guid, kind, name, mail, members } = tree.get(number)!;
  const line = (attribute: string, text: string) => `${attribute}:: ${Buffer.from(text).toString("base64")}`;
  return [
    line("dn", dnOf(tree, number)),
    `objectClass: ${kind}`,
    line(kind === "organizationalUnit" ? "ou" : "cn", name),
    ...(guid === undefined ? [] : [`objectGUID: 00000000-0000-0000-0000-${`${guid}`.padStart(12, "0")}`]),
    ...(guid === undefined ? [] : [line("distinguishedName", dnOf(tree, number))]),
    ...(mail === undefined ? [] : [line("mail", mail)]),
    ...members.map((member) => line("member", dnOf(tree, member))),
  ];
}
