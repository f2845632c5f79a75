import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { matchingKey } from "../../server/core/fix/value-id.ts";
import {
  addGroupBehind,
  applyChanges,
  copiedGroup,
  DEFAULT_SETTINGS,
  dnKey,
  escapeRdnValue,
  isDn,
  type LineStyle,
  readBack,
  type SynchronizingCopy,
  styleOf,
  takesGroups,
  writeModifyFiles,
} from "../../server/core/index.ts";
import { writeLine } from "../../server/core/ldif/writer.ts";
import fc from "../property.ts";
import { lineStyle } from "./arbitrary.ts";
import { builtIn, checkerOf, entryOf, GROUP_TYPE, groupIn, madeCopy, recordsOf, userOf } from "./copied-groups.ts";
import { Directory } from "./directory.ts";

const ADMINS = "CN=Domain Admins,CN=Users,DC=contoso,DC=com";
const ANN = "CN=Ann,OU=Staff,DC=contoso,DC=com";

/** The export with a copy of the group in it; `undefined` where it has no place for one. */
function withCopy(text: string, dn: string, file?: string, copy?: SynchronizingCopy): string | undefined {
  const records = recordsOf(text, file);
  const group = groupIn(records, dn);
  const { entry, change } = copy ?? madeCopy(text, dn, file === undefined ? {} : { file });
  const changes = addGroupBehind(group, entry, [change], styleOf(records));
  if (changes === undefined) return undefined;
  const { start } = group;
  const { length } = group.text;
  return text.slice(0, start) + applyChanges(text.slice(start, start + length), changes) + text.slice(start + length);
}

describe("In LDIF the copy stands behind the group, written like it", () => {
  const added = [
    "objectClass: top",
    "objectClass: group",
    "cn: Domain Admins (synchronized)",
    "sAMAccountName: Domain Admins (synchronized)",
    "displayName: Domain Admins (synchronized)",
    "description: Synchronizing copy of the built-in group Domain Admins",
    "groupType: -2147483646",
    `member: ${ANN}`,
  ];
  const dn = "dn: CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com";
  const member = "member: CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com";
  const group = [
    `dn: ${ADMINS}`,
    "objectClass: top",
    "objectClass: group",
    `member: ${ANN}`,
    "sAMAccountName: Domain Admins",
    "groupType: -2147483646",
    "isCriticalSystemObject: TRUE",
  ];
  const edited = [...group.slice(0, 4), member, ...group.slice(4)];
  const rows: Readonly<Record<string, readonly [before: string, after: string]>> = {
    "between two entries": [
      `${lines(group)}\n${userOf("Ann")}`,
      `${lines(edited)}\n${lines([dn, ...added])}\n${userOf("Ann")}`,
    ],
    "at the end of the file, behind a blank line or none": [
      lines(group),
      `${lines(edited)}\n${lines([dn, ...added])}\n`,
    ],
    "behind a last line without an end": [lines(group).trimEnd(), `${lines(edited)}\n${lines([dn, ...added])}\n`],
    "before the comment of the next entry": [
      `${lines(group)}\n# record 2\n${userOf("Ann")}`,
      `${lines(edited)}\n${lines([dn, ...added])}\n# record 2\n${userOf("Ann")}`,
    ],
    "as a change record, where the group is one": [
      `${lines([group[0]!, "changetype: add", ...group.slice(1)])}\n`,
      `${lines([edited[0]!, "changetype: add", ...edited.slice(1)])}\n${lines([dn, "changetype: add", ...added])}\n`,
    ],
    "where member is the last line": [
      lines([...group.filter((one) => !one.startsWith("member")), group[3]!]),
      `${lines([...group.filter((one) => !one.startsWith("member")), group[3]!, member])}\n${lines([dn, ...added])}\n`,
    ],
  };
  for (const [name, [before, after]] of Object.entries(rows)) {
    test(name, () => assert.equal(withCopy(before, ADMINS), after));
    test(`${name}, with CRLF`, () => {
      // What ends nowhere has its line ends from the lines before it.
      assert.equal(withCopy(before.replaceAll("\n", "\r\n"), ADMINS), after.replaceAll("\n", "\r\n"));
    });
  }

  test("folded as the file is folded", () => {
    const folded = `${lines(group)}description: ${"x".repeat(27)}\n ${"y".repeat(39)}\n z\n`;
    const after = withCopy(folded, ADMINS)!;
    assert.ok(after.includes("\nmember: CN=Domain Admins (synchronized),\n CN=Users,DC=contoso,DC=com\n"), after);
    assert.ok(after.includes("\ndn: CN=Domain Admins (synchronized),CN=U\n sers,DC=contoso,DC=com\n"), after);
  });
});

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

