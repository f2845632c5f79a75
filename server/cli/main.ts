#!/usr/bin/env node
import { endOnInterrupt } from "./interruption.ts";
import { run } from "./program.ts";
import { guardOutput } from "./terminal.ts";

guardOutput();
endOnInterrupt();
run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
