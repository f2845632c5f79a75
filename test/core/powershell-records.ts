import type { PlannedModSpec, PlannedRecord } from "../../server/core/fix/planned-record.ts";
import { escapeRdnValue } from "../../server/core/model/dn.ts";
import fc from "../property.ts";
import { value } from "./arbitrary.ts";

export const NAMES = { original: "contoso.ldf", modify: "contoso.modify.ps1", undo: "contoso.undo.ps1" };

/** Text that means something to PowerShell, and text that means something to nobody. */
const texts = fc
  .oneof(
    value,
    fc.string({
      unit: fc.constantFrom("'", "\u2019", '"', "$", "(", ")", "`", "\r", "\n", "#", "@", "{", "}", ",", " ", "é", "x"),
      minLength: 1,
      maxLength: 12,
    }),
  )
  .filter((text) => !/\p{Cs}/u.test(text));

const values = fc.oneof(
  { weight: 4, arbitrary: texts.map((text) => ({ text })) },
  fc.uint8Array({ minLength: 1, maxLength: 9 }).map((bytes) => ({ base64: Buffer.from(bytes).toString("base64") })),
);

const names = texts.filter((text) => text.trim() === text);
const dns = names.map((name) => `CN=${escapeRdnValue(name)},OU=Staff,DC=contoso,DC=com`);
/** Of these a directory can hold all at once: it looks at text without regard to capitals. */
const someValues = fc.uniqueArray(values, {
  minLength: 1,
  maxLength: 5,
  selector: (one) =>
    ("text" in one ? Buffer.from(one.text) : Buffer.from(one.base64, "base64")).toString("latin1").toLowerCase(),
});

const modSpecs = fc
  .uniqueArray(fc.tuple(fc.constantFrom("mail", "proxyAddresses", "info"), someValues, fc.nat(5)), {
    minLength: 1,
    maxLength: 3,
    selector: ([attribute]) => attribute,
  })
  .map((all) =>
    all.flatMap(([attribute, list, removed]) =>
      [
        { type: "delete", attribute, values: list.slice(0, removed) } satisfies PlannedModSpec,
        { type: "add", attribute, values: list.slice(removed) } satisfies PlannedModSpec,
      ].filter((spec) => spec.values.length > 0),
    ),
  );

/** Records that a script can say. */
export const records: fc.Arbitrary<PlannedRecord> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ changeType: fc.constant("modify" as const), dn: dns, modSpecs }),
  },
  fc.record({
    changeType: fc.constant("add" as const),
    dn: dns,
    attributes: someValues.map((list) => [
      { attribute: "objectClass", values: [{ text: "top" }, { text: "group" }] },
      { attribute: "description", values: list },
    ]),
  }),
  fc.record(
    {
      changeType: fc.constant("modrdn" as const),
      dn: dns,
      newRdn: names.map((name) => `CN=${escapeRdnValue(name)}`),
      newSuperior: names.map((name) => `OU=${escapeRdnValue(name)},DC=contoso,DC=com`),
    },
    { requiredKeys: ["changeType", "dn", "newRdn"] },
  ),
  fc.record({ changeType: fc.constant("delete" as const), dn: dns }),
);
