import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { RULES, spreadsheetCell } from "../../server/core/index.ts";
import fc from "../property.ts";
import { findingsOf, folderWith, report, syncready, user } from "./program.ts";

const UMLAUT = "displayName:: SmFuZSBNw7xsbGVyIA==";

const files = {
  "a.ldf":
    user("Jane", "proxyAddresses: smtp:jane@contoso.com") +
    user("Joe", "proxyAddresses: SMTP:both@contoso.com", "description: {0} [x](http://y)\u200b") +
    user("Jim", "proxyAddresses: SMTP:both@contoso.com").replace("displayName: Jim", UMLAUT),
  "b c#.ldf": new Uint8Array(Buffer.from(`\ufeff${user("Ünal", "mail: =cmd|' /C calc'!A0")}`, "utf16le")),
};

/** Without what is true of any small export. */
const SETTINGS = { ".syncready.json": '{ "rules": { "export-attributes-missing": "off" } }' };

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly index?: number };
    readonly region: Region;
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent?: { readonly text: string };
      }[];
    }[];
  }[];
}

interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string }[] };
      };
      readonly artifacts: readonly { readonly location: { readonly uri: string }; readonly encoding?: string }[];
      readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
      readonly results: readonly Result[];
    },
  ];
}

/** The schema of the standard, as Microsoft's package for tests ships it. It is of draft 4 and uses nothing that later drafts changed. */
function sarifSchema(): object {
  const require = createRequire(`${process.cwd()}/`);
  const file = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(file, "utf8").replace(/^\ufeff/, ""));
  return schema;
}

const ajv = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
const validate = ajv.compile(sarifSchema());

function sarif(folder: string, ...args: string[]): Log["runs"][0] {
  const { stdout } = syncready(["check", "--format", "sarif", ...args], { cwd: folder });
  const log = JSON.parse(stdout) as Log;
  assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 5), undefined, 1));
  return log.runs[0];
}

describe("sarif", () => {
  const folder = folderWith({ ...files, ...SETTINGS });
  const names = Object.keys(files);
  const run = sarif(folder, ...names);
  const found = findingsOf(report(folder, names));

  test("the schema notices what is wrong", () => {
    assert.ok(
      !validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [{ level: "hint" }] }] }),
    );
  });

  test("has the findings of the other formats, each with its rule, place and level", () => {
    const levels: Readonly<Record<string, string>> = {
      error: "error",
      warning: "warning",
      information: "note",
      hint: "note",
    };
    const expected = found.map(({ rule, severity, range, dn }) => {
      const { start, end } = range as {
        start: { line: number; character: number };
        end: { line: number; character: number };
      };
      const region = {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      };
      return [rule, levels[severity as string], region, dn];
    });
    const results = run.results.map(({ ruleId, level, locations: [location] }) => {
      const { physicalLocation, logicalLocations } = location!;
      return [ruleId, level, physicalLocation.region, logicalLocations?.[0]?.fullyQualifiedName];
    });
    assert.deepEqual(results, expected);
    for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex]!.id, ruleId);
  });

  test("knows all rules, and where their pages are", () => {
    assert.deepEqual(
      run.tool.driver.rules.map(({ id, helpUri }) => [id, helpUri]),
      RULES.map(({ id }) => [id, `https://github.com/syncready/syncready/blob/main/docs/rules/${id}.md`]),
    );
  });

  test("names files by URIs, with their encodings", () => {
    assert.deepEqual(
      run.artifacts.map(({ location, encoding }) => [location.uri, encoding]),
      [
        ["a.ldf", "UTF-8"],
        ["b%20c%23.ldf", "UTF-16LE"],
      ],
    );
    for (const { locations } of run.results) {
      const { uri, index } = locations[0]!.physicalLocation.artifactLocation;
      assert.equal(run.artifacts[index!]!.location.uri, uri);
    }
    const absolute = sarif(folder, join(folder, "a.ldf"));
    assert.match(absolute.artifacts[0]!.location.uri, /^file:\/\/\/.*\/a\.ldf$/);
  });

  test("duplicates lead to each other", () => {
    const duplicates = run.results.filter(({ ruleId }) => ruleId === "duplicate-smtp-address");
    assert.equal(duplicates.length, 2);
    const [one, other] = duplicates as [Result, Result];
    assert.deepEqual(one.relatedLocations![0]!.physicalLocation, other.locations[0]!.physicalLocation);
  });

  test("a message is a template, so braces are written twice", () => {
    const text = user("Jane", "userPrincipalName: {jane}").replace(/^userPrincipalName: jane.*\n/m, "");
    const [result] = sarif(folderWith({ "x.ldf": text }), "x.ldf").results.filter(
      ({ ruleId }) => ruleId === "upn-no-at-sign",
    );
    assert.match(result!.message.text, /"\{\{jane\}\}"/);
  });

  test("a fix is an edit of the text that settles the finding", () => {
    const fixable = run.results.filter(({ fixes }) => fixes !== undefined);
    assert.ok(
      fixable.some(({ ruleId }) => ruleId === "displayname-outer-whitespace"),
      "one in base64",
    );
    assert.ok(fixable.some(({ ruleId }) => ruleId === "proxyaddresses-no-primary"));
    for (const { ruleId, fixes, locations } of fixable) {
      if (locations[0]!.physicalLocation.artifactLocation.uri !== "a.ldf") continue;
      const text = replaced(files["a.ldf"], fixes![0]!.artifactChanges[0]!.replacements);
      const left = findingsOf(report(folderWith({ "a.ldf": text }), ["a.ldf"])).map(({ rule, dn }) => `${rule} ${dn}`);
      assert.ok(!left.includes(`${ruleId} ${locations[0]!.logicalLocations![0]!.fullyQualifiedName}`), ruleId);
    }
  });

  test("fingerprints are those of the object and the value, wherever they stand", () => {
    const moved = sarif(folderWith({ "z.ldf": `version: 1\n\n${files["a.ldf"]}` }), "z.ldf");
    const prints = (results: readonly Result[]) =>
      results
        .filter(({ locations }) => locations[0]!.logicalLocations !== undefined)
        .map(({ partialFingerprints }) => partialFingerprints["findingIdentity/v1"]!)
        .sort();
    assert.deepEqual(prints(moved.results), prints(sarif(folder, "a.ldf").results));
  });

  test("accepted findings are suppressed", () => {
    const own = folderWith({ "a.ldf": files["a.ldf"], ...SETTINGS });
    for (const { suppressions } of sarif(own, "a.ldf").results) assert.equal(suppressions, undefined);
    syncready(["check", "--update-baseline", "--reason", "Known", "a.ldf"], { cwd: own });
    const { results } = sarif(own, "a.ldf");
    assert.equal(results.length, sarif(own, "--no-baseline", "a.ldf").results.length);
    for (const { suppressions } of results) {
      assert.deepEqual(suppressions, [{ kind: "external", status: "accepted", justification: "Known" }]);
    }
    const all = sarif(own, "--baseline", ".syncready-baseline.json", "a.ldf", join(folder, "b c#.ldf"));
    assert.ok(all.results.some(({ suppressions }) => suppressions?.length === 0));
    assert.ok(
      all.results.every(({ suppressions }) => suppressions !== undefined),
      "either all have them or none",
    );
  });

  test("says what could not be read", () => {
    const run = sarif(folder, "a.ldf", "missing.ldf");
    assert.equal(run.invocations[0].executionSuccessful, false);
  });

  test("holds nothing that a terminal would obey", () => {
    const own = folderWith({ "a.ldf": user("Jane", "mail:: G1szMW1AY29udG9zby5jb20=") });
    const { stdout } = syncready(["check", "--format", "sarif", "a.ldf"], { cwd: own });
    assert.doesNotMatch(stdout, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });
});

