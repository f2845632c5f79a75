// What a process uses: wall clock and CPU in seconds, peak memory in bytes. CPU is user and system time of all threads.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.mjs";

const USAGE = join(root, "test/bench/usage.cjs");

/** How often the system counts a second's CPU time; the same on every Linux that node runs on. */
const TICKS = 100;

/** How often the memory of a running program is looked at. */
const POLL_MS = 10;

/** The arguments of node for a program that tells its usage on file descriptor 3. */
export const telling = (args) => ["--require", USAGE, ...args];

/** `undefined` where there is no /proc, or the process has ended. */
function proc(file) {
  try {
    return readFileSync(`/proc/${file}`, "utf8");
  } catch {
    return undefined;
  }
}

/** Two fields of /proc/PID/stat together, in seconds; they are counted as proc(5) does, from 1. */
function statSeconds(pid, field) {
  const stat = proc(`${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is a name that may have blanks in it, so what comes behind its bracket is counted.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[field - 3]) + Number(fields[field - 2])) / TICKS;
}

/** The CPU time that a running process has used, in steps of 10 ms; `undefined` where there is no /proc. */
export const cpuOf = (pid) => statSeconds(pid, 14);

/** The CPU time of children that have ended. */
const cpuOfChildren = () => statSeconds("self", 16);

/** The peak memory of a running process so far; `undefined` where there is no /proc. */
export function peakOf(pid) {
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(proc(`${pid}/status`) ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/**
 * Runs a program to its end. Its output goes to the file `report`, or nowhere. A program of node tells what it has used itself, to the
 * microsecond; of others the system tells it, in steps of 10 ms, and the memory is looked at every 10 ms. Throws where the program ends
 * with another exit code than one of `exits`.
 */
export async function run(command, args, { report, exits = [0] } = {}) {
  const output = report === undefined ? "ignore" : openSync(report, "w");
  const isTelling = args.includes(USAGE);
  const childrenBefore = cpuOfChildren();
  const begin = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", output, "pipe", ...(isTelling ? ["pipe"] : [])] });
  let complaint = "";
  child.stderr.on("data", (data) => {
    complaint = `${complaint}${data}`.slice(-2000);
  });
  let told = "";
  child.stdio[3]?.on("data", (data) => {
    told += data;
  });
  let polled;
  const look = () => {
    polled = peakOf(child.pid) ?? polled;
  };
  const poll = isTelling ? undefined : setInterval(look, POLL_MS);
  let end = begin;
  child.once("exit", () => {
    end = performance.now();
  });
  const [code, signal] = await once(child, "close");
  clearInterval(poll);
  if (output !== "ignore") closeSync(output);
  if (!exits.includes(code))
    throw new Error(`${command} ${args.join(" ")} ended with ${signal ?? code}:\n${complaint}`);
  const wall = (end - begin) / 1000;
  if (isTelling) return { wall, ...JSON.parse(told) };
  const children = cpuOfChildren();
  return { wall, cpu: children === undefined ? undefined : children - childrenBefore, peak: polled };
}
