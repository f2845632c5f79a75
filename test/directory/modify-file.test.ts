import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { dnKey } from "../../server/core/index.ts";
import { applyAll, modifyFilesFor } from "./apply.ts";
import { exportOf, type Writing } from "./edit-scripts.ts";
import { type Engine, OpenLdap, Samba, WITH_DIRECTORIES } from "./engines.ts";
import {
  type Attributes,
  bytes,
  type DirectoryName,
  entryIn,
  folder,
  type NewEntry,
  ROOT,
  replacements,
  toLdif,
  valuesOf,
} from "./entries.ts";
import {
  differences,
  type EntryState,
  type ExportedEntry,
  entriesOf,
  entryDifferences,
  namedValue,
  type State,
  stateOf,
  stateOfEntries,
} from "./state.ts";

const STAFF = folder("Staff");
const BOTH: readonly DirectoryName[] = ["Samba", "OpenLDAP"];

/** A change of one entry. */
interface Row {
  readonly what: string;
  readonly cn?: string;
  readonly from: Attributes;
  readonly to: Attributes;
}

const long = "0123456789 ".repeat(180);

/** What our writer has to write, in the ways in which it writes it. */
const ROWS: readonly Row[] = [
  { what: "a value that is new", from: {}, to: { info: "new" } },
  { what: "a value that goes, and its attribute with it", from: { info: "old" }, to: {} },
  { what: "a value in place of another", from: { info: "old" }, to: { info: "new" } },
  { what: "capitals of a single value", from: { displayName: "Jane DOE" }, to: { displayName: "Jane Doe" } },
  {
    what: "capitals of one of several values",
    from: { proxyAddresses: ["smtp:a@contoso.com", "smtp:b@contoso.com"] },
    to: { proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"] },
  },
  {
    what: "another primary address",
    from: { proxyAddresses: ["SMTP:c@contoso.com", "smtp:d@contoso.com", "X500:/o=Contoso"] },
    to: { proxyAddresses: ["smtp:c@contoso.com", "SMTP:d@contoso.com", "X500:/o=Contoso"] },
  },
  { what: "all of several values", from: { url: ["a", "b", "c"] }, to: { url: ["d", "e"] } },
  { what: "a list that is emptied", from: { url: ["a", "b", "c"] }, to: {} },
  {
    what: "several attributes, of which some come and some go",
    from: { info: "1", department: "2", url: ["3", "4"] },
    to: { department: "5", url: ["4", "6"], displayName: "7" },
  },
  { what: "a blank at the beginning", from: { info: " x" }, to: { info: "  x" } },
  { what: "a blank at the end", from: { info: "x" }, to: { info: "x " } },
  { what: "nothing but a blank", from: { info: "x" }, to: { info: " " } },
  { what: "a colon at the beginning", from: { info: ": x" }, to: { info: ":: eA==" } },
  { what: "a less-than sign at the beginning", from: { info: "< file:///x" }, to: { info: "<x>" } },
  { what: "a number sign at the beginning", from: { info: "# x" }, to: { info: "#" } },
  { what: "a hyphen and nothing else", from: { info: "x" }, to: { info: "-" } },
  { what: "what looks like lines of LDIF", from: { info: "dn: CN=x" }, to: { info: "x\nchangetype: delete\n-\n\n" } },
  { what: "line ends of both kinds", from: { info: "a\nb" }, to: { info: "a\r\nb\rc\r\n" } },
  { what: "a tab and other control characters", from: { info: "a\tb" }, to: { info: "\x01a\x7f\x1b" } },
  { what: "letters of other scripts", from: { info: "größer" }, to: { info: "山田 ελ ж" } },
  { what: "characters of four bytes", from: { info: "😀" }, to: { info: "😀👩‍👩‍👧 𝒳" } },
  { what: "a letter in two forms", from: { info: "e\u0301" }, to: { info: "\u00e9" } },
  { what: "characters that cannot be seen", from: { info: "a\u200b\u00a0b\u2028\ufeff" }, to: { info: "ab" } },
  {
    what: "a line that must be folded",
    from: { extensionAttribute15: long },
    to: { extensionAttribute15: `x${long}` },
  },
  {
    what: "a line of base64 that must be folded",
    from: { extensionAttribute15: "ä".repeat(1000) },
    to: { extensionAttribute15: "ö".repeat(1001) },
  },
  { what: "a line that is exactly full", from: { info: "x" }, to: { info: "x".repeat(70) } },
  { what: "a line that is too long by one character", from: { info: "x" }, to: { info: "x".repeat(71) } },
  { what: "bytes", from: { thumbnailPhoto: bytes(9000, 1) }, to: { thumbnailPhoto: bytes(9001, 2) } },
  {
    what: "one of several values of bytes",
    from: { userCertificate: [bytes(50, 1), bytes(50, 2), bytes(50, 3)] },
    to: { userCertificate: [bytes(50, 1), bytes(51, 2), bytes(50, 3)] },
  },
  { what: "a truth value", from: { msExchHideFromAddressLists: "TRUE" }, to: { msExchHideFromAddressLists: "FALSE" } },
  {
    what: "a number of more than 32 bits",
    from: { msExchRecipientTypeDetails: "1" },
    to: { msExchRecipientTypeDetails: "2147483648" },
  },
  { what: "a DN", from: {}, to: { manager: entryIn(STAFF, 'Lee, "Ann"', {}).dn } },
  { what: "an entry with a comma and quotes in its name", cn: 'Lee, "Ann"', from: {}, to: { info: "x" } },
  { what: "an entry with a blank before its name", cn: " Lee 1", from: {}, to: { info: "x" } },
  { what: "an entry with a blank behind its name", cn: "Lee 2 ", from: {}, to: { info: "x" } },
  { what: "an entry with characters that a DN escapes", cn: "#a+b;c<d>e=f\\g", from: {}, to: { info: "x" } },
  { what: "an entry with letters that are not ASCII in its name", cn: "Jürgen 山 😀", from: {}, to: { info: "x" } },
  { what: "an entry with a long name", cn: "Long ".repeat(12), from: {}, to: { info: "x" } },
];

const PLAIN: Writing = { lineEnd: "\n", width: undefined, valueOnNextLine: false, base64Dns: false, isReversed: false };

async function start(name: DirectoryName, entries: readonly NewEntry[]): Promise<Engine> {
  const all = toLdif([STAFF, ...entries]);
  return name === "Samba" ? new Samba(all) : await OpenLdap.start(toLdif(ROOT) + all);
}

function user(cn: string, attributes: Attributes): NewEntry {
  const account = cn.replace(/[^a-z]/gi, "").slice(0, 20);
  return entryIn(STAFF, cn, { objectClass: "user", sAMAccountName: account, ...attributes });
}

/** An exported entry with other values; attributes that are `undefined` go. */
function withValues({ dn, values }: ExportedEntry, changes: Attributes): ExportedEntry {
  const names = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const named = Object.entries(changes).flatMap(([name, given = []]) =>
    valuesOf(given).map((value) => namedValue(name, value)),
  );
  const kept = values.filter(({ name }) => !names.has(name.toLowerCase()));
  return { dn, values: [...kept, ...named] };
}

for (const name of BOTH) {
  describe(`What a modify file may hold, ${name} takes as it is meant, and takes back`, () => {
    const dns = ROWS.map((row, at) => dnKey(user(row.cn ?? `Row ${at}`, {}).dn));
    let engine: Engine;
    let [original, changed, undone]: State[] = [];
    const expected = new Map<string, EntryState>();

    before(async () => {
      if (WITH_DIRECTORIES.skip !== false) return;
      engine = await start(
        name,
        ROWS.map((row, at) => user(row.cn ?? `Row ${at}`, { ...row.from, sAMAccountName: `row${at}` })),
      );
      const exported = engine.export(STAFF.dn);
      const edited = entriesOf(exported).map((entry) => {
        const row = ROWS[dns.indexOf(dnKey(entry.dn))];
        return row === undefined ? entry : withValues(entry, { ...emptied(row.from), ...row.to });
      });
      const { modify, undo } = modifyFilesFor(exported, exportOf(edited, PLAIN));
      original = stateOf(exported);
      for (const [dn, state] of stateOfEntries(edited)) expected.set(dn, state);
      applyAll(engine, modify, ROWS.length);
      changed = engine.state(STAFF.dn);
      applyAll(engine, undo, ROWS.length);
      undone = engine.state(STAFF.dn);
    });

    for (const [at, { what }] of ROWS.entries()) {
      test(what, WITH_DIRECTORIES, () => {
        const dn = dns[at]!;
        const except = new Set([...engine.ownAttributes, ...engine.computed]);
        assert.ok(entryDifferences(original?.get(dn), expected.get(dn)).length > 0);
        assert.deepEqual(entryDifferences(expected.get(dn), changed?.get(dn), except), []);
        assert.deepEqual(entryDifferences(original?.get(dn), undone?.get(dn), engine.ownAttributes), []);
      });
    }
  });
}

function emptied(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, undefined]));
}

