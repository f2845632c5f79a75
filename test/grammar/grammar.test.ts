import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import type { IGrammar } from "vscode-textmate";
import fc from "../property.ts";
import { turn } from "../turn.ts";
import { loadGrammar, type TokenizedLine, tokenize } from "./tokenizer.ts";

const FOLDER = "test/grammar";

/** Pieces that open, close or confuse a rule of the grammar. */
const piece = fc.constantFrom(
  ...[
    "dn",
    "DN",
    ":",
    "::",
    ":<",
    " ",
    "  ",
    "\t",
    "\r",
    "-",
    "#",
    ",",
    "+",
    ";",
    "=",
    "==",
    '"',
    "\\",
    "\\,",
    "\\2",
    "<",
  ],
  ...["cn", "CN=a", "cn;binary", "2.5.4.3", "QUJD", "é", "\u{1f600}", "\ud83d", "\0", "\ufeff", "bad_name"],
  ...[
    "version: 1",
    "search: 2",
    "ref: ldap://x",
    "changetype: modify",
    "changetype: moddn",
    "add: mail",
    "newrdn: cn=a",
  ],
  ...["deleteoldrdn: 1", "control: 1.2 true:: QUJD", "proxyAddresses: SMTP:a@contoso.com", "proxyAddresses: "],
);
const oddLine = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", "")),
);
const oddLines = fc.array(oddLine, { maxLength: 12 });

function scopesOf(line: TokenizedLine | undefined): readonly string[] {
  return (line?.tokens ?? []).map((token) => token.scopes.join(" "));
}

describe("LDIF grammar", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".test.ldif"))) {
    test(`${file} has the scopes it asserts`, () => {
      const manifest = createRequire(`${process.cwd()}/package.json`).resolve("vscode-tmgrammar-test/package.json");
      const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
      const runner = join(dirname(manifest), bin["vscode-tmgrammar-test"]);
      const run = spawnSync(process.execPath, [runner, "--compact", `${FOLDER}/${file}`], { encoding: "utf8" });
      assert.equal(run.status, 0, run.stdout + run.stderr);
    });
  }

  test("tokens cover every line from start to end, without gap or overlap", () => {
    const property = fc.property(oddLines, (lines) => {
      for (const { text, tokens } of tokenize(grammar, lines)) {
        const covered = tokens.map((token) => text.slice(token.startIndex, token.endIndex)).join("");
        assert.equal(covered, text);
        for (const [i, token] of tokens.entries()) assert.equal(token.startIndex, tokens[i - 1]?.endIndex ?? 0);
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test("an empty line ends whatever the lines above it opened", () => {
    const property = fc.property(oddLines, (lines) => {
      const last = tokenize(grammar, [...lines, ""]).at(-1);
      assert.equal(last?.ruleStack.depth, 1);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test("a continuation line never opens or closes a record", () => {
    const property = fc.property(oddLine, oddLine, (first, second) => {
      fc.pre(first !== "" && first !== "\r");
      const isRecord = (line: TokenizedLine | undefined) =>
        scopesOf(line).some((scopes) => scopes.includes("meta.record"));
      const [head, continuation] = tokenize(grammar, [first, ` ${second}`]);
      assert.equal(isRecord(continuation), isRecord(head));
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test("a carriage return left at the line's end changes no scope", () => {
    const lines = readFileSync(`${FOLDER}/changes.test.ldif`, "utf8").split("\n");
    const withReturn = tokenize(
      grammar,
      lines.map((line) => `${line}\r`),
    );
    for (const [i, line] of tokenize(grammar, lines).entries()) {
      if (line.text !== "")
        assert.deepEqual(scopesOf(withReturn[i]).slice(0, line.tokens.length), scopesOf(line), line.text);
    }
  });

  // Ours take five seconds together. One pattern that searches the rest of the line again for every RDN: eight seconds for each line.
  test("long lines take linear time", { timeout: 40_000 }, async () => {
    const heads = ["dn: ", "description: ", "jpegPhoto:: ", "proxyAddresses: ", "control: 1.2 ", "changetype: ", ""];
    for (const head of heads) {
      for (const unit of ["a=b,", "\\,", ",", '"', " ", "A", ";a", "="]) {
        tokenize(grammar, [`${head}${unit.repeat(200_000 / unit.length)}`]);
        await turn();
      }
    }
  });
});

describe("LDIF language configuration", () => {
  const configuration = JSON.parse(readFileSync("syntaxes/ldif.language-configuration.json", "utf8"));

  test("a word is a whole address, a whole name or a whole attribute type", () => {
    const words = (text: string) => text.match(new RegExp(configuration.wordPattern, "gu"));
    assert.deepEqual(words("proxyAddresses: SMTP:ann.o'lee+x@contoso.com"), [
      "proxyAddresses",
      "SMTP",
      "ann.o'lee+x@contoso.com",
    ]);
    assert.deepEqual(words("dn: CN=Jürgen,OU=Süd-Ost,DC=contoso"), [
      "dn",
      "CN",
      "Jürgen",
      "OU",
      "Süd-Ost",
      "DC",
      "contoso",
    ]);
    assert.deepEqual(words("userCertificate;binary:: QU+D"), ["userCertificate", "binary", "QU+D"]);
  });

  test("comments with # and closes nothing by itself", () => {
    assert.deepEqual(configuration.comments, { lineComment: "#" });
    assert.deepEqual(
      [configuration.brackets, configuration.autoClosingPairs, configuration.surroundingPairs],
      [[], [], []],
    );
    assert.equal(configuration.indentationRules, undefined);
    assert.equal(configuration.folding, undefined);
  });
});
