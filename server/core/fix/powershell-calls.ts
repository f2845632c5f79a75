import type { WrittenValue } from "../ldif/writer.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey, parentDn, parseDn, rdnText, rdnValue } from "../model/dn.ts";
import {
  type PlannedAdd,
  type PlannedModify,
  type PlannedRecord,
  type PlannedRename,
  renamedDn,
} from "./planned-record.ts";

/** The values of some attributes, as a hash table of PowerShell has them: each attribute once, however it is capitalized. */
export type Table = readonly { readonly attribute: string; readonly values: readonly WrittenValue[] }[];

/** The functions that a script defines, each with the parameters that it takes after the entry's name, in their order. */
export const PARAMETERS = {
  "Set-Entry": { Remove: "table", Add: "table" },
  "New-Entry": { Type: "text", Name: "text", Path: "text", OtherAttributes: "table" },
  "Rename-Entry": { NewName: "text" },
  "Move-Entry": { TargetPath: "text" },
  "Remove-Entry": {},
} as const;

/** One call of a script, which changes one entry in one operation of the directory. */
export interface Call {
  readonly command: keyof typeof PARAMETERS;
  /** A DN, or a GUID. */
  readonly identity: string;
  readonly parameters: readonly { readonly name: string; readonly value: string | Table }[];
}

/**
 * What the cmdlets of Active Directory need in two operations, a rename that also moves: which of the two is first. The script that undoes
 * takes them the other way round, so that it fits wherever the first one has stopped.
 */
export type RenameOrder = "rename first" | "move first";

/** The calls that do what `record` says, which {@link whyNoCalls} must have nothing against. */
export function callsOf(record: PlannedRecord, order: RenameOrder): Call[] {
  const { dn } = record;
  const identity = GUID_DN.exec(dn)?.[1] ?? dn;
  switch (record.changeType) {
    case "modify": {
      const parameters = [
        { name: "Remove", value: tableOf(record.modSpecs.filter(({ type }) => type === "delete")) },
        { name: "Add", value: tableOf(record.modSpecs.filter(({ type }) => type === "add")) },
      ];
      return [{ command: "Set-Entry", identity, parameters: parameters.filter(({ value }) => value.length > 0) }];
    }
    case "add": {
      const others = tableOf(record.attributes.filter(({ attribute }) => !isSaidByName(attribute, dn)));
      const parameters = [
        { name: "Type", value: structuralClass(record) ?? "" },
        { name: "Name", value: rdnValue(dn) ?? "" },
        { name: "Path", value: parentDn(dn) },
        ...(others.length > 0 ? [{ name: "OtherAttributes", value: others }] : []),
      ];
      return [{ command: "New-Entry", identity, parameters }];
    }
    case "modrdn":
      return renameCalls(record, order);
    case "delete":
      return [{ command: "Remove-Entry", identity, parameters: [] }];
  }
}

function renameCalls(record: PlannedRename, order: RenameOrder): Call[] {
  const { changeType, dn, newRdn, newSuperior = parentDn(dn) } = record;
  const rename = (identity: string): Call => ({
    command: "Rename-Entry",
    identity,
    parameters: [{ name: "NewName", value: rdnValue(newRdn) ?? "" }],
  });
  const move = (identity: string): Call => ({
    command: "Move-Entry",
    identity,
    parameters: [{ name: "TargetPath", value: newSuperior }],
  });
  const isMoved = dnKey(newSuperior) !== dnKey(parentDn(dn));
  if (!isMoved) return [rename(dn)];
  if (newRdn === rdnText(dn)) return [move(dn)];
  return order === "rename first"
    ? [rename(dn), move(renamedDn({ changeType, dn, newRdn }))]
    : [move(dn), rename(renamedDn({ changeType, dn, newRdn: rdnText(dn), newSuperior }))];
}

/** Values of one attribute stand together, under the name under which it comes first. */
function tableOf(parts: Table): Table {
  const table = new Map<string, { attribute: string; values: WrittenValue[] }>();
  for (const { attribute, values } of parts) {
    const known = table.get(attribute.toLowerCase());
    if (known === undefined) table.set(attribute.toLowerCase(), { attribute, values: [...values] });
    else known.values.push(...values);
  }
  return [...table.values()];
}

/** The attributes that `-Type` and `-Name` give a new entry. */
function isSaidByName(attribute: string, dn: string): boolean {
  const type = attributeType(attribute);
  return type === "objectclass" || type === parseDn(dn).rdns[0]?.attributes[0]?.type.toLowerCase();
}

const GUID_DN = /^<GUID=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>$/i;

