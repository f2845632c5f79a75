import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { differenceOf, type Refusal } from "../../server/core/fix/difference.ts";
import { formatOf } from "../../server/core/formats/index.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { attributeFacts } from "../../server/core/model/attribute-facts.ts";
import { CLASS_FACTS, UNPLACED } from "../../server/core/model/class-facts.ts";
import { EditedEntry } from "../../server/core/model/edited-entry.ts";
import type { Entry } from "../../server/core/model/entry.ts";
import { attributesOf, mayHold, neededOf } from "../../server/core/model/object-classes.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { identityOf, attributesOf as madeAttributes } from "../bench/directory.mjs";
import { parseMarks } from "./examples.ts";
import { type Attributes, type FixVector, type Vector, vectors } from "./vector-checks.ts";

const HELD: readonly (readonly [objectClass: string, type: string, held: boolean | undefined])[] = [
  ["user", "displayName", true],
  ["USER", "DISPLAYNAME", true],
  ["user", "mail", true],
  ["user", "cn", true],
  ["user", "proxyAddresses", true],
  ["user", "sAMAccountName", true],
  ["user", "msDS-cloudExtensionAttribute7", true],
  ["user", "employeeNumber", true],
  ["inetOrgPerson", "userPrincipalName", true],
  ["computer", "userPrincipalName", true],
  ["computer", "dNSHostName", true],
  ["msDS-GroupManagedServiceAccount", "servicePrincipalName", true],
  ["contact", "telephoneNumber", true],
  ["contact", "thumbnailPhoto", true],
  ["group", "member", true],
  ["group", "info", true],
  ["group", "gidNumber", true],
  ["organizationalUnit", "street", true],
  ["user", "groupType", false],
  ["user", "member", false],
  ["user", "managedBy", false],
  ["contact", "userPrincipalName", false],
  ["contact", "employeeNumber", false],
  ["group", "department", false],
  ["group", "title", false],
  ["organizationalUnit", "mail", false],
  ["container", "telephoneNumber", false],
  // Not known: attributes of Exchange, of a schema of one's own, of which no class is known, of classes that are not known.
  ["user", "mailNickname", undefined],
  ["contact", "extensionAttribute1", undefined],
  ["user", "fooBar", undefined],
  ["user", "uniqueIdentifier", undefined],
  ["group", "thumbnailPhoto", undefined],
  ["group", "msDS-HABSeniorityIndex", undefined],
  ["contosoPerson", "title", undefined],
  ["constructor", "title", undefined],
];

describe("Which attributes objects of a class may hold", () => {
  for (const [objectClass, type, held] of HELD) {
    test(`${objectClass}: ${type}`, () => assert.equal(mayHold(objectClass, type), held));
  }

  test("and which they must, is said as the schema writes it", () => {
    assert.deepEqual([...neededOf("organizationalUnit")].sort(), [
      "instanceType",
      "nTSecurityDescriptor",
      "objectCategory",
      "objectClass",
      "ou",
    ]);
    assert.ok(neededOf("msDS-GroupManagedServiceAccount").includes("msDS-ManagedPasswordInterval"));
    assert.deepEqual([neededOf("contosoPerson"), attributesOf("contosoPerson")], [[], []]);
    const held = attributesOf("contact");
    assert.deepEqual(held, [...new Set(held)].sort());
    assert.ok(held.includes("telephoneNumber") && !held.includes("userPrincipalName"));
  });

  test("is said in words that are well-formed, of attributes and classes that are known", () => {
    const classes = new Set<string>();
    const above: string[] = [];
    for (const word of `${CLASS_FACTS} ${UNPLACED}`.split(/\s+/)) {
      const [, name, others] = /^=([\w-]+):([\w,-]*)$/.exec(word) ?? [];
      if (name === undefined) assert.ok(attributeFacts(word.replace(/^!/, "").toLowerCase()), word);
      else {
        assert.ok(!classes.has(name), name);
        classes.add(name);
        above.push(...others!.split(",").filter((one) => one !== ""));
      }
    }
    for (const name of above) assert.ok(classes.has(name), name);
  });
});

/** What speaks against adding the values that an entry has, attribute by attribute, because of its class. */
function notHeld(entry: Entry): readonly Refusal[] {
  const types = [...entry.attributeTypes()].filter((type) => type !== "objectclass");
  const without = new EditedEntry(entry, new Map(types.map((type) => [type, []])));
  return differenceOf(without, entry).refusals.filter(({ reason }) => reason.includes("an object of the class"));
}

function entryOf(attributes: Attributes): Entry {
  const lines = Object.entries(attributes).flatMap(([name, values]) =>
    /^(?:dn|_.*)$/.test(name) ? [] : [values].flat().map((text) => `${name}:: ${Buffer.from(text).toString("base64")}`),
  );
  return readLdif(`dn: CN=A,DC=contoso,DC=com\n${lines.join("\n")}\n`)[0]!.entry!;
}

describe("No attribute that exports show is refused because of the object's class", () => {
  const folder = "test/exports";
  for (const name of readdirSync(folder).filter((file) => /\.(?:ldi?f|csv|tsv|txt)$/.test(file))) {
    test(name, () => {
      const text = readFileSync(join(folder, name), "utf8");
      const entries: Entry[] = [];
      const reader = formatOf(name, text)?.reader(({ entry }) => entry && entries.push(entry));
      reader?.push(text);
      reader?.end();
      assert.deepEqual(entries.flatMap(notHeld), []);
    });
  }

  test("entries of the vectors", () => {
    const lists = [...vectors<Vector>("rules"), ...vectors<Vector>("must-not-flag")].flatMap(({ entries }) => entries);
    const fixed = vectors<FixVector>("fixes").map(({ before, change }) => ({ ...before, ...change }));
    assert.ok(lists.length > 500 && fixed.length > 10);
    assert.deepEqual([...lists, ...fixed].map(entryOf).flatMap(notHeld), []);
  });

  test("examples of the rules", () => {
    for (const { id, examples, objectTypes = [] } of RULES) {
      for (const example of examples) {
        const text = parseMarks("bad" in example ? (example.fixed ?? example.bad) : example.good).text;
        if (objectTypes.length === 0 || /^(?:dn|changetype):/m.test(text)) continue;
        const head = `dn: CN=A,DC=contoso,DC=com\n${/^objectClass:/im.test(text) ? "" : `objectClass: ${objectTypes[0]}\n`}`;
        const entries = text.split(/\n\n/).map((one) => readLdif(`${head}${one}\n`)[0]?.entry);
        const refused = entries.filter((entry) => entry !== undefined).flatMap(notHeld);
        assert.deepEqual(refused, [], id);
      }
    }
  });

  test("the directory that is measured", () => {
    for (let index = 0; index < 300; index++) {
      const identity = identityOf(index, 1);
      const pairs = madeAttributes(identity, 1).filter(([, value]) => typeof value === "string");
      const lines = pairs.map(([name, value]) => `${name}:: ${Buffer.from(String(value)).toString("base64")}`);
      const entry = readLdif(`dn: ${identity.dn}\n${lines.join("\n")}\n`)[0]!.entry!;
      assert.deepEqual(notHeld(entry), []);
    }
  });
});
