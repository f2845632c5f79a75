import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { dnKey } from "../../server/core/index.ts";
import { findingsOf, folderWith, report, syncready } from "../cli/program.ts";
import { applyAll } from "./apply.ts";
import { type Engine, OpenLdap, Samba, WITH_DIRECTORIES } from "./engines.ts";
import { ROOT, toLdif } from "./entries.ts";
import { DEFECTIVE, type Fixture, fixture, STAFF } from "./fixture.ts";
import { differences, type EntryState, entryDifferences, type State, stateOf } from "./state.ts";

const SETTINGS = JSON.stringify({
  verifiedDomains: ["contoso.com"],
  domainReplacements: { "contoso.local": "contoso.com" },
});

/** What the product says about how the tools write: each rule once, about whatever entry comes first. */
const ABOUT_THE_FILE = {
  // ldbsearch writes UTF-8 as it is in DNs, and values that begin with < as if they were none.
  Samba: ["ldif-referral-not-followed", "ldif-value-not-ascii", "ldif-value-unsafe-start"],
  OpenLDAP: [],
};

describe("From an export with defects to a directory without them, and back", () => {
  test("Samba", WITH_DIRECTORIES, () => {
    const content = fixture("Samba");
    const engine = new Samba(toLdif(content.entries));
    engine.force(content.forced);
    thereAndBack(engine, content, ABOUT_THE_FILE.Samba);
  });

  test("OpenLDAP", WITH_DIRECTORIES, async () => {
    const content = fixture("OpenLDAP");
    const engine = await OpenLdap.start(toLdif([...ROOT, ...content.entries]));
    thereAndBack(engine, content, ABOUT_THE_FILE.OpenLDAP);
  });
});

function thereAndBack(engine: Engine, { planned }: Fixture, aboutTheFile: readonly string[]): void {
  const before = engine.state();
  const all = planned.map(finding);
  const left = planned.filter(({ isFixed }) => !isFixed).map(finding);
  assert.deepEqual(check(engine, before), [...all, ...aboutTheFile].sort());

  const folder = folderWith({ "a.ldif": engine.export(), ".syncready.json": SETTINGS });
  const written = (name: string) => readFileSync(join(folder, name), "utf8");
  const args = ["fix", "a.ldif", "--out", "m.ldf", "--undo", "u.ldf", "--edited", "b.ldif"];
  assert.equal(syncready(args, { cwd: folder }).status, 0);
  const edited = new Set(planned.filter(({ isFixed }) => isFixed).map(({ dn }) => dnKey(dn)));

  applyAll(engine, written("m.ldf"), edited.size);
  const fixed = engine.state();
  assert.deepEqual(changed(before, fixed, engine.ownAttributes), [...edited].sort());
  const expected = stateOf(written("b.ldif"));
  const whereWritten = (state: State) => new Map([...state].filter(([dn]) => edited.has(dn)));
  assert.deepEqual(differences(whereWritten(expected), whereWritten(fixed), engine.ownAttributes), []);
  assert.deepEqual(check(engine, fixed), [...left, ...aboutTheFile].sort());

  const lost = planned.flatMap(({ dn, lost }) => (lost === undefined ? [] : [{ dn, attribute: lost }]));
  for (const { dn, attribute } of lost) {
    assert.ok(written("u.ldf").toLowerCase().includes(`# DOES NOT RESTORE ${attribute} of ${dn}: `.toLowerCase()));
  }
  applyAll(engine, written("u.ldf"), edited.size - lost.length);
  assert.ok(lost.length > 0);
  assert.deepEqual(differences(withLosses(before, fixed, lost), engine.state(), engine.ownAttributes), []);
}

/** The state before, but for the attributes that are not restored: these stay as they were fixed. */
function withLosses(
  before: State,
  fixed: State,
  lost: readonly { readonly dn: string; readonly attribute: string }[],
): State {
  const state = new Map(before);
  for (const { dn, attribute } of lost) {
    const [key, name] = [dnKey(dn), attribute.toLowerCase()];
    state.set(key, new Map([...state.get(key)!, [name, fixed.get(key)!.get(name)!]]));
  }
  return state;
}

/** What the check finds in an export of the directory, but for what every domain brings along. */
function check(engine: Engine, state: State): string[] {
  const folder = folderWith({ "a.ldif": engine.export(), ".syncready.json": SETTINGS });
  const found = findingsOf(report(folder, ["a.ldif"])).map(({ rule, dn }) => ({
    rule: String(rule),
    dn: dn as string,
  }));
  const [aboutTheFile, aboutEntries] = [
    found.filter(({ rule }) => rule.startsWith("ldif-")),
    found.filter(({ rule }) => !rule.startsWith("ldif-")),
  ];
  const own = aboutEntries.filter(({ dn }) => isOwn(dnKey(dn)));
  const builtIn = aboutEntries.filter(({ dn }) => !isOwn(dnKey(dn)));
  assert.deepEqual(builtIn.map(finding).sort(), excludedByDesign(state));
  return [...own.map(finding), ...aboutTheFile.map(({ rule }) => rule)].sort();
}

function finding({ rule, dn }: { readonly rule: string; readonly dn: string }): string {
  return `${rule} ${dnKey(dn)}`;
}

/** Whether an entry is one of the fixture's, by the key of its DN. */
function isOwn(dn: string): boolean {
  return OWN_FOLDERS.some((folder) => dn.endsWith(folder));
}

const OWN_FOLDERS = [STAFF, DEFECTIVE].map(({ dn }) => dnKey(dn));

/** What a new domain has that stays out by design: its built-in accounts and groups, and objects of other classes. */
function excludedByDesign(state: State): string[] {
  return [...state]
    .filter(([dn]) => !isOwn(dn))
    .flatMap(([dn, entry]) => {
      const classes = entry.get("objectclass") ?? [];
      if (classes.includes("computer")) return [];
      if (classes.includes("user") || classes.includes("group")) {
        return isCritical(entry) ? [`scope-critical-system-object ${dn}`] : [];
      }
      return classes.every((name) => CONTAINERS.has(name)) ? [] : [`scope-object-class-not-synchronized ${dn}`];
    })
    .sort();
}

function isCritical(entry: EntryState): boolean {
  return entry.get("iscriticalsystemobject")?.[0] === "TRUE";
}

/** What nobody expects to synchronize, and a domain is made of. */
const CONTAINERS: ReadonlySet<string> = new Set(
  "top container organizationalUnit foreignSecurityPrincipal lostAndFound builtinDomain domain domainDNS".split(" "),
);

/** The DNs, by their keys, of the entries that differ. */
function changed(before: State, after: State, except: ReadonlySet<string>): string[] {
  const isChanged = (dn: string) => entryDifferences(before.get(dn), after.get(dn), except).length > 0;
  return [...new Set([...before.keys(), ...after.keys()])].filter(isChanged).sort();
}
