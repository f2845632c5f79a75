// What VS Code calls, in the server and on the desktop alike: runs every *.suite.js beside this file.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import * as vscode from "vscode";

interface TestResult {
  readonly name: string;
  readonly ms: number;
  readonly error?: string;
}

interface Results {
  readonly vscode: string;
  readonly passed: TestResult[];
  readonly failed: TestResult[];
  readonly skipped: TestResult[];
}

/** Runs the suites. Rejects when a test failed, which makes VS Code end with a code other than 0. */
export async function run(): Promise<void> {
  const { SYNCREADY_GREP: grep, SYNCREADY_RESULTS: file } = process.env;
  const mocha = new Mocha({ ui: "tdd", color: false, timeout: 60_000, ...(grep ? { fgrep: grep } : {}) });
  const files = readdirSync(__dirname).filter((name) => name.endsWith(".suite.js"));
  for (const name of files.sort()) mocha.addFile(join(__dirname, name));

  const results: Results = { vscode: vscode.version, passed: [], failed: [], skipped: [] };
  const failures = await new Promise<number>((resolve) => collect(mocha.run(resolve), results));
  if (file) writeFileSync(file, JSON.stringify(results, undefined, 2));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

/** Fills `results` while the tests run. The log of VS Code is no place for them: everybody writes there. */
function collect(runner: Mocha.Runner, results: Results) {
  const result = (test: Mocha.Runnable) => ({ name: test.fullTitle(), ms: test.duration ?? 0 });
  runner.on("pass", (test) => results.passed.push(result(test)));
  runner.on("pending", (test) => results.skipped.push(result(test)));
  runner.on("fail", (test, error: Error) =>
    results.failed.push({ ...result(test), error: error.stack ?? String(error) }),
  );
}
