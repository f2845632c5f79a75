// An invented Active Directory. Deterministic: what entry i is depends on the seed and on i alone, so that a shorter export is the
// beginning of a longer one, and any entry can be named without those before it.

const BASE = "DC=corp,DC=contoso,DC=com";
const EXCHANGE = "CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com";
const ADDRESS_LIST = `CN=All Users,CN=All Address Lists,CN=Address Lists Container,${EXCHANGE}`;
const RECIPIENTS = "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=";
const SERVERS = "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn=EX";
const words = (text) => text.split(" ");
const FIRST_NAMES = words(
  "Anna Bo Clara Dan Eva Finn Gina Hugo Ida Jack Kim Leo Mia Nils Olga Per Rosa Sven Tara Uwe Björn Zoë İlker Małgorzata",
);
const LAST_NAMES = words(
  "Adler Berg Cole Dahl Eder Ford Gray Holt Ibsen Jung Kerr Lund Moss Nord Ober Pohl Reed Stein Tanner Unger Vogt Wolf York Zahn",
);
const ACCENTED = words(
  "Åberg Böhm Čapek Dvořák Émery Grün İnan Jørgensen Łoś Müller Núñez Öz Peña Šimek Žák 鈴木 Петров Παππάς",
);
const SITES = [
  ["Aachen", "Nordrhein-Westfalen", "DE", "Germany", "276"],
  ["Bergen", "Vestland", "NO", "Norway", "578"],
  ["Cork", "Munster", "IE", "Ireland", "372"],
  ["Derby", "Derbyshire", "GB", "United Kingdom", "826"],
  ["Espoo", "Uusimaa", "FI", "Finland", "246"],
  ["Ghent", "Oost-Vlaanderen", "BE", "Belgium", "56"],
];
const DEPARTMENTS = [
  "Finance",
  "Human Resources",
  "Legal",
  "Logistics",
  "Marketing",
  "Production",
  "Research",
  "Sales",
];
const TITLES = ["Analyst", "Assistant", "Clerk", "Consultant", "Engineer", "Manager", "Specialist", "Technician"];
const CLASSES = {
  user: ["top", "person", "organizationalPerson", "user"],
  group: ["top", "group"],
  contact: ["top", "person", "organizationalPerson", "contact"],
};

/** A name as an address has it: plain letters, or `name` where it has none. */
const plain = (name) => name.normalize("NFD").replace(/[^A-Za-z]/g, "") || "name";
const PLAIN = new Map([...FIRST_NAMES, ...LAST_NAMES, ...ACCENTED].map((name) => [name, plain(name)]));

/** Random numbers of one entry: mulberry32, seeded by what it is for. */
export class Random {
  #state;

  constructor(seed, index, purpose) {
    this.#state = Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b) ^ Math.imul(purpose, 0xc2b2ae35);
    this.bits();
  }

