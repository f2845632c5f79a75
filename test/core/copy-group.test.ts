import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groupScope } from "../../server/core/model/group.ts";
import { builtIn, type CopyOptions, copyOf, entryOf, GROUP_TYPE, madeCopy, userOf, valuesOf } from "./copied-groups.ts";

const ADMINS = "CN=Domain Admins,CN=Users,DC=contoso,DC=com";
const LOCAL = "CN=Administrators,CN=Builtin,DC=contoso,DC=com";
const USERS = "CN=Domain Users,CN=Users,DC=contoso,DC=com";
const ANN = "CN=Ann,OU=Staff,DC=contoso,DC=com";
const BEN = "CN=Ben,OU=Staff,DC=contoso,DC=com";
const people = userOf("Ann") + userOf("Ben");
const group = (dn: string, groupType: number, ...lines: readonly string[]) =>
  entryOf(dn, "objectClass: group", `groupType: ${groupType}`, ...lines);

describe("The copy of a built-in group", () => {
  test("has its members, names that say what it is, and is a member of it", () => {
    const copy = madeCopy(people + builtIn(ADMINS, GROUP_TYPE.global, `member: ${ANN}`, `member: ${BEN}`), ADMINS);
    const dn = "CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com";
    assert.deepEqual(copy.records, [
      {
        changeType: "add",
        dn,
        attributes: [
          { attribute: "objectClass", values: [{ text: "top" }, { text: "group" }] },
          { attribute: "cn", values: [{ text: "Domain Admins (synchronized)" }] },
          { attribute: "sAMAccountName", values: [{ text: "Domain Admins (synchronized)" }] },
          { attribute: "displayName", values: [{ text: "Domain Admins (synchronized)" }] },
          { attribute: "description", values: [{ text: "Synchronizing copy of the built-in group Domain Admins" }] },
          { attribute: "groupType", values: [{ text: "-2147483646" }] },
          { attribute: "member", values: [{ text: ANN }, { text: BEN }] },
        ],
      },
      { changeType: "modify", dn: ADMINS, modSpecs: [{ type: "add", attribute: "member", values: [{ text: dn }] }] },
    ]);
    assert.deepEqual([copy.scope, copy.memberCount, copy.cn], ["global", 2, "Domain Admins (synchronized)"]);
  });

  const scopes: readonly (readonly [keyof typeof GROUP_TYPE, string])[] = [
    ["global", "-2147483646"],
    ["domainLocal", "-2147483640"],
    ["builtIn", "-2147483640"],
    ["universal", "-2147483640"],
  ];
  for (const [scope, expected] of scopes) {
    test(`has a scope that the built-in one may hold: ${scope}`, () => {
      const copy = madeCopy(people + builtIn(ADMINS, GROUP_TYPE[scope], `member: ${ANN}`), ADMINS);
      assert.deepEqual(valuesOf(copy, "groupType"), [expected]);
      assert.equal(copy.scope, expected === "-2147483646" ? "global" : "universal");
    });
  }

  test("has one member for each object, however it is spelled, and may have none", () => {
    const twice = builtIn(ADMINS, GROUP_TYPE.global, `member: ${ANN}`, "member: cn=ann, ou=Staff,dc=contoso,dc=com");
    assert.deepEqual(valuesOf(madeCopy(people + twice, ADMINS), "member"), [ANN]);
    const none = builtIn(ADMINS, GROUP_TYPE.global) + group("CN=G,DC=contoso,DC=com", 2, `member: ${ANN}`);
    const copy = madeCopy(none, ADMINS);
    assert.deepEqual([copy.memberCount, valuesOf(copy, "member")], [0, []]);
  });

  test("has classes as the export writes them, but none that were added to the one group", () => {
    const own = `objectClass: Group\nobjectClass: posixGroup\ngroupType: 2\nisCriticalSystemObject: TRUE\nmember: ${ANN}`;
    assert.deepEqual(valuesOf(madeCopy(entryOf(ADMINS, own), ADMINS), "objectClass"), ["Group"]);
  });

  test("is planned with so many values a record that a directory takes them", () => {
    const members = Array.from({ length: 12_001 }, (_, at) => `member: CN=U${at},OU=Staff,DC=contoso,DC=com`);
    const { records, entry } = madeCopy(builtIn(ADMINS, GROUP_TYPE.global, ...members), ADMINS);
    const sizes = records.map((record) => {
      if (record.changeType === "add") return record.attributes.at(-1)!.values.length;
      return record.changeType === "modify" ? record.modSpecs[0]!.values.length : 0;
    });
    assert.deepEqual(sizes, [5000, 5000, 2001, 1]);
    assert.deepEqual(
      records.map(({ dn }) => dn),
      [entry.dn, entry.dn, entry.dn, ADMINS],
    );
  });
});

