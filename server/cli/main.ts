#!/usr/bin/env node
import { run } from "./program.ts";
import { guardOutput } from "./terminal.ts";

guardOutput();
run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
