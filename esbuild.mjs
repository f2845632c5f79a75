// Bundles the programs of the product into dist/, and (--tests) the tests into out/test/.
//   node esbuild.mjs [--production] [--tests] [--watch]
import { readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";

const { values: options } = parseArgs({
  options: { production: { type: "boolean" }, tests: { type: "boolean" }, watch: { type: "boolean" } },
});

/** `ldif` 0.5.1 calls the deprecated `new Buffer(...)` and holds a `debugger` statement. Both would surface once bundled. */
const modernLdif = {
  name: "modern-ldif",
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/]ldif[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll("new Buffer(", "Buffer.from(").replaceAll("debugger;", ""),
    }));
  },
};

/** server/scanner is AssemblyScript: its WebAssembly module stands in the bundle as bytes. */
const scanner = {
  name: "scanner",
  setup(build) {
    build.onResolve({ filter: /\/scan\.wasm$/ }, () => ({
      path: resolve("server/scanner/scan.ts"),
      namespace: "scanner",
    }));
    build.onLoad({ filter: /.*/, namespace: "scanner" }, async ({ path }) => ({
      contents: await compileScanner(path),
      loader: "binary",
      watchDirs: [dirname(path)],
      watchFiles: readdirSync(dirname(path)).map((name) => join(dirname(path), name)),
    }));
  },
};

/** The client waits for an export, and only then loads what speaks with the server: from a file of its own. */
const runningClient = {
  name: "running-client",
  setup(build) {
    build.onResolve({ filter: /\/running-client\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./running-client.js", external: true } : undefined,
    );
  },
};

/** One compilation is enough for all bundles, unless the sources change. */
let compiledScanner;

function compileScanner(path) {
  if (compiledScanner === undefined || options.watch) compiledScanner = compile(path);
  return compiledScanner;
}

async function compile(path) {
  const asc = await import("assemblyscript/asc");
  const flags = ["-o", "scan.wasm", "--runtime", "stub", "--enable", "simd", "-O3", "--noAssert"];
  let wasm;
  const { error, stderr } = await asc.main([relative("", path), ...flags], {
    writeFile: (_, contents) => {
      wasm = contents;
    },
  });
  if (error) throw new Error(`server/scanner cannot be compiled: ${stderr}`);
  return wasm;
}

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  charset: "utf8",
  // Some packages name a UMD build as "main", whose requires a bundler cannot follow.
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "warning",
  sourcemap: options.production ? false : "linked",
  minify: options.production ?? false,
  plugins: [modernLdif, scanner, runningClient],
  // A bundle in the format of node's require is loaded by it, too.
  supported: { "dynamic-import": false },
};

const builds = [
  {
    ...shared,
    outdir: "dist",
    external: ["vscode"],
    entryPoints: {
      client: "client/node.ts",
      "running-client": "client/running-client.ts",
      server: "server/lsp/node.ts",
      "check-worker": "server/node/check-worker.ts",
      "scan-worker": "server/node/scan-worker.ts",
      cli: "server/cli/main.ts",
    },
  },
  {
    ...shared,
    outdir: "dist",
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: { "findings-page": "client/view/page/main.ts", "findings-style": "client/view/page/style.css" },
  },
];

if (options.tests) {
  rmSync("out/test", { recursive: true, force: true });
  builds.push({
    ...shared,
    outdir: "out/test",
    outbase: "test",
    packages: "external",
    entryPoints: ["core", "lsp", "cli", "grammar", "directory"].map((room) => `test/${room}/**/*.test.ts`),
  });
}

for (const build of builds) {
  if (options.watch) await (await esbuild.context(build)).watch();
  else await esbuild.build(build);
}