describe("Names", () => {
  const rows: readonly (readonly [
    name: string,
    dn: string,
    lines: readonly string[],
    others: string,
    cn: string,
    account: string,
  ])[] = [
    ["as they are", ADMINS, [], "", "Domain Admins (synchronized)", "Domain Admins (synchronized)"],
    [
      "numbered, where another object has them in any container, in whatever capitals and accents",
      ADMINS,
      [],
      group("CN=Else,OU=Groups,DC=contoso,DC=com", 2, "sAMAccountName: DOMAIN ADMINS (synchronized)") +
        userOf("domain ádmins (synchronized 2)"),
      "Domain Admins (synchronized 3)",
      "Domain Admins (synchronized 3)",
    ],
    [
      "without what a sAMAccountName may not hold",
      "CN=Ops\\, all/most,CN=Users,DC=contoso,DC=com",
      ["sAMAccountName: Ops, all/most"],
      "",
      "Ops, all/most (synchronized)",
      "Ops_ all_most (synchronized)",
    ],
    [
      "cut off at a character where they would be too long",
      `CN=${"x".repeat(48)}😀${"y".repeat(10)},CN=Users,DC=contoso,DC=com`,
      [`sAMAccountName: ${"z".repeat(256)}`],
      "",
      `${"x".repeat(48)} (synchronized)`,
      `${"z".repeat(241)} (synchronized)`,
    ],
    [
      "of the cn where there is no other",
      "CN=Domänen-Admins,CN=Users,DC=contoso,DC=com",
      ["sAMAccountName: Domain Admins"],
      "",
      "Domänen-Admins (synchronized)",
      "Domain Admins (synchronized)",
    ],
  ];
  for (const [name, dn, lines, others, cn, account] of rows) {
    test(name, () => {
      const copy = madeCopy(people + others + builtIn(dn, 2, `member: ${ANN}`, ...lines), dn);
      assert.deepEqual([copy.cn, ...valuesOf(copy, "cn"), ...valuesOf(copy, "sAMAccountName")], [cn, cn, account]);
      assert.ok(cn.length <= 64 && account.length <= 256);
    });
  }

  test("taken in an export that is checked together with this one are not taken twice", () => {
    const companion = group("CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com", 2, "sAMAccountName: x");
    const copy = madeCopy(people + builtIn(ADMINS, 2, `member: ${ANN}`), ADMINS, { companion });
    assert.equal(copy.cn, "Domain Admins (synchronized 2)");
  });
});

describe("The copy stands", () => {
  const moved = "CN=Domain Admins,OU=Tier 0,DC=contoso,DC=com";
  const elsewhere = group("CN=Team,OU=Groups,DC=Contoso,DC=com", 2);
  const rows: readonly (readonly [
    name: string,
    dn: string,
    scope: CopyOptions["settings"],
    place: string | undefined,
  ])[] = [
    ["in CN=Users, where the built-in one is in CN=Builtin", LOCAL, {}, "CN=Users,DC=contoso,DC=com"],
    ["beside the built-in one, where that was moved", moved, {}, "OU=Tier 0,DC=contoso,DC=com"],
    [
      "where groups are, if CN=Users is out of scope",
      ADMINS,
      { scope: { include: ["ou=groups,dc=contoso,dc=com"], exclude: [] } },
      "OU=Groups,DC=Contoso,DC=com",
    ],
    [
      "in CN=Users, if the built-in one's place is out of scope",
      moved,
      { scope: { include: [], exclude: ["ou=tier 0,dc=contoso,dc=com"] } },
      "CN=Users,DC=contoso,DC=com",
    ],
    [
      "nowhere, if no place in scope is known",
      ADMINS,
      { scope: { include: ["ou=x,dc=contoso,dc=com"], exclude: [] } },
      undefined,
    ],
  ];
  for (const [name, dn, settings, place] of rows) {
    test(name, () => {
      const copy = copyOf(people + elsewhere + builtIn(dn, 4, `member: ${ANN}`), dn, { settings: settings! });
      const parent = typeof copy === "string" ? undefined : copy.entry.dn.slice(copy.entry.dn.indexOf(",") + 1);
      assert.equal(parent, place);
      if (typeof copy !== "string") assert.ok(copy.notes.some(({ message }) => message.includes(`in ${place}.`)));
    });
  }
});

