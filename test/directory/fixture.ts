import { DEFECTS, type Defect } from "./defects.ts";
import {
  type Attributes,
  bytes,
  type DirectoryName,
  dnIn,
  entryIn,
  entryOf,
  folder,
  type NewEntry,
  replacements,
  type Value,
  valuesOf,
} from "./entries.ts";

/** The folder of those that are as they should be. */
export const STAFF = folder("Staff & Söhne, Berlin");
export const DEFECTIVE = folder("Defects");

/** What names make trouble of: commas, quotes, blanks at the ends, letters of all kinds, characters of four bytes. */
export const NAMES = [
  (n: number) => `Lindqvist, Åsa ${n}`,
  (n: number) => `Robert "Bob" Tables ${n}`,
  (n: number) => ` Blank Before ${n}`,
  (n: number) => `Blank After ${n} `,
  (n: number) => `Jürgen Groß ${n}`,
  (n: number) => `😀 Smiley ${n}`,
  (n: number) => `山田 太郎 ${n}`,
  (n: number) => `#Hash + Plus ${n}`,
  (n: number) => `a<b>c;d=e\\f ${n}`,
  (n: number) => `${n} ${"Long Name ".repeat(5)}.`,
  (n: number) => `O'Neil / Slash ${n}`,
  (n: number) => `Plain ${n}`,
] as const;

/** Attributes of a user that synchronizes without a finding. */
export function healthyUser(alias: string, n: number, inDirectory: DirectoryName): Attributes {
  return {
    objectClass: "user",
    sAMAccountName: alias,
    userPrincipalName: `${alias}@contoso.com`,
    userAccountControl: "512",
    displayName: `Dr. ${alias}, ${n}`,
    mail: `${alias}@contoso.com`,
    mailNickname: alias,
    proxyAddresses: [`SMTP:${alias}@contoso.com`, `smtp:${alias}.${n}@contoso.com`],
    // Only what OpenLDAP would not make by itself.
    ...(inDirectory === "OpenLDAP" && {
      objectGUID: bytes(16, n),
      objectSid: Buffer.from([1, 1, 0, 0, 0, 0, 0, 5, ...bytes(4, n)]),
      primaryGroupID: "513",
    }),
  };
}

/** A directory's content, and what the check should find in it. */
export interface Fixture {
  readonly entries: readonly NewEntry[];
  /** Changes that have to be forced upon the directory, since it would refuse them. */
  readonly forced: string;
  /** Every planned finding. */
  readonly planned: readonly Planned[];
}

export interface Planned {
  readonly rule: string;
  readonly dn: string;
  readonly isFixed: boolean;
  /** What is fixed and not restored by the undo file. */
  readonly lost: string | undefined;
}

/** Several hundred entries, most of which are as they should be. */
export function fixture(inDirectory: DirectoryName): Fixture {
  const refuses = inDirectory === "Samba";
  const entries = [STAFF, DEFECTIVE, ...staff(inDirectory)];
  const forced: string[] = [];
  const planned: Planned[] = [];
  for (const [at, defect] of DEFECTS.entries()) {
    const { only = inDirectory, lost } = defect.more;
    if (only !== inDirectory) continue;
    const { dn, attributes, refused } = defective(defect, at, inDirectory);
    entries.push(entryOf(dn, { ...attributes, ...(!refuses && refused) }));
    if (refuses && refused !== undefined) forced.push(replacements(dn, refused));
    planned.push(...defect.finds.map((rule) => ({ rule, dn, isFixed: defect.isFixed, lost })));
  }
  return { entries, forced: forced.join(""), planned };
}

function staff(inDirectory: DirectoryName): NewEntry[] {
  const users = Array.from({ length: 240 }, (_, n) => person(n, inDirectory));
  const groups = Array.from({ length: 24 }, (_, n) => {
    const members = users.slice(n * 10, n * 10 + 10).map(({ dn }) => dn);
    return entryIn(STAFF, NAMES[n % NAMES.length]!(1000 + n), {
      objectClass: "group",
      groupType: n % 2 === 0 ? "-2147483640" : "8",
      sAMAccountName: `team${n}`,
      displayName: `Team ${n}`,
      mail: `team${n}@contoso.com`,
      mailNickname: `team${n}`,
      proxyAddresses: `SMTP:team${n}@contoso.com`,
      member: members,
      managedBy: members[0],
    });
  });
  const contacts = Array.from({ length: 24 }, (_, n) =>
    entryIn(STAFF, NAMES[n % NAMES.length]!(2000 + n), {
      objectClass: "contact",
      displayName: `Partner ${n} GmbH & Co. KG`,
      mail: `partner${n}@fabrikam.com`,
      mailNickname: `partner${n}`,
      targetAddress: `SMTP:partner${n}@fabrikam.com`,
      proxyAddresses: `SMTP:partner${n}@fabrikam.com`,
    }),
  );
  return [...users, ...groups, ...contacts];
}

/** A user with values of all kinds: long, of several lines, binary, of many values. */
function person(n: number, inDirectory: DirectoryName): NewEntry {
  const cn = NAMES[n % NAMES.length]!(n);
  return entryIn(STAFF, cn, {
    ...healthyUser(`user${n}`, n, inDirectory),
    manager: n > 0 ? dnIn(STAFF, NAMES[0]!(0)) : undefined,
    info: `Zeile 1: größer\r\nline 2: ${"word ".repeat(n % 40)}end`,
    url: `https://contoso.com/ä/${n}`,
    otherTelephone: [`+49 30 ${n}`, `${n}`],
    extensionAttribute1: ": not base64",
    legacyExchangeDN: `/o=Contoso/ou=Exchange/cn=Recipients/cn=user${n}`,
    "mS-DS-ConsistencyGuid": bytes(16, n + 300),
    userCertificate: [bytes(700, n), bytes(30, n)],
    thumbnailPhoto: bytes(200 + n, n),
    msExchHideFromAddressLists: n % 7 === 0 ? "TRUE" : undefined,
    msExchRecipientTypeDetails: "1",
    adminDescription: n % 9 === 0 ? "<none>" : undefined,
  });
}

interface Defective {
  readonly dn: string;
  readonly attributes: Attributes;
  readonly refused: Attributes | undefined;
}

/** The entry of a planned defect. */
function defective({ has, more }: Defect, at: number, inDirectory: DirectoryName): Defective {
  const alias = `defect${at}`;
  const cn = more.cn ?? `Defect ${at}`;
  return {
    dn: dnIn(DEFECTIVE, cn),
    attributes: { cn, ...healthy(more.type, alias, 5000 + at, inDirectory), ...withAlias(has, alias) },
    refused: more.refused && withAlias(more.refused, alias),
  };
}

function healthy(type: string | undefined, alias: string, n: number, inDirectory: DirectoryName): Attributes {
  if (type === "contact") return { objectClass: type, displayName: alias, mail: `${alias}@fabrikam.com` };
  if (type === "group") {
    return { objectClass: type, groupType: "-2147483640", displayName: alias, sAMAccountName: alias };
  }
  return { ...healthyUser(alias, n, inDirectory), ...(type !== undefined && { objectClass: type }) };
}

function withAlias(attributes: Attributes, alias: string): Attributes {
  const filled = (value: Value) => (typeof value === "string" ? value.replaceAll("~", alias) : value);
  return Object.fromEntries(
    Object.entries(attributes).map(([name, given]) => [
      name,
      given === undefined ? given : valuesOf(given).map(filled),
    ]),
  );
}
