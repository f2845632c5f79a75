// Writes an export of an invented Active Directory, in the shape that ldifde gives it. Deterministic: entry i depends only on the
// seed and i, so a shorter export is the beginning of a longer one.
//   node test/bench/generate-export.mjs --size 10M --out FILE [--truth FILE] [--seed N] [--defects 0.01]
// --truth lists the planted defects, one JSON object a line: {"rule", "dn", "attribute"}.
import { closeSync, openSync, writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const BASE = "DC=corp,DC=contoso,DC=com";
const words = (text) => text.split(" ");
const FIRST_NAMES = words("Anna Bo Clara Dan Eva Finn Gina Hugo Ida Jack Kim Leo Mia Nils Olga Per Rosa Sven Tara Uwe");
const LAST_NAMES = words(
  "Adler Berg Cole Dahl Eder Ford Gray Holt Ibsen Jung Kerr Lund Moss Nord Ober Pohl Reed Stein",
);
const ACCENTED = words("Åberg Böhm Čapek Dvořák Émery Grün İnan Jørgensen Łoś Müller Núñez Öz Peña Šimek Žák");
const CITIES = words("Aachen Bergen Cork Derby Espoo Fulda Ghent Haifa");
const DEPARTMENTS = words("Finance Legal Logistics Marketing Production Purchasing Research Sales");
const EXCHANGE = "CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com";

/** Random numbers of one entry: mulberry32, seeded by what it is for. */
class Random {
  #state;

  constructor(seed) {
    this.#state = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  bytes(length) {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}

/** In every block of 100 entries: 84 users, 8 groups, 8 contacts. */
function kindOf(index) {
  const place = index % 100;
  return place < 84 ? "user" : place < 92 ? "group" : "contact";
}

/** What other entries need to know of entry `index`. */
function identityOf(index, seed) {
  const random = new Random(seed + index);
  const kind = kindOf(index);
  const department = random.pick(DEPARTMENTS);
  const parent = `OU=${kind === "user" ? "Users" : kind === "group" ? "Groups" : "Contacts"},OU=${department},${BASE}`;
  const givenName = random.pick(FIRST_NAMES);
  const sn = random.next() < 0.1 ? random.pick(ACCENTED) : random.pick(LAST_NAMES);
  const plain = sn.normalize("NFD").replace(/[^A-Za-z]/g, "");
  const cn = kind === "group" ? `${department} Team ${index}` : `${sn}, ${givenName} ${index}`;
  const account = kind === "group" ? `${department}Team${index}` : `${givenName[0]}${plain}${index}`.slice(0, 20);
  const mail =
    kind === "group" ? `team${index}@contoso.com` : `${givenName}.${plain}${index}@contoso.com`.toLowerCase();
  return {
    index,
    random,
    kind,
    department,
    givenName,
    sn,
    cn,
    account,
    mail,
    dn: `CN=${cn.replace(",", "\\,")},${parent}`,
  };
}

function dnOf(index, seed) {
  return identityOf(index, seed).dn;
}

/** The attribute lines of an entry in ldifde's order, more or less; a Buffer is a binary value. */
function attributesOf(identity, seed) {
  const { index, random, kind, department, givenName, sn, cn, account, mail, dn } = identity;
  const classes = { user: ["top", "person", "organizationalPerson", "user"], group: ["top", "group"] }[kind];
  const lines = [];
  const add = (name, ...values) => lines.push(...values.map((value) => [name, value]));
  const date = (at) => `20${10 + (at % 15)}0${1 + (at % 9)}1${at % 10}0${at % 10}3000.0Z`;
  add("objectClass", ...(classes ?? ["top", "person", "organizationalPerson", "contact"]));
  add("cn", cn);
  if (kind !== "group") add("sn", sn);
  add("distinguishedName", dn);
  add("instanceType", "4");
  add("whenCreated", date(index));
  add("whenChanged", date(index + 7));
  add("displayName", cn);
  add("uSNCreated", `${10_000 + index}`);
  if (kind === "group") {
    add("member", ...Array.from({ length: random.below(30) }, () => dnOf(random.below(index + 1), seed)));
    add("groupType", "-2147483640");
  } else {
    add("givenName", givenName);
    add("l", random.pick(CITIES));
    add("title", `${random.pick(["Senior", "Junior", "Chief"])} Clerk`);
    add("telephoneNumber", `+49 30 ${1_000_000 + random.below(8_999_999)}`);
    add("department", department);
    add("company", "Contoso Ltd");
    add("info", `${department} files of ${givenName}. `.repeat(1 + random.below(5)).trim());
    add("manager", dnOf(random.below(index + 1), seed));
  }
  if (kind === "user") {
    const groups = Array.from(
      { length: 2 + random.below(4) },
      () => 84 + random.below(8) + 100 * random.below(index / 100 + 1),
    );
    add("memberOf", ...new Set(groups.map((group) => dnOf(group, seed))));
    add("userAccountControl", "512");
    add("badPwdCount", "0");
    add("logonCount", `${random.below(4000)}`);
    add("lastLogon", `13${random.below(10 ** 8)}${random.below(10 ** 8)}`);
    add("pwdLastSet", `13${random.below(10 ** 8)}${random.below(10 ** 8)}`);
    add("primaryGroupID", "513");
    add("userPrincipalName", mail);
    add("homeDirectory", `\\\\files\\home\\${account}`);
    add("userCertificate", random.bytes(300));
  }
  add("name", cn);
  add("objectGUID", random.bytes(16));
  if (kind !== "contact") {
    add("objectSid", Buffer.concat([Buffer.from("010500000000000515000000", "hex"), random.bytes(16)]));
    add("sAMAccountName", account);
    add("sAMAccountType", kind === "user" ? "805306368" : "268435456");
  }
  add("objectCategory", `CN=${kind === "group" ? "Group" : "Person"},CN=Schema,CN=Configuration,DC=contoso,DC=com`);
  add("mail", mail);
  add("mailNickname", account);
  add("legacyExchangeDN", `/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${account}`);
  add(
    "proxyAddresses",
    `SMTP:${mail}`,
    `smtp:${account.toLowerCase()}@fabrikam.com`,
    `x500:/o=Contoso/ou=First Administrative Group/cn=Recipients/cn=${account}`,
  );
  add("showInAddressBook", `CN=All Recipients,CN=All Address Lists,CN=Address Lists Container,${EXCHANGE}`);
  add("msExchMailboxGuid", random.bytes(16));
  return lines;
}

const set = (name, change) => (lines) => {
  const line = lines.find(([attribute]) => attribute === name);
  line[1] = change(line[1]);
};
/** The user before: an index of the same block, so it has been written already and is a user too. */
const neighbour = (identity, seed) => identityOf(identity.index - 1, seed);

/** What goes wrong in directories: rule, attribute, and how it is planted. They apply to users. */
const DEFECTS = [
  [
    "upn-domain-not-routable",
    "userPrincipalName",
    set("userPrincipalName", (upn) => upn.replace("contoso.com", "contoso.local")),
  ],
  ["displayname-blank", "displayName", set("displayName", () => " ")],
  [
    "displayname-missing",
    "displayName",
    (lines) =>
      lines.splice(
        lines.findIndex(([name]) => name === "displayName"),
        1,
      ),
  ],
  [
    "proxyaddresses-no-primary",
    "proxyAddresses",
    set("proxyAddresses", (address) => address.replace("SMTP:", "smtp:")),
  ],
  ["mail-masked-by-proxyaddresses", "mail", set("mail", (mail) => mail.replace("@", ".old@"))],
  [
    "proxyaddresses-multiple-primary",
    "proxyAddresses",
    (lines, { mail }) => lines.push(["proxyAddresses", `SMTP:${mail.replace("@", ".new@")}`]),
  ],
  [
    "duplicate-userprincipalname",
    "userPrincipalName",
    (lines, identity, seed) => set("userPrincipalName", () => neighbour(identity, seed).mail)(lines),
  ],
  [
    "duplicate-smtp-address",
    "proxyAddresses",
    (lines, identity, seed) => lines.push(["proxyAddresses", `smtp:${neighbour(identity, seed).mail.toUpperCase()}`]),
  ],
];

/** `name: value` as ldifde writes it: long values begin on the next line, what is not plain text is base64. */
function line([name, value]) {
  const isSafe = typeof value === "string" && !/^[ :<]|[^\x01-\x09\x0b\x0c\x0e-\x7f]| $/.test(value);
  const head = isSafe ? `${name}: ` : `${name}:: `;
  const text = isSafe ? value : Buffer.from(value).toString("base64");
  if (head.length + text.length <= 76) return `${head}${text}\r\n`;
  return `${head}\r\n ${text.match(/.{1,79}/g).join("\r\n ")}\r\n`;
}

/** Writes the export, and answers how many entries and planted defects it has. */
export function generateExport({ bytes, out, truth, seed = 1, defects = 0.01 }) {
  const file = openSync(out, "w");
  const planted = [];
  let written = 0;
  let pending = "";
  let entries = 0;
  const flush = () => {
    written += writeSync(file, pending);
    pending = "";
  };
  for (; written + pending.length < bytes; entries++) {
    const identity = identityOf(entries, seed);
    const lines = attributesOf(identity, seed);
    const dice = new Random(~(seed + entries));
    // Not the first user of a block, and no two beside each other: a planted duplicate has a sound neighbour.
    if (identity.kind === "user" && (entries % 100) % 2 === 1 && dice.next() < defects * 2.4) {
      const [rule, attribute, plant] = dice.pick(DEFECTS);
      plant(lines, identity, seed);
      planted.push({ rule, dn: identity.dn, attribute });
    }
    pending += line(["dn", identity.dn]) + line(["changetype", "add"]) + lines.map(line).join("");
    pending += "\r\n";
    if (pending.length > 2 ** 20) flush();
  }
  flush();
  closeSync(file);
  if (truth !== undefined) {
    const list = openSync(truth, "w");
    writeSync(list, planted.map((defect) => `${JSON.stringify(defect)}\n`).join(""));
    closeSync(list);
  }
  return { entries, defects: planted.length, bytes: written };
}

export function bytesOf(size) {
  const [, number, unit] = /^(\d+)([KMG]?)$/.exec(size) ?? [];
  if (number === undefined) throw new Error(`${size} is no size: say 500K, 10M or 1G`);
  return Number(number) * { "": 1, K: 1e3, M: 1e6, G: 1e9 }[unit];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "10M" },
      out: { type: "string" },
      truth: { type: "string" },
      seed: { type: "string", default: "1" },
      defects: { type: "string", default: "0.01" },
    },
  });
  if (values.out === undefined) throw new Error("--out is missing");
  const { out, truth } = values;
  const made = generateExport({
    bytes: bytesOf(values.size),
    out,
    truth,
    seed: Number(values.seed),
    defects: Number(values.defects),
  });
  console.log(JSON.stringify(made));
}
