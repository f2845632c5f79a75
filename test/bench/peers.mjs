// Other programs that do a part of the same work. None of them is needed: one that is not there is named, with what brings it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.mjs";
import { telling } from "./process.mjs";

/** Away from the modules of the benchmark, whose imports are those of the root package. */
const folder = join(root, "test/bench/peers");

const runs = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).error === undefined;
const succeeds = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Reads every entry and counts them. */
const PYTHON = `
import sys, ldif
class Count(ldif.LDIFParser):
    entries = 0
    def handle(self, dn, entry): self.entries += 1
with open(sys.argv[1], "rb") as file:
    count = Count(file)
    count.parse()
sys.exit(0 if count.entries == int(sys.argv[2]) else 3)
`;

/** Where the module `ldif` of python-ldap is; the first Python on the path is not always the system's. */
const python = () => ["python3", "/usr/bin/python3"].find((command) => succeeds(command, "-c", "import ldif"));

/**
 * Readers of LDIF. `command` answers program and arguments for a file with so many entries; `mostBytes` keeps away what would take
 * minutes, and `leastBytes` what is over before the system has counted anything. `isBar` is the fastest that reads entries: our goal
 * is a ratio to it. npm's `ldif` is not among them, since it cannot read a value that begins on the next line, as ldifde writes it.
 */
const READERS = [
  {
    name: "ldapmodify -n -c",
    isBar: true,
    isThere: () => runs("ldapmodify", "-VV"),
    brings: "apt-get install ldap-utils",
    command: (file) => ["ldapmodify", ["-n", "-c", "-f", file]],
  },
  {
    name: "python-ldap",
    isThere: () => python() !== undefined,
    brings: "apt-get install python3-ldap",
    command: (file, entries) => [python(), ["-c", PYTHON, file, `${entries}`]],
    mostBytes: 2e8,
  },
  {
    name: "wc -l",
    isThere: () => runs("wc", "--version"),
    brings: "apt-get install coreutils",
    command: (file) => ["wc", ["-l", file]],
    leastBytes: 1e8,
  },
];

export const INSTALL = "npm run bench -- --install-peers";

const readCsv = join(folder, "read-csv.cjs");

/** Parsers of CSV from npm, which make strings of all fields. udsv is the fastest known. */
const CSV_READERS = ["udsv", "papaparse", "csv-parse"].map((name) => ({
  name: `npm ${name}`,
  isBar: name === "udsv",
  isThere: () => existsSync(join(folder, "node_modules", name)),
  brings: INSTALL,
  command: (file, entries) => [process.execPath, telling([readCsv, name, file, `${entries}`])],
}));

/** VS Code's JSON language server, the one that most people have used. It checks half a second after the last key. */
const jsonServer = join(folder, "node_modules/vscode-langservers-extracted/bin/vscode-json-language-server");
export const JSON_SERVER = "JSON server";

/** The peers that there are, and a sentence for each that is missing. */
export function findPeers() {
  const there = (readers) => readers.filter(({ isThere }) => isThere());
  const [readers, csvReaders] = [there(READERS), there(CSV_READERS)];
  const absent = [...READERS, ...CSV_READERS].filter((one) => !readers.includes(one) && !csvReaders.includes(one));
  const missing = absent.map(({ name, brings }) => `${name} is not measured, since it is not installed: ${brings}`);
  const hasJsonServer = existsSync(jsonServer);
  if (!hasJsonServer) missing.push(`VS Code's ${JSON_SERVER} is not measured, since it is not installed: ${INSTALL}`);
  return { readers, csvReaders, jsonServer: hasJsonServer ? jsonServer : undefined, missing };
}

/** Installs the peers from npm, in a folder of their own. */
export function installPeers() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (run.status !== 0) throw new Error("the peers could not be installed");
}