  /** 32 bits, unsigned. */
  bits() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  next() {
    return this.bits() / 2 ** 32;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  bytes(length) {
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE(this.bits(), at);
    for (let at = length & ~3; at < length; at++) bytes[at] = this.bits();
    return bytes;
  }
}

const WHO = 1;
const WHAT = 2;

export const BLOCK = 100;
export const USERS = 84;
const GROUPS = 8;
/** Where the contacts of a block begin. */
export const CONTACTS = USERS + GROUPS;

/** In every block of 100 entries: 84 users, 8 groups, 8 contacts. */
function kindOf(index) {
  const place = index % BLOCK;
  return place < USERS ? "user" : place < CONTACTS ? "group" : "contact";
}

/** What other entries need to know of entry `index`: its kind, names and addresses. */
export function identityOf(index, seed) {
  const random = new Random(seed, index, WHO);
  const kind = kindOf(index);
  const department = random.pick(DEPARTMENTS);
  const site = random.pick(SITES);
  if (kind === "group") {
    const cn = `${department} ${random.pick(["Team", "Readers", "Owners", "Project"])} ${index}`;
    const alias = cn.replaceAll(" ", "");
    const dn = `CN=${cn},OU=Groups,OU=${department},OU=${site[0]},${BASE}`;
    return { index, kind, department, site, cn, account: alias, alias, mail: `${alias}@contoso.com`.toLowerCase(), dn };
  }
  const givenName = random.pick(FIRST_NAMES);
  const sn = random.next() < 0.1 ? random.pick(ACCENTED) : random.pick(LAST_NAMES);
  const [first, last] = [PLAIN.get(givenName), PLAIN.get(sn)];
  const isReversed = random.next() < 0.3;
  const cn = isReversed ? `${sn}, ${givenName} ${index}` : `${givenName} ${sn} ${index}`;
  const rdn = isReversed ? `${sn}\\, ${givenName} ${index}` : cn;
  const alias = `${first}.${last}${index}`.toLowerCase();
  const mail = kind === "contact" ? `${alias}@fabrikam.com` : `${alias}@contoso.com`;
  const dn = `CN=${rdn},OU=${kind === "user" ? "Users" : "Contacts"},OU=${department},OU=${site[0]},${BASE}`;
  // Users at even places lend their values to duplicates, so they have all of them.
  const hasMailbox = kind === "contact" || index % 2 === 0 || random.next() < 0.84;
  const account = `${first[0]}${last}${index}`.toLowerCase();
  return { index, kind, department, site, cn, givenName, sn, account, alias, mail, dn, hasMailbox };
}

/** An entry before `index`, not more than 500 blocks away, at one of `count` places from `first` on; none in the first block. */
function linked(index, seed, random, first, count) {
  const block = Math.floor(index / BLOCK);
  if (block === 0) return undefined;
  const back = 1 + random.below(Math.min(block, 500));
  return identityOf((block - back) * BLOCK + first + random.below(count), seed).dn;
}

function links(most, one) {
  const found = new Set();
  for (let count = 0; count < most; count++) found.add(one());
  found.delete(undefined);
  return found;
}

/** 16 bytes that no other entry has: random numbers of 32 bits alone would come twice among some ten thousand of them. */
function guid(index, random) {
  const bytes = random.bytes(16);
  bytes.writeUInt32LE(Math.imul(index, 0x9e3779b1) >>> 0, 0);
  return bytes;
}

const twoDigits = (number) => (number < 10 ? `0${number}` : `${number}`);

/** Generalized time. */
function time(random) {
  const date = `${2008 + random.below(18)}${twoDigits(1 + random.below(12))}${twoDigits(1 + random.below(28))}`;
  return `${date}${twoDigits(random.below(24))}${twoDigits(random.below(60))}${twoDigits(random.below(60))}.0Z`;
}

/** 100 nanoseconds since 1601, somewhere in the years from 2016 on. */
const fileTime = (random) => `13${1e8 + random.below(3e7)}${1e6 + random.below(9e6)}`;

/** The X500 address that a mailbox keeps of an organization it has come from. */
export const x500Of = ({ index, account }) =>
  `X500:/o=Fabrikam/ou=First Administrative Group/cn=Recipients/cn=${account}-${index}`;

/** A second SMTP address, which no user principal name is equal to. */
export const secondaryOf = ({ account }) => `smtp:${account}@corp.contoso.com`;

/**
 * The attributes of an entry, in pairs of name and value; a Buffer is a binary value. Much as ldifde writes them for a directory with
 * Exchange: 50 values and 2.3 KB an entry.
 */
export function attributesOf(identity, seed) {
  const { index, kind, department, site, cn, dn, alias, mail, hasMailbox } = identity;
  const random = new Random(seed, index, WHAT);
  const pairs = [];
  const add = (name, value) => pairs.push([name, value]);
  for (const name of CLASSES[kind]) add("objectClass", name);
  add("cn", cn);
  if (kind === "group") addGroup(identity, seed, random, add);
  else addPerson(identity, random, add);
  add("distinguishedName", dn);
  add("instanceType", "4");
  add("whenCreated", time(random));
  add("whenChanged", time(random));
  add("displayName", kind === "group" ? cn : cn.slice(0, cn.lastIndexOf(" ")));
  add("uSNCreated", `${10_000 + index * 7}`);
  if (kind === "user") {
    const groups = links(random.below(4), () => linked(index, seed, random, USERS, GROUPS));
    for (const group of groups) add("memberOf", group);
  }
  add("uSNChanged", `${5_010_000 + index * 7}`);
  if (kind !== "group") {
    add("co", site[3]);
    add("department", department);
    add("company", "Contoso Ltd.");
  }
  if (hasMailbox !== false) {
    add("proxyAddresses", `SMTP:${mail}`);
    if (kind === "user") addAddresses(identity, random, add);
  }
  add("name", cn);
  add("objectGUID", guid(index, random));
  if (kind === "user") addAccount(identity, random, add);
  if (kind === "contact") add("targetAddress", `SMTP:${mail}`);
  else {
    const sid = Buffer.from("010500000000000515000000a1b2c3d4e5f60718293a4b5c00000000", "hex");
    sid.writeUInt32LE(1100 + index, 24);
    add("objectSid", sid);
    add("sAMAccountName", identity.account);
    add("sAMAccountType", kind === "user" ? "805306368" : "268435456");
  }
  add("objectCategory", `CN=${kind === "group" ? "Group" : "Person"},CN=Schema,CN=Configuration,DC=contoso,DC=com`);
  add("dSCorePropagationData", time(random));
  add("dSCorePropagationData", "16010101000000.0Z");
  if (hasMailbox !== false) {
    add("mail", mail);
    add("mailNickname", alias);
    add("legacyExchangeDN", `${RECIPIENTS}${guid(index, random).toString("hex")}`);
    add("showInAddressBook", ADDRESS_LIST);
    add("msExchVersion", "88218628259840");
    if (kind === "user") addMailbox(identity, seed, random, add);
    add("msExchHideFromAddressLists", random.next() < 0.02 ? "TRUE" : "FALSE");
  }
  return pairs;
}

function addGroup({ index, department, site }, seed, random, add) {
  const most = random.next() < 0.002 ? 1500 : 3 + random.below(18);
  add("description", `Group of ${department}, ${site[0]}`);
  for (const member of links(most, () => linked(index, seed, random, 0, USERS))) add("member", member);
  add("groupType", random.next() < 0.5 ? "-2147483640" : "8");
}

function addPerson({ kind, department, site, givenName, sn }, random, add) {
  add("sn", sn);
  add("c", site[2]);
  add("l", site[0]);
  add("st", site[1]);
  add("title", `${random.pick(TITLES)}, ${department}`);
  add("description", `${department} ${site[0]} cost centre ${1000 + random.below(9000)}`);
  add("physicalDeliveryOfficeName", `${site[0]} ${1 + random.below(9)}.${random.below(400)}`);
  add("telephoneNumber", `+49 30 ${1_000_000 + random.below(8_999_999)}`);
  add("givenName", givenName);
  if (kind === "user" && random.next() < 0.1)
    add("info", "Moved here in the course of the merger.\r\nAsk the service desk.");
}

function addAddresses(identity, random, add) {
  const { index, account, mail } = identity;
  add("proxyAddresses", secondaryOf(identity));
  if (random.next() < 0.5) add("proxyAddresses", `smtp:${account}@fabrikam.com`);
  if (index % 2 === 0 || random.next() < 0.4) add("proxyAddresses", x500Of(identity));
  if (random.next() < 0.3) add("proxyAddresses", `sip:${mail}`);
}

function addAccount({ account, site, mail }, random, add) {
  add("userAccountControl", random.next() < 0.06 ? "514" : "512");
  add("countryCode", site[4]);
  add("lastLogon", fileTime(random));
  add("lastLogonTimestamp", fileTime(random));
  add("pwdLastSet", fileTime(random));
  add("primaryGroupID", "513");
  add("accountExpires", "9223372036854775807");
  add("logonCount", `${random.below(9000)}`);
  add("userPrincipalName", mail);
  if (random.next() < 0.2) add("homeDirectory", `\\\\files.corp.contoso.com\\home\\${account}`);
  if (random.next() < 0.03) add("userCertificate", random.bytes(1200));
  if (random.next() < 0.01) add("thumbnailPhoto", random.bytes(4000));
}

function addMailbox({ index, department }, seed, random, add) {
  const manager = random.next() < 0.7 ? linked(index, seed, random, 0, USERS) : undefined;
  if (manager !== undefined) add("manager", manager);
  add("msExchRecipientTypeDetails", "1");
  add("msExchHomeServerName", `${SERVERS}${1 + random.below(12)}`);
  add("msExchMailboxGuid", guid(index, random));
  add("msExchWhenMailboxCreated", time(random));
  if (random.next() < 0.3) add("extensionAttribute1", `${department} ${random.below(100_000)}`);
}
