import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  domainOptions,
  missingDirectoriesBox,
  missingForDirectories,
  prepareDomain,
  programPath,
  run,
} from "./prepare.mjs";
import { type State, stateOf } from "./state.ts";

export const DOMAIN = "DC=contoso,DC=com";

/** What a directory's tool made of a modify file. */
export interface Applied {
  readonly status: number | null;
  /** How many records the tool says it has applied. */
  readonly records: number;
  /** Whatever it printed, for a person to read where a test fails. */
  readonly output: string;
}

/** A directory and its own tools, as administrators use them. */
export interface Engine {
  readonly name: string;
  /** What the directory writes by itself whenever an entry changes, in lower case. */
  readonly ownAttributes: ReadonlySet<string>;
  /** What it computes of other entries' links and of an entry's DN, in lower case. */
  readonly computed: ReadonlySet<string>;
  /** The export of all entries at and under a DN. */
  export(base?: string): string;
  /** Applies a modify file, given as it was written. `options` are more of the tool's own. */
  apply(file: string, ...options: readonly string[]): Applied;
  state(base?: string): State;
}

const missing = missingForDirectories();
if (missing !== undefined && process.env.SYNCREADY_DOMAIN === undefined) console.error(missingDirectoriesBox(missing));

/** Options of tests with directories: skipped where a package is missing. Where CI is set they run, and fail. */
export const WITH_DIRECTORIES = { skip: missing !== undefined && !process.env.CI ? missing.what : false };

function temporaryFolder(): string {
  if (missing !== undefined) throw missing;
  // A short name: the path of a socket in it must stay under about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), "syncready-ad-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let prepared: string | undefined;

/** Samba's Active Directory, worked on with the tools of its database: no server runs. */
export class Samba implements Engine {
  readonly name = "Samba";
  readonly ownAttributes = new Set(["whenchanged", "usnchanged"]);
  readonly computed = new Set(["memberof", "directreports", "managedobjects", "name", "distinguishedname"]);
  readonly #folder = temporaryFolder();

  /** A new domain, with `entries` in it. */
  constructor(entries: string) {
    prepared ??= process.env.SYNCREADY_DOMAIN || prepareDomain();
    cpSync(prepared, this.#folder, { recursive: true });
    const output = run("ldbadd", [...domainOptions(this.#folder), this.#file(entries)]);
    // It may leave entries out and nevertheless end with 0.
    const count = entries.match(/^dn:/gm)?.length ?? 0;
    if (!output.includes(`Added ${count} records successfully`)) throw new Error(`ldbadd: ${output}`);
  }

  /** Writes past all checks what the directory would refuse, as it may come from older ones: into the file of the partition. */
  force(changes: string): void {
    const partition = join(this.#folder, "private/sam.ldb.d", `${DOMAIN.toUpperCase()}.ldb`);
    run("ldbmodify", ["-H", partition, this.#file(changes)]);
  }

  export(base = DOMAIN): string {
    return run("ldbsearch", [...domainOptions(this.#folder), "-b", base]);
  }

  apply(file: string, ...options: readonly string[]): Applied {
    // ldbmodify takes the CR of a line end for a part of the value, so it gets a copy without.
    const path = this.#file(file.replaceAll("\r\n", "\n"));
    const { status, stdout, stderr } = spawnSync("ldbmodify", [...domainOptions(this.#folder), ...options, path], {
      encoding: "utf8",
    });
    const records = Number(/^Modified (\d+) records/m.exec(stdout)?.[1] ?? 0);
    return { status, records, output: stdout + stderr };
  }

  state(base = DOMAIN): State {
    return stateOf(this.export(base));
  }

  #file(content: string): string {
    const path = join(this.#folder, "file.ldif");
    writeFileSync(path, content);
    return path;
  }
}

const ADMIN = ["-x", "-D", `cn=admin,${DOMAIN}`, "-w", "secret"];

/** OpenLDAP's server with Active Directory's names: the strictest reader of LDIF, and the strictest about values. */
export class OpenLdap implements Engine {
  readonly name = "OpenLDAP";
  readonly ownAttributes: ReadonlySet<string> = new Set();
  readonly computed: ReadonlySet<string> = new Set();
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly #uri: string;

  private constructor(folder: string, server: ChildProcess, uri: string) {
    [this.#folder, this.#server, this.#uri] = [folder, server, uri];
  }

  /** A server of its own with `entries` in it, which ends with the tests of the file. It listens on a socket in its folder only. */
  static async start(entries: string): Promise<OpenLdap> {
    const folder = temporaryFolder();
    const configuration = configure(folder);
    // AppArmor confines the program at its usual path to its usual folders.
    const program = join(folder, "slapd");
    copyFileSync(programPath("slapd")!, program);
    const entriesFile = join(folder, "entries.ldif");
    writeFileSync(entriesFile, entries);
    run(program, ["-Tadd", "-f", configuration, "-l", entriesFile]);
    const uri = `ldapi://${encodeURIComponent(join(folder, "socket"))}`;
    // The shell ends the server when its input ends: with this process, however that ends.
    const script = '"$@" & server=$!; read -r _; kill "$server"; wait "$server"';
    const server = spawn("/bin/sh", ["-c", script, "sh", program, "-d0", "-h", uri, "-f", configuration], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    const engine = new OpenLdap(folder, server, uri);
    after(() => engine.#stop());
    await engine.#answers();
    return engine;
  }

  export(base = DOMAIN): string {
    return run("ldapsearch", [...ADMIN, "-H", this.#uri, "-b", base]);
  }

  apply(file: string, ...options: readonly string[]): Applied {
    const path = join(this.#folder, "file.ldif");
    writeFileSync(path, file);
    const { status, stdout, stderr } = spawnSync("ldapmodify", [...ADMIN, ...options, "-H", this.#uri, "-f", path], {
      encoding: "utf8",
    });
    return { status, records: done(stdout, stderr), output: stdout + stderr };
  }

  state(base = DOMAIN): State {
    return stateOf(this.export(base));
  }

  async #answers(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (spawnSync("ldapsearch", ["-x", "-H", this.#uri, "-s", "base", "-b", ""]).status === 0) return;
      await sleep(100);
    }
    throw new Error("slapd does not answer");
  }

  async #stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#server.once("exit", resolve));
    this.#server.stdin?.end();
    await ended;
  }
}

/** ldapmodify announces each record before it sends it, and tells each that failed. */
function done(stdout: string, stderr: string): number {
  const announced =
    stdout.match(/^(?:modifying entry|adding new entry|modifying rdn of entry|deleting entry) /gm) ?? [];
  const failed = stderr.match(/^ldap_\w+: /gm) ?? [];
  return announced.length - failed.length;
}

function configure(folder: string): string {
  const data = join(folder, "data");
  mkdirSync(data);
  const configuration = join(folder, "slapd.conf");
  writeFileSync(
    configuration,
    `include "${resolve("test/directory/active-directory.schema")}"
modulepath /usr/lib/ldap:/usr/lib/openldap:/usr/lib64/openldap
moduleload back_mdb
pidfile "${join(folder, "slapd.pid")}"
sizelimit unlimited
database mdb
suffix "${DOMAIN}"
rootdn "cn=admin,${DOMAIN}"
rootpw secret
directory "${data}"
maxsize 268435456
dbnosync
`,
  );
  return configuration;
}
