import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Checker,
  DEFAULT_SETTINGS,
  ExportCheck,
  FORMAT_RULES,
  Forest,
  KnownExport,
  LdifEntry,
  type LdifRecord,
  RULES,
  readLdif,
} from "../../server/core/index.ts";
import fc from "../property.ts";

const checker = new Checker(RULES, DEFAULT_SETTINGS);
const FILES = ["a.ldf", "b.ldf", "c.ldf"] as const;

type Passes = ConstructorParameters<typeof ExportCheck>[2];

/** Takes exports through both passes, one after the other. `told` gets what is found, with the file. */
function check(
  exports: ReadonlyMap<string, readonly LdifRecord[]>,
  forest: Passes,
  told: (file: string, finding: string) => void,
) {
  const checks = [...exports].map(([file, records]) => {
    const report = new ExportCheck(checker, FORMAT_RULES, forest, file, ({ rule, message }) =>
      told(file, `${rule.id} ${message}`),
    );
    for (const record of records) report.first(record);
    report.finishFirst();
    return { report, records };
  });
  for (const { report, records } of checks) report.secondOfAll(records);
}

/** What one of the exports is told where all of them go through the passes together. */
function together(exports: ReadonlyMap<string, readonly LdifRecord[]>, own: string): string[] {
  const found: string[] = [];
  const forest = new Forest(checker);
  check(exports, forest, (file, finding) => file === own && found.push(finding));
  forest.report(({ rule, entry }, _record, file, others) => {
    if (file === own)
      found.push(`${rule.id} ${entry!.dn.text} ${others.map(({ file, dn }) => `${file} ${dn}`).sort()}`);
  });
  return found.sort();
}

/** The same where the others are known before. */
function withKnown(
  exports: ReadonlyMap<string, readonly LdifRecord[]>,
  own: string,
): { found: string[]; forest: Forest } {
  const others = [...exports].filter(([file]) => file !== own);
  const known = others.map(([file, records]) => {
    const one = new KnownExport(file, checker);
    check(new Map([[file, records]]), one, () => undefined);
    return one;
  });
  const forest = new Forest(checker, known);
  const found: string[] = [];
  check(new Map([[own, exports.get(own)!]]), forest, (_file, finding) => found.push(finding));
  forest.report(({ rule, entry }, _record, file, others) => {
    if (file === own)
      found.push(`${rule.id} ${entry!.dn.text} ${others.map(({ file, dn }) => `${file} ${dn}`).sort()}`);
  });
  return { found: found.sort(), forest };
}

const name = fc.constantFrom("ann", "ben", "cleo", "dora");

/** Lines of an object whose values come from few names, so that they meet those of others. */
const object = fc.record({
  dn: name,
  type: fc.constantFrom("user", "group", "contact"),
  upn: fc.option(name),
  mail: fc.option(name),
  proxy: fc.option(name),
  manager: fc.option(name),
  critical: fc.boolean(),
});

const exportText = (domain: string) =>
  fc.array(object, { maxLength: 4 }).map((objects) =>
    objects
      .map(({ dn, type, upn, mail, proxy, manager, critical }) => {
        const values = [
          `objectClass: ${type}`,
          `sAMAccountName: ${dn}`,
          upn && `userPrincipalName: ${upn}@contoso.com`,
          mail && `mail: ${mail}@contoso.com`,
          proxy && `proxyAddresses: SMTP:${proxy}@contoso.com`,
          manager && `manager: CN=${manager},DC=a`,
          critical && "isCriticalSystemObject: TRUE",
        ];
        return [`dn: CN=${dn},DC=${domain}`, ...values.filter(Boolean), ""].join("\n");
      })
      .join("\n"),
  );

test("An export is told the same of others that are known as of others that are checked with it", () => {
  fc.assert(
    fc.property(exportText("a"), exportText("b"), exportText("c"), (...texts) => {
      const exports = new Map(FILES.map((file, at) => [file, readLdif(texts[at]!)] as const));
      const all = [...exports.values()].flat().filter((record) => record instanceof LdifEntry);
      const forest = new Forest(checker);
      check(exports, forest, () => undefined);
      for (const own of FILES) {
        const known = withKnown(exports, own);
        assert.deepEqual(known.found, together(exports, own));
        const ofOwn = exports.get(own)!.flatMap(({ entry }) => entry ?? []);
        for (const key of ofOwn.flatMap((entry) => checker.heldKeys(entry))) {
          const held = { ...key, held: true };
          assert.equal(known.forest.isTaken(held), forest.isTaken(held));
        }
        for (const entry of all) {
          for (const key of checker.heldKeys(entry)) assert.equal(known.forest.isTaken(key), forest.isTaken(key));
          assert.equal(known.forest.isExcluded(entry.dn.text), forest.isExcluded(entry.dn.text));
        }
      }
    }),
  );
});
