// Scans a file for another thread; see scan-thread.ts for what it is told and what it tells.
import { parentPort, workerData } from "node:worker_threads";
import { AttributeNumbers } from "../core/index.ts";
import { ExportScanner, usedInts } from "./export-scanner.ts";
import type { ScanAnswer, ScanJob, ScanOrder } from "./scan-thread.ts";
import { type ScannedPiece, WindowScan } from "./scan-windows.ts";

const { attributes, layout, hasMark, inputs, slots, taken } = workerData as ScanJob;
const numbers = new AttributeNumbers(attributes.map(({ type }) => type));
const scanner = new ExportScanner({ attributes, numbers, firstOnly: new Map() });
scanner.begin(layout);
const scan = new WindowScan(scanner, hasMark, handOn);
let slot = 0;
let input = 0;

/** Copies what was found into the next slot, as soon as that is free. */
function handOn(piece: ScannedPiece): void {
  Atomics.wait(taken, slot, 1);
  const { bytes, ints } = slots[slot]!;
  bytes.set(scanner.window.subarray(piece.from, piece.to), piece.from);
  ints.set(scanner.ints.subarray(0, usedInts(scanner.ints, piece.count)));
  Atomics.store(taken, slot, 1);
  tell({ slot, piece });
  slot = (slot + 1) % slots.length;
}

function tell(answer: ScanAnswer): void {
  parentPort?.postMessage(answer);
}

parentPort?.on("message", (order: ScanOrder) => {
  if (order === "end") {
    scan.end();
    tell("ended");
    return;
  }
  scan.push(inputs[input]!.subarray(0, order.length));
  input = (input + 1) % inputs.length;
  tell("free");
});
