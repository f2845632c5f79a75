import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  failureAdvice,
  failureId,
  failureMessage,
  type ImportOutcome,
  importOutcome,
  readImportedFile,
  readImportLog,
  remainingRecords,
} from "../../server/core/index.ts";
import { RESULT_CODES } from "../../server/core/results/result-codes.ts";
import { WINDOWS_ERRORS } from "../../server/core/results/windows-errors.ts";
import fc from "../property.ts";
import { ALL_LOGS, MODIFY_FILE, OTHER_TEXTS } from "./import-logs.ts";

const { records } = readImportedFile(MODIFY_FILE);
const LETTERS = { applied: "a", failed: "f", notApplied: "n", unknown: "u" } as const;

function outcomeOf(log: string): ImportOutcome | undefined {
  const read = readImportLog(log);
  return read && importOutcome(read, records);
}

function statuses({ records }: ImportOutcome): string {
  return records.map(({ status }) => LETTERS[status]).join("");
}

function failures({ records }: ImportOutcome): string[] {
  return records.flatMap(({ failures }, at) =>
    failures.map(({ code, attribute }) => `${at} ${code ?? "-"} ${attribute ?? "-"}`),
  );
}

/** What an outcome says, but for places in the log. */
function told(outcome: ImportOutcome | undefined) {
  if (outcome === undefined) return undefined;
  return [statuses(outcome), failures(outcome), outcome.unplaced.map(({ text }) => text), outcome.doubts.length];
}

describe("What has become of each record, by the log of", () => {
  for (const { name, log, tool, statuses: expected, failures: places, unplaced = 0, doubts = 0 } of ALL_LOGS) {
    test(`${tool}: ${name}`, () => {
      assert.equal(readImportLog(log)?.tool, tool);
      const outcome = outcomeOf(log)!;
      assert.equal(statuses(outcome), expected);
      assert.deepEqual(failures(outcome), places);
      assert.equal(outcome.unplaced.length, unplaced);
      assert.equal(outcome.doubts.length, doubts, outcome.doubts.join("; "));
      assert.equal(outcome.whyNotApplied !== undefined, expected.includes("n"));
      assert.equal(outcome.whyUnknown !== undefined, expected.includes("u"));
      const { applied, failed, notApplied, unknown } = outcome.counts;
      assert.equal(applied + failed + notApplied + unknown, records.length);
    });

    test(`${tool}: ${name}, with CR LF`, () => {
      assert.deepEqual(told(outcomeOf(log.replaceAll("\n", "\r\n"))), told(outcomeOf(log)));
    });
  }

  test("no tool, where the text is something else", () => {
    for (const text of OTHER_TEXTS) assert.equal(readImportLog(text), undefined, text);
  });

  test("ldifde, with the name of the file", () => {
    const log = readImportLog(ALL_LOGS.find(({ tool }) => tool === "ldifde")!.log);
    assert.equal(log?.modifyFile, "contoso.modify.ldf");
    const german = ALL_LOGS.find(({ name }) => name.startsWith("words of another language"))!;
    assert.equal(readImportLog(german.log)?.failures[0]?.windowsError, 0x2098);
  });

  test("a large import into a file, whose blocks end at any place", () => {
    const text = Array.from({ length: 300 }, (_, at) => {
      const attribute = at % 7 === 0 ? "mail" : "displayName";
      return `dn: CN=User ${at},DC=contoso,DC=com\nchangetype: modify\nadd: ${attribute}\n${attribute}: v\n-\n\n`;
    }).join("");
    const file = readImportedFile(text);
    const bytes = file.records.map(({ dn }) => `modifying entry "${dn}"\n\n`).join("");
    const error = (at: number) =>
      at % 7 === 0
        ? "ldap_modify: Type or value exists (20)\n\tadditional info: modify/add: mail: value #0 already exists\n"
        : "";
    let log = "";
    let written = 0;
    let output = 0;
    for (const [at, { dn }] of file.records.entries()) {
      output += `modifying entry "${dn}"\n`.length;
      if (output - written >= 4096) {
        log += bytes.slice(written, written + 4096);
        written += 4096;
      }
      log += error(at);
      output++;
    }
    log += bytes.slice(written);
    const outcome = importOutcome(readImportLog(log)!, file.records);
    assert.deepEqual(
      outcome.records.flatMap(({ status }, at) => (status === "failed" ? [at] : [])),
      file.records.flatMap((_, at) => (at % 7 === 0 ? [at] : [])),
    );
    assert.equal(outcome.counts.applied, 300 - outcome.counts.failed);
  });
});