describe("In a table the copy is a row behind the group's", () => {
  const rows: Readonly<
    Record<string, readonly [header: string, ann: string, group: string, edited: string, copy: string]>
  > = {
    csvde: [
      "DN,objectClass,cn,description,member,groupType,sAMAccountName,isCriticalSystemObject",
      `"${ANN}",user,Ann,,,,ann,`,
      `"${ADMINS}",group,Domain Admins,"a, b","${ANN};CN=X\\\\,Y,DC=contoso,DC=com",-2147483646,Domain Admins,TRUE`,
      `"${ADMINS}",group,Domain Admins,"a, b","${ANN};CN=X\\\\,Y,DC=contoso,DC=com;CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com",-2147483646,Domain Admins,TRUE`,
      `"CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com",group,Domain Admins (synchronized),Synchronizing copy of the built-in group Domain Admins,"${ANN};CN=X\\\\,Y,DC=contoso,DC=com",-2147483646,Domain Admins (synchronized),`,
    ],
    "Export-Csv": [
      '"DistinguishedName","ObjectClass","SamAccountName","member","groupType","isCriticalSystemObject","mail"',
      `"${ANN}","user","ann",,,,"ann@contoso.com"`,
      `"${ADMINS}","group","Domain Admins","${ANN}|CN=Ben,DC=contoso,DC=com","-2147483646","True",`,
      `"${ADMINS}","group","Domain Admins","${ANN}|CN=Ben,DC=contoso,DC=com|CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com","-2147483646","True",`,
      `"CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com","group","Domain Admins (synchronized)","${ANN}|CN=Ben,DC=contoso,DC=com","-2147483646","",""`,
    ],
  };
  for (const [name, [header, ann, group, edited, copy]] of Object.entries(rows)) {
    for (const end of ["\n", "\r\n"]) {
      test(`${name}, ${JSON.stringify(end)}`, () => {
        const text = (...all: readonly string[]) => all.map((row) => row + end).join("");
        assert.equal(withCopy(text(header, group, ann), ADMINS, "a.csv"), text(header, edited, copy, ann));
        // The last line of a file need not end.
        const cut = (one: string) => one.slice(0, -end.length);
        assert.equal(withCopy(cut(text(header, ann, group)), ADMINS, "a.csv"), cut(text(header, ann, edited, copy)));
      });
    }
    for (const column of ["objectClass", "sAMAccountName", "groupType", "member"]) {
      test(`${name} without ${column}: there is none`, () => {
        const text = [header.replace(new RegExp(column, "i"), "info"), ann, group, ""].join("\n");
        const record = groupIn(recordsOf(text, "a.csv"), ADMINS);
        assert.equal(takesGroups(record), false);
        const { entry, change } = madeCopy([header, ann, group, ""].join("\n"), ADMINS, { file: "a.csv" });
        assert.equal(addGroupBehind(record, entry, [change], { lineEnd: "\n", width: undefined }), undefined);
      });
    }
  }

  test("but none where a cell would be read otherwise", () => {
    const [header, ann, group] = rows["Export-Csv"]!;
    const text = [header, ann, group, ""].join("\n");
    const copy = madeCopy(text, ADMINS, { file: "a.csv" });
    const attributes = copy.entry.attributes.map(({ attribute, values }) => ({
      attribute,
      values: attribute === "member" ? [{ text: "CN=a;DC=b|CN=c" }, { text: ANN }] : values,
    }));
    assert.equal(withCopy(text, ADMINS, "a.csv", { ...copy, entry: { ...copy.entry, attributes } }), undefined);
  });
});

test("Copies of ldp's details pane have no place for one, and none is made", () => {
  const pane = `Expanding base '${ADMINS}'...\nGetting 1 entries:\nDn: ${ADMINS}\ngroupType: 0x80000002 = ( ACCOUNT_GROUP | SECURITY_ENABLED ); \nisCriticalSystemObject: TRUE; \nmember: ${ANN}; \nobjectClass (2): top; group; \nsAMAccountName: Domain Admins; \n`;
  const record = groupIn(recordsOf(pane, "a.txt"), ADMINS);
  assert.equal(takesGroups(record), false);
  assert.match(copiedGroup(record) as string, /details pane/);
});