/** Why a script cannot do what `record` says, for a person to read; `undefined` where it can. */
export function whyNoCalls(record: PlannedRecord): string | undefined {
  const { dn } = record;
  if (holdsHalfCharacter(record)) return "holds half of a character, which no value of a directory can";
  if (GUID_DN.test(dn)) {
    if (record.changeType === "add" || record.changeType === "modrdn") return "is named by its GUID, not by its DN";
  } else if (dn.startsWith("<") || parseDn(dn).error !== undefined || parseDn(dn).rdns.length === 0) {
    return "is named in a way that the cmdlets of Active Directory do not take";
  }
  if (record.changeType === "modify") return whyNoModify(record);
  if (record.changeType === "add") return whyNoAdd(record);
  return record.changeType === "modrdn" ? whyNoRename(record) : undefined;
}

/** Whether a text anywhere in `part` has a surrogate without the other. */
function holdsHalfCharacter(part: unknown): boolean {
  if (typeof part === "string") return /\p{Cs}/u.test(part);
  return typeof part === "object" && part !== null && Object.values(part).some(holdsHalfCharacter);
}

function whyNoModify({ modSpecs }: PlannedModify): string | undefined {
  const added = new Set<string>();
  for (const { type, attribute, values } of modSpecs) {
    if (values.length === 0) return `loses all values of ${attribute}, whatever they are`;
    if (type === "add") added.add(attribute.toLowerCase());
    else if (added.has(attribute.toLowerCase())) {
      return `loses a value of ${attribute} after it gets one, and Set-ADObject removes before it adds`;
    }
  }
  return whyNoAttribute(modSpecs);
}

function whyNoAttribute(parts: Table): string | undefined {
  const odd = parts.find(({ attribute }) => !/^[A-Za-z][A-Za-z0-9-]*$/.test(attribute));
  return odd && `has ${odd.attribute}, and the cmdlets of Active Directory take attributes by their plain names only`;
}

function whyNoAdd(record: PlannedAdd): string | undefined {
  const { dn, attributes } = record;
  const type = structuralClass(record);
  if (type === undefined) return "has no object class, or several, of which New-ADObject takes only one";
  const [rdn] = parseDn(dn).rdns;
  const naming = NAMING_ATTRIBUTES[type.toLowerCase()] ?? "cn";
  if (rdn?.attributes.length !== 1 || rdn.attributes[0]!.type.toLowerCase() !== naming) {
    return `has a name that New-ADObject does not give: it names a ${type} by its ${naming}`;
  }
  if (parentDn(dn) === "") return "has no entry above it";
  const names = attributes
    .filter(({ attribute }) => attributeType(attribute) === naming)
    .flatMap(({ values }) => values);
  if (names.some((name) => !("text" in name) || name.text !== rdn.attributes[0]!.value)) {
    return `has another ${naming} than its DN says`;
  }
  return whyNoAttribute(attributes);
}

function whyNoRename({ dn, newRdn }: PlannedRename): string | undefined {
  const [from, to] = [parseDn(dn).rdns[0]!, parseDn(newRdn).rdns[0]];
  const isPlain = from.attributes.length === 1 && to?.attributes.length === 1;
  return isPlain && from.attributes[0]!.type.toLowerCase() === to.attributes[0]!.type.toLowerCase()
    ? undefined
    : "gets a name of another kind, and Rename-ADObject changes only its value";
}

/** What names entries that are not named by their cn. Source: rDNAttID in Microsoft's schema documentation (MS-ADSC). */
const NAMING_ATTRIBUTES: Readonly<Record<string, string>> = {
  organizationalunit: "ou",
  organization: "o",
  locality: "l",
  country: "c",
  domain: "dc",
  domaindns: "dc",
  dnszone: "dc",
  dnsnode: "dc",
};

const PERSON = ["organizationalperson", "person"];

/** The classes that stand above a class besides `top`, in lower case. Source: subClassOf in MS-ADSC. */
const SUPERCLASSES: Readonly<Record<string, readonly string[]>> = {
  organizationalperson: ["person"],
  user: PERSON,
  contact: PERSON,
  inetorgperson: ["user", ...PERSON],
  computer: ["user", ...PERSON],
};

/** The object class that has all others of a new entry above it; `undefined` where there is no such class. */
function structuralClass({ attributes }: PlannedAdd): string | undefined {
  const classes = attributes
    .filter(({ attribute }) => attributeType(attribute) === "objectclass")
    .flatMap(({ values }) => values.map((value) => ("text" in value ? value.text : "")));
  const above = new Set(["top", ...classes.flatMap((name) => SUPERCLASSES[name.toLowerCase()] ?? [])]);
  const [lowest, another] = classes.filter((name) => !above.has(name.toLowerCase()));
  return another === undefined ? lowest : undefined;
}