describe("Whatever the log", () => {
  const piece = fc.constantFrom(...ALL_LOGS.map(({ log }) => log), ...OTHER_TEXTS);
  const anyCut = fc.tuple(piece, fc.nat(), fc.nat(), piece).map(([one, from, to, other]) => {
    const cut = one.slice(from % (one.length + 1), Math.max(from, to) % (one.length + 1) || undefined);
    return cut + other.slice(to % (other.length + 1));
  });

  test("nothing throws, each record has one status, and each failure one place or none", () => {
    fc.assert(
      fc.property(anyCut, (text) => {
        const log = readImportLog(text);
        if (log === undefined) return;
        const outcome = importOutcome(log, records);
        assert.equal(outcome.records.length, records.length);
        const placed = outcome.records.reduce((sum, one) => sum + one.failures.length, 0);
        assert.equal(placed + outcome.unplaced.length, log.failures.length);
        for (const { status, failures } of outcome.records) assert.equal(status === "failed", failures.length > 0);
        for (const failure of log.failures) {
          assert.ok(failure.logLine >= 1 && failure.logLine <= text.split(/\r\n|\n|\r/).length);
          assert.ok(failureMessage(failure).length > 10);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("the records that remain are those that were not applied, in their own words", () => {
    fc.assert(
      fc.property(anyCut, fc.boolean(), (text, isCrlf) => {
        const log = readImportLog(text);
        if (log === undefined) return;
        const source = isCrlf ? MODIFY_FILE.replaceAll("\n", "\r\n") : MODIFY_FILE;
        const file = readImportedFile(source);
        const outcome = importOutcome(log, file.records);
        const again = readImportedFile(remainingRecords(source, file, outcome));
        const expected = outcome.records.filter(({ status }) => status !== "applied").map(({ record }) => record);
        const remaining = remainingRecords(source, file, outcome);
        assert.deepEqual(
          again.records.map(({ span }) => remaining.slice(span.start, span.end)),
          expected.map(({ span }) => source.slice(span.start, span.end)),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("it takes linear time", () => {
    const long = 200_000;
    for (const part of [
      " ",
      "1:",
      "DN:=",
      "ldap_modify: x (",
      "\n",
      'entry "',
      "Error: ",
      "\t",
      "line 1 ",
      "ERR: (",
      "0x1 ",
      "ldapmodify: line 1",
    ]) {
      const text = `Loading entries.\nmodifying entry "\n${part.repeat(long / part.length)}`;
      readImportLog(text);
      readImportLog(`${text}\n`.repeat(2));
    }
  });
});

describe("The records of a modify file", () => {
  test("a missing blank line between two is added, and what stands before the first one stays", () => {
    const text =
      "version: 1\n\n# one\ndn: CN=A,DC=contoso,DC=com\nchangetype: delete\ndn: CN=B,DC=contoso,DC=com\nchangetype: delete\n\ndn: CN=C,DC=contoso,DC=com\nchangetype: delete";
    const file = readImportedFile(text);
    const log = readImportLog(
      'deleting entry "CN=A,DC=contoso,DC=com"\nldap_delete: No such object (32)\n\ndeleting entry "CN=B,DC=contoso,DC=com"\n\ndeleting entry "CN=C,DC=contoso,DC=com"\nldap_delete: No such object (32)\n\n',
    )!;
    assert.equal(
      remainingRecords(text, file, importOutcome(log, file.records)),
      "version: 1\n\n# one\ndn: CN=A,DC=contoso,DC=com\nchangetype: delete\n\ndn: CN=C,DC=contoso,DC=com\nchangetype: delete",
    );
  });

  test("of an empty one there is none", () => {
    for (const { log } of ALL_LOGS) {
      assert.deepEqual(importOutcome(readImportLog(log)!, []).counts, {
        applied: 0,
        failed: 0,
        notApplied: 0,
        unknown: 0,
      });
    }
  });
});

describe("The tables of codes", () => {
  test("have each number once, and every code that they refer to", () => {
    const codes = RESULT_CODES.map(({ code }) => code);
    assert.deepEqual(
      codes,
      [...new Set(codes)].sort((one, other) => one - other),
    );
    const numbers = WINDOWS_ERRORS.map(({ number }) => number);
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((one, other) => one - other),
    );
    for (const { code } of WINDOWS_ERRORS) assert.ok(code === undefined || codes.includes(code));
  });

  test("have sentences: a meaning without a full stop, and advice with one", () => {
    for (const { meaning, advice } of RESULT_CODES) {
      assert.match(meaning, /^[A-Z].*[^.]$/);
      assert.match(advice, /^[A-Z].*\.$/s);
    }
  });

  test("give a failure its message", () => {
    const failure = {
      tool: "ldifde",
      logLine: 5,
      code: 19,
      windowsError: 0x21c8,
      text: "Constraint Violation",
    } as const;
    assert.equal(
      failureMessage(failure),
      "A value breaks a rule that the directory has for the attribute: another object of the forest has this userPrincipalName (19 constraintViolation, Windows error 0x21c8). It says: Constraint Violation",
    );
    assert.equal(failureId(failure), "import-19");
    assert.match(failureAdvice(failure)!, /unique in the forest/);
    const unknown = { ...failure, code: 123, windowsError: undefined };
    assert.equal(failureId(unknown), "import-failed");
    assert.equal(failureMessage(unknown), "The directory refused the record (123). It says: Constraint Violation");
    assert.equal(failureAdvice(unknown), undefined);
  });
});
