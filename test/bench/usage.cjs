// Loaded before the program that is measured: writes what it has used to file descriptor 3 when it ends.
const { writeSync } = require("node:fs");
const started = process.hrtime.bigint();

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  writeSync(3, JSON.stringify({ wall, cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024 }));
});