describe("A stale import fails for the entry that has changed since the export, and leaves it as it is", () => {
  const names = ["Ann", "Bob", "Eve"];
  const entries = names.map((cn) => user(cn, { info: "as exported", url: ["1", "2"] }));

  /** Imports changes of all three where Bob has changed meanwhile; answers what the tool said, and whose entries are changed. */
  async function importStale(name: DirectoryName, ...options: readonly string[]) {
    const engine = await start(name, entries);
    const all = entriesOf(engine.export(STAFF.dn));
    const exported = entries.map((entry) => all.find(({ dn }) => dnKey(dn) === dnKey(entry.dn))!);
    const filesTo = (edited: readonly ExportedEntry[]) =>
      modifyFilesFor(exportOf(exported, PLAIN), exportOf(edited, PLAIN)).modify;
    const meanwhile = exported.map((entry, at) =>
      at === 1 ? withValues(entry, { info: "changed meanwhile" }) : entry,
    );
    const edited = exported.map((entry) => withValues(entry, { info: "edited", url: ["2", "3"] }));
    applyAll(engine, filesTo(meanwhile), 1);
    const { status, records } = engine.apply(filesTo(edited), ...options);
    const after = engine.state(STAFF.dn);
    const [ifDone, ifNot] = [stateOfEntries(edited), stateOfEntries(meanwhile)];
    const changed = names.filter((_, at) => {
      const key = dnKey(exported[at]!.dn);
      const isAs = (state: State) =>
        entryDifferences(state.get(key), after.get(key), engine.ownAttributes).length === 0;
      assert.equal(isAs(ifDone), !isAs(ifNot));
      return isAs(ifDone);
    });
    return { status, records, changed };
  }

  // 16 is noSuchAttribute, which is said of a value that is not there (RFC 4511).
  test("ldapmodify -c applies the others", WITH_DIRECTORIES, async () => {
    assert.deepEqual(await importStale("OpenLDAP", "-c"), { status: 16, records: 2, changed: ["Ann", "Eve"] });
  });

  test("ldapmodify stops there", WITH_DIRECTORIES, async () => {
    assert.deepEqual(await importStale("OpenLDAP"), { status: 16, records: 1, changed: ["Ann"] });
  });

  test("ldbmodify applies nothing of the file", WITH_DIRECTORIES, async () => {
    assert.deepEqual(await importStale("Samba"), { status: 16, records: 0, changed: [] });
  });
});

