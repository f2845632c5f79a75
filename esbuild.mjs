// Bundles the programs of the product into dist/, and (--tests) the tests into out/test/.
//   node esbuild.mjs [--production] [--tests] [--watch]
import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
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
  plugins: [modernLdif],
};

const builds = [
  {
    ...shared,
    outdir: "dist",
    external: ["vscode"],
    entryPoints: {
      client: "client/node.ts",
      server: "server/lsp/node.ts",
      "check-worker": "server/node/check-worker.ts",
      cli: "server/cli/main.ts",
    },
  },
];

if (options.tests) {
  rmSync("out/test", { recursive: true, force: true });
  builds.push({
    ...shared,
    outdir: "out/test",
    outbase: "test",
    packages: "external",
    entryPoints: ["core", "lsp", "cli", "grammar"].map((room) => `test/${room}/**/*.test.ts`),
  });
}

for (const build of builds) {
  if (options.watch) await (await esbuild.context(build)).watch();
  else await esbuild.build(build);
}