describe("Who has a group as the primary group", () => {
  const sid = (rid: number) => `objectSid: S-1-5-21-1-2-3-${rid}`;
  const guest = userOf("Guest", "primaryGroupID: 514");
  const all = userOf("Ann", "primaryGroupID: 513") + userOf("Ben", "primaryGroupID: 513") + guest;
  const foreigner = userOf("Eve", "primaryGroupID: 513").replace("DC=contoso", "DC=fabrikam");
  const deeper = userOf("Dan", "primaryGroupID: 513").replace("DC=contoso", "DC=emea,DC=contoso");
  const other = group("CN=G,DC=contoso,DC=com", 2, `member: ${ANN}`);

  test("is a member of the copy, by the group's SID or its English name", () => {
    for (const lines of [[sid(513)], [], ["objectSid:: AQUAAAAAAAUVAAAAUqrIaD+tFGJDFwoyAQIAAA=="]]) {
      const copy = madeCopy(all + foreigner + deeper + other + builtIn(USERS, 2, ...lines), USERS);
      assert.deepEqual(valuesOf(copy, "member"), [ANN, BEN]);
    }
  });

  test("is one also where the group is called otherwise, and is none of a group that is only called so", () => {
    const local = "CN=Domänen-Benutzer,CN=Users,DC=contoso,DC=com";
    assert.deepEqual(valuesOf(madeCopy(all + other + builtIn(local, 2, sid(513)), local), "member"), [ANN, BEN]);
    assert.deepEqual(valuesOf(madeCopy(all + other + builtIn(USERS, 2, sid(1105)), USERS), "member"), []);
  });

  test("is not known in an export without primaryGroupID", () => {
    const text = people + other + builtIn(USERS, 2, sid(513));
    assert.match(copyOf(text, USERS) as string, /^has members by their primaryGroupID, which the export does not show/);
  });

  test("is one member, where the group names it, too", () => {
    assert.deepEqual(valuesOf(madeCopy(all + builtIn(USERS, 2, `member: ${BEN}`), USERS), "member"), [BEN, ANN]);
  });
});

describe("It is said of members", () => {
  const local = group("CN=Local,OU=G,DC=contoso,DC=com", GROUP_TYPE.domainLocal);
  const universal = group("CN=Uni,OU=G,DC=contoso,DC=com", GROUP_TYPE.universal);
  const foreign = entryOf(
    "CN=S-1-5-21-9-9-9-500,CN=ForeignSecurityPrincipals,DC=contoso,DC=com",
    "objectClass: foreignSecurityPrincipal",
  );
  const unshown = "CN=S-1-5-11,CN=ForeignSecurityPrincipals,DC=contoso,DC=com";
  const krbtgt = entryOf("CN=krbtgt,CN=Users,DC=contoso,DC=com", "objectClass: user", "isCriticalSystemObject: TRUE");
  const all = [
    ANN,
    "CN=Local,OU=G,DC=contoso,DC=com",
    "CN=Uni,OU=G,DC=contoso,DC=com",
    "CN=S-1-5-21-9-9-9-500,CN=ForeignSecurityPrincipals,DC=contoso,DC=com",
    unshown,
    "CN=krbtgt,CN=Users,DC=contoso,DC=com",
    "CN=Gone,OU=Staff,DC=contoso,DC=com",
  ];
  const text =
    people +
    local +
    universal +
    foreign +
    krbtgt +
    builtIn(LOCAL, GROUP_TYPE.builtIn, ...all.map((dn) => `member: ${dn}`));
  const told = (note: string, of = madeCopy(text, LOCAL)) => of.notes.find(({ message }) => message.startsWith(note));

  test("which ones a universal group does not take", () => {
    assert.deepEqual(valuesOf(madeCopy(text, LOCAL), "member"), [all[0], all[2], all[5], all[6]]);
    assert.deepEqual(told("Left out")?.dns, [all[1], all[3], all[4]]);
  });

  test("which ones Entra ID will not show", () => {
    assert.deepEqual(told("Missing")?.dns, [all[5]]);
    assert.match(told("Missing")!.message, /: 1 member$/);
  });

  test("which ones the export does not show, and what that may mean", () => {
    assert.deepEqual(told("Not in the export")?.dns, [all[6]]);
    assert.match(told("Not in the export")!.message, /refuses the copy if a domain local group is among them$/);
    const global = madeCopy(people + builtIn(ADMINS, GROUP_TYPE.global, `member: ${all[6]}`), ADMINS);
    assert.doesNotMatch(told("Not in the export", global)!.message, /refuses/);
  });

  test("which ones another export shows, if it is checked together with this one", () => {
    const companion = entryOf(all[6]!, "objectClass: user", "isCriticalSystemObject: TRUE");
    const copy = madeCopy(text, LOCAL, { companion });
    assert.equal(told("Not in the export", copy), undefined);
    assert.deepEqual(told("Missing", copy)?.dns, [all[5], all[6]]);
  });

  test("where the export lacks what would tell", () => {
    const unclear = madeCopy(text.replaceAll("userAccountControl: 512\n", ""), LOCAL);
    assert.deepEqual(told("Perhaps", unclear)?.dns, [all[0]]);
    const computer = entryOf(all[6]!, "objectClass: computer", "sAMAccountName: PC1$");
    assert.deepEqual(told("Computers", madeCopy(text + computer, LOCAL))?.dns, [all[6]]);
    const typeless = entryOf("CN=Uni,OU=G,DC=contoso,DC=com", "objectClass: group");
    const copy = madeCopy(text.replace(universal, typeless), LOCAL);
    assert.deepEqual(told("Of a kind", copy)?.dns, [all[2]]);
  });

  test("that they are too many to synchronize", () => {
    const members = Array.from({ length: 50_001 }, (_, at) => `member: CN=U${at},OU=Staff,DC=contoso,DC=com`);
    const copy = madeCopy(builtIn(ADMINS, 2, ...members), ADMINS, { settings: { profile: "cloudSync" } });
    assert.ok(told("Of the copy, scope-group-over-50000-members-cloud-sync says", copy));
  });
});

