// Writes the list of top-level domains from the npm package `tlds`, which follows IANA's root zone. Run it when the package is new:
//   npm install --save-dev --save-exact tlds@latest && node test/update/top-level-domains.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { domainToASCII } from "node:url";
import tlds from "tlds" with { type: "json" };
import { linesOf } from "./lines.mjs";

const { version } = JSON.parse(readFileSync("node_modules/tlds/package.json", "utf8"));
const names = [...new Set(tlds.map((name) => domainToASCII(name)))].sort();
writeFileSync(
  "server/core/model/top-level-domains.ts",
  `/** The top-level domains of the root zone, from the npm package tlds ${version} (MIT), taken over on ${new Date().toISOString().slice(0, 10)}. */
const NAMES = \`${linesOf(names, 118)}\`;

export const TOP_LEVEL_DOMAINS_DATE = "${new Date().toISOString().slice(0, 10)}";

export const TOP_LEVEL_DOMAINS: ReadonlySet<string> = new Set(NAMES.split(/\\s/));
`,
);
