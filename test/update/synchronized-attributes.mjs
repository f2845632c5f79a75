// Writes which attributes Connect Sync synchronizes, and of which objects. `entra-connect-synced.json` has them from Microsoft's list (CC BY
// 4.0, see NOTICE): a letter for users (u), contacts (c) and groups (g) by attribute. Run it when there is a new list:
//   node test/update/synchronized-attributes.mjs PATH/TO/entra-connect-synced.json
import { readFileSync, writeFileSync } from "node:fs";
import { linesOf } from "./lines.mjs";

/** What the list has under "Teams", "3rd party applications" and "Windows 10", and the file has not; `d` are computers. */
const MORE = {
  employeeID: "u",
  "msDS-KeyCredentialLink": "u",
  "msRTCSIP-ApplicationOptions": "u",
  "msRTCSIP-DeploymentLocator": "uc",
  "msRTCSIP-Line": "uc",
  "msRTCSIP-OptionFlags": "uc",
  "msRTCSIP-OwnerUrn": "u",
  "msRTCSIP-PrimaryUserAddress": "uc",
  "msRTCSIP-UserEnabled": "uc",
  displayName: "d",
  "mS-DS-CreatorSID": "d",
  objectSid: "d",
  operatingSystem: "d",
  operatingSystemVersion: "d",
  userCertificate: "d",
};

const attributes = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [name, objects] of Object.entries(MORE)) {
  const letters = new Set([...(attributes[name] ?? ""), ...objects]);
  attributes[name] = [..."ucgd"].filter((letter) => letters.has(letter)).join("");
}
const byObjects = new Map();
for (const [name, objects] of Object.entries(attributes)) {
  byObjects.set(objects, [...(byObjects.get(objects) ?? []), name]);
}

const words = [...byObjects].sort().flatMap(([objects, names]) => [`=${objects}`, ...names.sort()]);

writeFileSync(
  "server/core/model/synchronized-attributes.ts",
  `/**
 * The attributes of Active Directory that Microsoft Entra Connect synchronizes to Microsoft Entra ID, whatever service wants them; written
 * by test/update/synchronized-attributes.mjs. From Microsoft's list (MicrosoftDocs/entra-docs, "Attributes synchronized by Microsoft Entra
 * Connect"), CC BY 4.0, see NOTICE.
 *
 * \`=objects\`, then the attributes that are synchronized of these: u users, c contacts, g groups, d computers as devices.
 */
export const SYNCHRONIZED_ATTRIBUTES = \`${linesOf(words)}\`;
`,
);