describe("Whatever the group is called and whoever is in it", () => {
  const name = fc
    .string({
      unit: fc.constantFrom(..."aZ é日😀,+\"\\<>;=#/[]:|*?@.()'\u0301", "synchronized"),
      minLength: 1,
      maxLength: 70,
    })
    .map((text) => text.trim())
    .filter((text) => text !== "" && text.length <= 64);
  const person = fc.record({
    kind: fc.constantFrom("user", "shown", "gone", "local", "foreign", "critical"),
    id: fc.nat(30),
  });
  const scope = fc.constantFrom(...Object.values(GROUP_TYPE));
  const taken = fc.array(fc.tuple(fc.nat(3), fc.boolean()), { maxLength: 3 });

  test("the copy checks clean, its names are its own, and the modify file does what the edited export says and back", () => {
    fc.assert(
      fc.property(
        name,
        scope,
        fc.array(person, { maxLength: 8 }),
        taken,
        lineStyle,
        (cn, type, people, others, style) => {
          const dn = `CN=${escapeRdnValue(cn)},CN=Users,DC=contoso,DC=com`;
          const text = written(exportOf(cn, dn, type, people, others), style);
          const copy = madeCopy(text, dn);
          assertNamed(text, copy);
          const after = withCopy(text, dn)!;
          assertClean(after, copy);
          const files = writeModifyFiles(copy.records, { original: "a", modify: "b", undo: "c" });
          const directory = directoryOf(text);
          const before = directory.state();
          for (const record of readBack(files.modify)) directory.apply(record);
          assert.deepEqual(directory.state(), directoryOf(after).state());
          for (const record of readBack(files.undo)) directory.apply(record);
          assert.deepEqual(directory.state(), before);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function exportOf(
  cn: string,
  dn: string,
  type: number,
  people: readonly { readonly kind: string; readonly id: number }[],
  others: readonly (readonly [number, boolean])[],
): string {
  const unique = [...new Map(people.map((one) => [one.id, one])).values()];
  const dnOf = ({ kind, id }: (typeof people)[number]) =>
    kind === "foreign"
      ? `CN=S-1-5-${id},CN=ForeignSecurityPrincipals,DC=contoso,DC=com`
      : `CN=m${id},OU=Staff,DC=contoso,DC=com`;
  const entries = unique.map((one) => {
    if (one.kind === "gone" || one.kind === "foreign") return "";
    if (one.kind === "local")
      return entryOf(
        dnOf(one),
        "objectClass: group",
        `groupType: ${GROUP_TYPE.domainLocal}`,
        `sAMAccountName: m${one.id}`,
      );
    return userOf(`m${one.id}`, ...(one.kind === "critical" ? ["isCriticalSystemObject: TRUE"] : []));
  });
  const groups = others.map(([number, isAccount], at) => {
    const mark = number === 0 ? "(synchronized)" : `(Synchronized ${number + 1})`;
    const called = `${cn} ${mark}`;
    const rdn = isAccount ? `other${at}` : `${[...called].slice(0, 55).join("")}${at}`;
    return entryOf(
      `CN=${escapeRdnValue(rdn)},OU=G,DC=contoso,DC=com`,
      "objectClass: group",
      "groupType: 2",
      line("sAMAccountName", isAccount ? called : `o${at}`),
    );
  });
  const anyone = "CN=Any,OU=G,DC=contoso,DC=com";
  const shows = entryOf(anyone, "objectClass: group", "groupType: 2", "sAMAccountName: any", `member: ${ANN}`);
  const group = builtIn(dn, type, line("sAMAccountName", cn), ...unique.map((one) => `member: ${dnOf(one)}`));
  return userOf("Ann") + shows + entries.join("") + groups.join("") + group.replace(/^dn: .*/, line("dn", dn));
}

function line(description: string, text: string): string {
  return writeLine(description, { text }, { lineEnd: "\n", width: undefined });
}

/** The same export in another style. */
function written(text: string, style: LineStyle): string {
  return recordsOf(text)
    .map(({ entry }) => {
      const values = [...entry!.attributeTypes()].flatMap((type) => entry!.values(type));
      const all = values.map((value) => writeLine(value.description, { text: value.text }, style));
      return [writeLine("dn", { text: entry!.dn.text }, style), ...all, ""].join(style.lineEnd);
    })
    .join(style.lineEnd);
}

function assertNamed(text: string, { cn, entry }: SynchronizingCopy): void {
  assert.ok(isDn(entry.dn) && cn.length <= 64, entry.dn);
  const account = entry.attributes.find(({ attribute }) => attribute === "sAMAccountName")!.values[0]!;
  assert.ok("text" in account && account.text.length <= 256 && !/["/\\[\]:;|=,+*?<>]/.test(account.text));
  for (const { entry: other } of recordsOf(text)) {
    assert.notEqual(dnKey(other!.dn.text), dnKey(entry.dn));
    for (const { text: held } of other!.values("sAMAccountName")) {
      assert.notEqual(matchingKey(held), matchingKey(account.text));
    }
  }
}

function assertClean(text: string, { entry, memberCount }: SynchronizingCopy): void {
  const records = recordsOf(text);
  const added = groupIn(records, entry.dn);
  const { findings, excluded } = checkerOf(records, DEFAULT_SETTINGS).check(added);
  assert.deepEqual([findings.map(({ rule }) => rule.id), excluded, added.problems], [[], false, []]);
  assert.equal(added.values("member").length, memberCount);
}

function directoryOf(text: string): Directory {
  const directory = new Directory();
  for (const { entry } of recordsOf(text)) directory.add(entry!);
  return directory;
}
