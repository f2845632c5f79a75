import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import vm from "node:vm";
import { build } from "esbuild";
import { Checker, DEFAULT_SETTINGS, RULES, readLdif } from "../../server/core/index.ts";

/** Which rooms a room may import from, besides itself; see ARCHITECTURE.md. Packages stand beside the rooms. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "server/core/text": [],
  "server/core/model": ["server/core/text"],
  "server/core/ldif": ["server/core/text", "server/core/model"],
  "server/core/csv": ["server/core/text", "server/core/model"],
  "server/core/ldp": ["server/core/text", "server/core/model"],
  "server/core/formats": [
    "server/core/text",
    "server/core/model",
    "server/core/ldif",
    "server/core/csv",
    "server/core/ldp",
  ],
  "server/core/engine": ["server/core/text", "server/core/model", "jsonc-parser"],
  "server/core/rules": [
    "server/core/text",
    "server/core/model",
    "server/core/engine/rule.ts",
    "server/core/engine/settings.ts",
    "server/core/ldif/problem.ts",
    "server/core/csv/problem.ts",
    "server/core/ldp/problem.ts",
  ],
  "server/core/fix": [
    "server/core/text",
    "server/core/model",
    "server/core/ldif",
    "server/core/csv",
    "server/core/ldp",
    "server/core/formats",
    "server/core/engine",
  ],
  "server/core/results": ["server/core/text", "server/core/model", "server/core/ldif"],
  "server/core/docs": ["server/core/text", "server/core/model", "server/core/engine", "server/core/results"],
  "server/scanner": [],
  "server/node": ["server/core/index.ts", "server/scanner", "node:", "ldif"],
  "server/lsp": [
    "server/core/index.ts",
    "vscode-languageserver",
    "vscode-languageserver-textdocument",
    "vscode-uri",
    "jsonc-parser",
  ],
  "server/cli": ["server/core/index.ts", "server/node", "node:"],
  client: [
    "server/lsp/protocol.ts",
    "server/lsp/findings-protocol.ts",
    "server/core/formats/table.ts",
    "vscode",
    "vscode-languageclient",
    "node:",
  ],
  // It runs in a browser, and of everything else it knows what messages look like.
  "client/view/page": ["server/lsp/findings-protocol.ts", "client/view/messages.ts"],
};

/** Files that may import more than their room: the thin mains that give the server its surroundings. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  "server/lsp/node.ts": ["server/node", "node:"],
  "server/cli/version.ts": ["package.json"],
  "server/core/index.ts": ["server/core"],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(folder: string): Import[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const file = `${folder}/${name.split(path.sep).join("/")}`;
      const source = readFileSync(file, "utf8");
      const specifiers = [
        ...source.matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)"|^import "([^"]+)"|import\("([^"]+)"\)/gms),
      ];
      return specifiers.map((match) => {
        const specifier = (match[1] ?? match[2] ?? match[3])!;
        const target = specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
        return { file, target };
      });
    });
}

function isAllowed({ file, target }: Import, room: string, allowed: readonly string[]): boolean {
  return [room, ...allowed, ...(FILES[file] ?? [])].some(
    (one) => target === one || target.startsWith(one.endsWith(":") ? one : `${one}/`),
  );
}

describe("Rooms import only what the table allows", () => {
  for (const [room, allowed] of Object.entries(ROOMS)) {
    test(room, () => {
      const imports = importsOf(room);
      assert.ok(imports.length > 0, `${room} has no imports: is the folder still called so?`);
      const strays = imports.filter((one) => !isAllowed(one, room, allowed));
      assert.deepEqual(
        strays.map(({ file, target }) => `${file} imports ${target}`),
        [],
      );
    });
  }

  test("the core is entered through its door, and by the client through the side door", () => {
    const entered = (room: string) =>
      importsOf(room)
        .filter(({ target }) => target.startsWith("server/core/"))
        .map(({ target }) => target);
    const others = ["server/node", "server/lsp", "server/cli"].flatMap(entered);
    assert.deepEqual([...new Set(others)], ["server/core/index.ts"]);
    assert.deepEqual([...new Set(entered("client"))], ["server/core/formats/table.ts"]);
  });

  test("the page of the findings view brings nothing of them along, and reads no markup", async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: ["client/view/page/main.ts"],
      bundle: true,
      write: false,
      metafile: true,
    });
    const rooms = Object.keys(metafile.inputs).map((file) => path.posix.dirname(file));
    assert.deepEqual([...new Set(rooms)], ["client/view/page"]);
    const markup = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|eval\(/;
    assert.doesNotMatch(outputFiles[0]!.text, markup);
  });

  test("the side door leads to nothing but what reads a header", async () => {
    const { metafile } = await build({
      entryPoints: ["server/core/formats/table.ts"],
      bundle: true,
      write: false,
      metafile: true,
    });
    const rooms = Object.keys(metafile.inputs).map((file) => path.posix.dirname(file));
    assert.deepEqual([...new Set(rooms)].sort(), [
      "server/core/csv",
      "server/core/formats",
      "server/core/ldp",
      "server/core/model",
    ]);
    assert.ok(Object.values(metafile.outputs).every(({ bytes }) => bytes < 40_000));
  });
});

test("The core runs where there is nothing: no node, no browser, no clock", async () => {
  const { outputFiles } = await build({
    entryPoints: ["server/core/index.ts"],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "core",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const source = `${outputFiles[0]!.text}
    const checker = new core.Checker(core.RULES, core.DEFAULT_SETTINGS);
    checker.check(core.readLdif(${JSON.stringify(EXPORT)})[0].entry).findings.map(({ rule }) => rule.id).join();`;
  const { findings } = new Checker(RULES, DEFAULT_SETTINGS).check(readLdif(EXPORT)[0]!.entry!);
  assert.ok(findings.length > 0);
  assert.equal(vm.runInContext(source, context), findings.map(({ rule }) => rule.id).join());
});

const EXPORT = "dn: CN=Jane,DC=contoso,DC=com\nobjectClass: user\nproxyAddresses: smtp:jane@contoso.com\n";

test("Files stay short enough to be read", () => {
  const most = 350;
  const long = ["server", "client"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name)),
    )
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file, lines: readFileSync(file, "utf8").split("\n").length }))
    .filter(({ lines }) => lines > most);
  assert.deepEqual(long, []);
});
