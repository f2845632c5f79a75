// What the tests with real directories stand on: a new Active Directory domain of Samba with the attributes of Exchange, which every
// test copies. Made once in a run, in a temporary folder; nothing of it stays.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { MissingComponent, missingBox } from "../missing.mjs";

const sources = "test/directory";
/** The system's own: only that has Samba's module. */
const PYTHON = "/usr/bin/python3";
const TOOLS = {
  "ldb-tools": ["ldbadd", "ldbmodify", "ldbsearch"],
  "ldap-utils": ["ldapmodify", "ldapsearch"],
  slapd: ["slapd"],
};

/** The path of a program; Debian keeps servers where only root's PATH leads. */
export function programPath(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs a program that must succeed, and answers what it printed. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: 2 ** 28, ...options });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${result.stdout}${result.stderr}`);
  return result.stdout;
}

/** What is missing for the tests on this machine; `undefined` where all is there. */
export function missingForDirectories() {
  const packages = Object.keys(TOOLS).filter((name) => !TOOLS[name].every(programPath));
  if (existsSync(PYTHON))
    packages.push(...(run(PYTHON, [join(sources, "provision.py"), "--missing"]).match(/\S+/g) ?? []));
  else packages.push("python3-samba", "samba-dsdb-modules", "samba-ad-provision");
  if (packages.length === 0) return undefined;
  return new MissingComponent(
    `the Debian packages ${packages.join(", ")}`,
    `apt-get install --no-install-recommends ${packages.join(" ")}`,
  );
}

/** The box about what is missing; where CI is set, that is a failure. */
export function missingDirectoriesBox(missing) {
  return missingBox("THE TESTS WITH REAL DIRECTORIES", missing, process.env.CI ? "failed" : "skipped");
}

/** How Samba's tools are told which domain to work on. */
export function domainOptions(folder) {
  return [`--configfile=${join(folder, "etc/smb.conf")}`, "-H", join(folder, "private/sam.ldb")];
}

/** Makes the domain and answers its folder, which goes when this process ends. */
export function prepareDomain() {
  const folder = mkdtempSync(join(tmpdir(), "syncready-domain-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  run(PYTHON, [join(sources, "provision.py"), folder]);
  const extend = ["--option=dsdb:schema update allowed=true", ...domainOptions(folder)];
  // Two programs one after the other: the second must read the schema that the first has extended.
  run("ldbadd", [...extend, join(sources, "exchange-attributes.ldif")]);
  run("ldbmodify", [...extend, join(sources, "exchange-classes.ldif")]);
  return folder;
}
