// Writes what Active Directory's schema says of attributes, as far as modify files and tables need it. `ad-schema.json` holds the facts
// of Microsoft's schema documentation (CC BY 4.0, see NOTICE). Run it when there are new ones:
//   node test/update/schema-facts.mjs PATH/TO/ad-schema.json
import { readFileSync, writeFileSync } from "node:fs";

const { meta, attributes } = JSON.parse(readFileSync(process.argv[2], "utf8"));
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
const lines = [];
let line = "";
for (const word of words) {
  if (line !== "" && `${line} ${word}`.length > 120) {
    lines.push(line);
    line = word;
  } else line = line === "" ? word : `${line} ${word}`;
}
lines.push(line);

const [{ commit }] = meta.sources;
writeFileSync(
  "server/core/model/schema-facts.ts",
  `/**
 * Facts about the attributes of Active Directory's schema up to Windows Server 2012 R2, without Exchange's; written by
 * test/update/schema-facts.mjs. From Microsoft's documentation of the schema (MicrosoftDocs/win32, commit ${commit.slice(0, 12)}, and
 * MicrosoftDocs/windowsserverdocs), CC BY 4.0, see NOTICE. The pages omit rangeUpper of audio, gecos, ipPhone, loginShell, notes,
 * terminalServer, unixHomeDirectory, userCertificate, userPrincipalName and userSMIMECertificate: these are what the schema of a running
 * Samba domain controller says. Left out: classes, OIDs, and what is said of indexes and replication.
 *
 * \`=syntax:flags:rangeLower..rangeUpper\`, then the attributes of which this is true. Flags: s takes a single value, w is written by the system
 * only, c is constructed, f is a forward link, b is a back link.
 */
export const SCHEMA_FACTS = \`${lines.join("\n")}\`;
`,
);
