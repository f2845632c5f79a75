// Writes what Active Directory's schema says of attributes and of object classes, as far as modify files, tables and completion need it.
// `ad-schema.json` holds the facts of Microsoft's schema documentation (CC BY 4.0, see NOTICE). Run it when there are new ones:
//   node test/update/schema-facts.mjs PATH/TO/ad-schema.json
import { readFileSync, writeFileSync } from "node:fs";
import { linesOf } from "./lines.mjs";

const { meta, attributes, classes } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const groups = new Map();
for (const [name, fact] of Object.entries(attributes)) {
  const key = keyOf(fact);
  groups.set(key, [...(groups.get(key) ?? []), name]);
}

/** What attributes of one group have in common: syntax, range, and a letter for each thing that is true of them. */
function keyOf({ syn, single, lo, hi, link, constructed, systemOnly }) {
  const range = lo === undefined && hi === undefined ? "" : `${lo ?? ""}..${hi ?? ""}`;
  const isBack = link !== undefined && link % 2 === 1;
  const flags = [
    single ? "s" : "",
    systemOnly ? "w" : "",
    constructed ? "c" : "",
    link === undefined ? "" : isBack ? "b" : "f",
  ];
  return `=${syn}:${flags.join("")}:${range}`;
}

const words = [...groups].sort().flatMap(([key, names]) => [key, ...names.sort()]);
const [{ commit }] = meta.sources;
writeFileSync(
  "server/core/model/schema-facts.ts",
  `/**
 * Facts about the attributes of Active Directory's schema up to Windows Server 2012 R2, without Exchange's; written by
 * test/update/schema-facts.mjs. From Microsoft's documentation of the schema (MicrosoftDocs/win32, commit ${commit.slice(0, 12)}, and
 * MicrosoftDocs/windowsserverdocs), CC BY 4.0, see NOTICE. The pages omit rangeUpper of audio, gecos, ipPhone, loginShell, notes,
 * terminalServer, unixHomeDirectory, userCertificate, userPrincipalName and userSMIMECertificate: these are what the schema of a running
 * Samba domain controller says. Left out: OIDs, and what is said of indexes and replication.
 *
 * \`=syntax:flags:rangeLower..rangeUpper\`, then the attributes of which this is true. Flags: s takes a single value, w is written by the system
 * only, c is constructed, f is a forward link, b is a back link.
 */
export const SCHEMA_FACTS = \`${linesOf(words)}\`;
`,
);

/** Structural classes that an export of a domain has, and that somebody may edit. What stands above them comes with them. */
const CLASSES = [
  ..."builtinDomain computer contact container country domainDNS foreignSecurityPrincipal group inetOrgPerson locality".split(
    " ",
  ),
  ..."msDS-GroupManagedServiceAccount msDS-ManagedServiceAccount organization organizationalUnit printQueue user volume".split(
    " ",
  ),
];

/** What the pages omit of these classes: it is what the schema of a running Samba domain controller says. */
const OMITTED = {
  computer: { may: ["netbootDUID"] },
  user: {
    aux: ["msDS-CloudExtensions"],
    may: ["msDS-AssignedAuthNPolicy", "msDS-AssignedAuthNPolicySilo", "msDS-AuthNPolicySiloMembersBL"],
  },
};

/** The class that one page names by its OID. */
const TOP = "2.5.6.0";

function classFacts(name) {
  const { sub, aux = [], must = [], may = [] } = classes[name];
  const omitted = OMITTED[name] ?? {};
  return {
    above: [...(sub === null ? [] : [sub === TOP ? "top" : sub]), ...aux, ...(omitted.aux ?? [])],
    must,
    may: [...may, ...(omitted.may ?? [])],
  };
}

const needed = new Set();
function need(name) {
  if (needed.has(name)) return;
  needed.add(name);
  for (const above of classFacts(name).above) need(above);
}
for (const name of CLASSES) need(name);

const classWords = [...needed].sort().flatMap((name) => {
  const { above, must, may } = classFacts(name);
  return [`=${name}:${above.join(",")}`, ...must.map((one) => `!${one}`).sort(), ...may.sort()];
});
const placed = new Set(Object.keys(classes).flatMap((name) => [...classFacts(name).must, ...classFacts(name).may]));
const unplaced = Object.keys(attributes).filter((name) => !placed.has(name));

writeFileSync(
  "server/core/model/class-facts.ts",
  `/**
 * Which attributes objects of a class hold by Active Directory's schema up to Windows Server 2012 R2, without Exchange's; written by
 * test/update/schema-facts.mjs. From Microsoft's documentation of the schema (MicrosoftDocs/win32, commit ${commit.slice(0, 12)}, and
 * MicrosoftDocs/windowsserverdocs), CC BY 4.0, see NOTICE. The pages omit of user the class msDS-CloudExtensions and three attributes for
 * authentication policies, and of computer netbootDUID: this is what the schema of a running Samba domain controller says. Here are
 * the classes that people edit in a domain, and those above them. Left out: all classes of the configuration and of the system, and where
 * an object of a class may stand.
 *
 * \`=class:its superclass and auxiliary classes\`, then the attributes that the class adds to what those hold: \`!\` before those that
 * its objects must have.
 */
export const CLASS_FACTS = \`${linesOf(classWords)}\`;

/** Attributes of which the documentation does not say any class that holds them. */
export const UNPLACED = \`${linesOf(unplaced.sort())}\`;
`,
);