describe("No copy is made", () => {
  const whole = people + builtIn(ADMINS, 2, `member: ${ANN}`);
  const rows: readonly (readonly [name: string, text: string, reason: RegExp, dn?: string])[] = [
    [
      "of a group that synchronizes",
      whole.replace("isCriticalSystemObject: TRUE", "isCriticalSystemObject: FALSE"),
      /^is no group that/,
    ],
    [
      "of a user",
      whole + entryOf("CN=krbtgt,DC=contoso,DC=com", "objectClass: user", "isCriticalSystemObject: TRUE"),
      /^is no group that/,
      "CN=krbtgt,DC=contoso,DC=com",
    ],
    [
      "where a part of the members is shown",
      whole.replace("member:", "member;range=0-1499:"),
      /^shows only a part of its members \(member;range=0-1499\)/,
    ],
    ["without groupType", whole.replace("groupType: 2\n", ""), /^has no groupType/],
    ["with a groupType that names no scope", whole.replace("groupType: 2\n", "groupType: x\n"), /^has no groupType/],
    ["where no group has members", people + builtIn(ADMINS, 2), /the export shows members of no group/],
    [
      "where members stand in another file",
      whole.replace("member: ", "member:< file:///c:/"),
      /^has members that cannot be read/,
    ],
    ["where a member is no DN", whole.replace(`member: ${ANN}`, "member: Ann"), /^has members that cannot be read/],
    ["of a group that is there twice", whole + builtIn(ADMINS, 2, `member: ${BEN}`), /^is more than once/],
    [
      "outside of a domain",
      whole.replaceAll(",DC=contoso,DC=com", ",O=contoso"),
      /^is not named as/,
      ADMINS.replace(",DC=contoso,DC=com", ",O=contoso"),
    ],
    [
      "a second time",
      whole.replace(
        `member: ${ANN}`,
        `member: ${ANN}\nmember: CN=DOMAIN Admins (synchronized 2),OU=X,DC=contoso,DC=com`,
      ),
      /^has a synchronizing copy already: CN=DOMAIN Admins \(synchronized 2\),OU=X/,
    ],
  ];
  for (const [name, text, reason, dn = ADMINS] of rows) {
    test(name, () => {
      const copy = copyOf(text, dn);
      assert.match(typeof copy === "string" ? copy : `a copy ${copy.entry.dn}`, reason);
    });
  }
});

test("A group's scope is that of its groupType, whatever the other bits are", () => {
  const scopeOf = (groupType: string) => {
    const value = { text: groupType };
    return groupScope({ values: () => (groupType === "" ? [] : [value]) } as unknown as Parameters<
      typeof groupScope
    >[0]);
  };
  const rows = {
    "2": "global",
    "-2147483644": "domainLocal",
    "-2147483643": "domainLocal",
    "8": "universal",
    "2147483656": "universal",
    "0": undefined,
    x: undefined,
    "": undefined,
  };
  for (const [groupType, scope] of Object.entries(rows)) assert.equal(scopeOf(groupType), scope, groupType);
});