/** A text after replacements, in lines as SARIF counts them. */
function replaced(
  text: string,
  replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: { readonly text: string } }[],
): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = (line: number, column: number) => starts[line - 1]! + column - 1;
  let after = text;
  for (const { deletedRegion, insertedContent } of [...replacements].reverse()) {
    const { startLine, startColumn, endLine, endColumn } = deletedRegion;
    const [start, end] = [offset(startLine, startColumn), offset(endLine, endColumn)];
    after = after.slice(0, start) + (insertedContent?.text ?? "") + after.slice(end);
  }
  return after;
}

/** Reads RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe("csv", () => {
  const folder = folderWith({ ...files, ...SETTINGS });
  const names = Object.keys(files);
  const { stdout, status } = syncready(["check", "--format", "csv", ...names], { cwd: folder });
  const [head, ...rows] = parseCsv(stdout);

  test("one row a finding, with what the other formats say", () => {
    assert.deepEqual(head, "file,line,column,severity,rule,dn,attribute,value,message,fix,newValue".split(","));
    const found = findingsOf(report(folder, names)).map((finding) => {
      const { file, range, severity, rule, dn, attribute, value, message, fix } = finding as unknown as {
        readonly [name: string]: string | undefined;
        readonly range: never;
        readonly fix: never;
      };
      const { start } = range as { start: { line: number; character: number } };
      const { title, newValue } = (fix ?? {}) as { title?: string; newValue?: string | null };
      const place = [`${start.line + 1}`, `${start.character + 1}`];
      return [file, ...place, severity, rule, dn, attribute, value, message, title, newValue ?? ""].map(
        (cell) => cell ?? "",
      );
    });
    assert.deepEqual(
      rows.map((row) => row.map((cell) => cell.replace(/^'/, ""))),
      found,
    );
    assert.equal(status, 1);
  });

  test("UTF-8 without a mark, and CRLF", () => {
    assert.match(stdout, /Ünal/);
    assert.doesNotMatch(stdout, /^\ufeff/);
    assert.doesNotMatch(stdout.replaceAll("\r\n", ""), /\n/);
  });

  test("no cell that a spreadsheet would run", () => {
    assert.ok(rows.some((row) => row.includes("'=cmd|' /C calc'!A0")));
    for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  });

  test("each cell can be read back", () => {
    const text = fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n'\",;a Ü") });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (cells) => {
        const [row] = parseCsv(`${cells.map(spreadsheetCell).join(",")}\r\n`);
        for (const cell of row!) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
        assert.deepEqual(
          row!.map((cell) => cell.replace(/^'/, "")),
          cells,
        );
      }),
    );
  });

  test("accepted findings are left out", () => {
    const own = folderWith({ "a.ldf": files["a.ldf"], ...SETTINGS });
    syncready(["check", "--update-baseline", "a.ldf"], { cwd: own });
    assert.equal(parseCsv(syncready(["check", "--format", "csv", "a.ldf"], { cwd: own }).stdout).length, 1);
  });
});