test("An undo file says what the directory takes no more, and brings back the rest", WITH_DIRECTORIES, () => {
  const entry = user("Ann", {});
  const engine = new Samba(toLdif([STAFF, entry]));
  engine.force(replacements(entry.dn, { sAMAccountName: "a/b" }));
  const exported = engine.export(STAFF.dn);
  const edited = entriesOf(exported).map((one) =>
    dnKey(one.dn) === dnKey(entry.dn) ? withValues(one, { sAMAccountName: "ab", info: "new" }) : one,
  );
  const restored = entriesOf(exported).map((one) =>
    dnKey(one.dn) === dnKey(entry.dn) ? withValues(one, { sAMAccountName: "ab" }) : one,
  );
  const { modify, undo } = modifyFilesFor(exported, exportOf(edited, PLAIN));
  applyAll(engine, modify, 1);
  assert.deepEqual(differences(stateOfEntries(edited), engine.state(STAFF.dn), engine.ownAttributes), []);
  assert.match(undo, new RegExp(`^# DOES NOT RESTORE sAMAccountName of ${entry.dn}: would get "/"`, "m"));
  applyAll(engine, undo, 1);
  assert.deepEqual(differences(stateOfEntries(restored), engine.state(STAFF.dn), engine.ownAttributes), []);
});
