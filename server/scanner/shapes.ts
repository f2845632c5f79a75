// AssemblyScript; see scan.ts.

import {
  ALPHANUMERIC,
  AT,
  COLON,
  classOf,
  FNV_BASIS,
  FNV_PRIME,
  KEEPS,
  MOST_NUMBERS,
  NUMBER_SLOTS,
  OPENING_BRACE,
  PRINTABLE,
  SHAPES,
  UNDERSCORE,
} from "./memory";

let shapeCount: i32 = 0;

/** As ShapeTable in server/core/text/shape.ts has it. */
export function shapeOf(text: usize, length: i32, letters: bool): i32 {
  if (length > 2 * 448) return -1;
  return letters ? shapeWithKept(text, length, true) : shapeOfWords(text, length);
}

/** Of most texts no part is kept: one look at each byte is enough. */
function shapeOfWords(text: usize, length: i32): i32 {
  let units = length;
  let hash = FNV_BASIS;
  let run: u32 = 0;
  for (let index = 0; index < length; index++) {
    const unit = load<u8>(text + <usize>index);
    const own = classOf(unit);
    let part: u32 = unit;
    if ((own & ALPHANUMERIC) !== 0) part = 1;
    else if (unit >= 128) {
      units--;
      index++;
      // C3 leads the letters of Latin-1.
      part = unit === 0xc3 ? 2 : 3;
    } else {
      if ((own & PRINTABLE) === 0) return -1;
      if ((own & KEEPS) !== 0) return shapeWithKept(text, length, false);
      run = 0;
      hash = (hash ^ <u64>part) * FNV_PRIME;
      continue;
    }
    if (part <= run) continue;
    run = part;
    hash = (hash ^ <u64>part) * FNV_PRIME;
  }
  return units > 448 ? -1 : numberOfShape(hash, units);
}

function shapeWithKept(text: usize, length: i32, letters: bool): i32 {
  let units = length;
  let colon = -1;
  let at = -1;
  let isName = letters;
  for (let index = 0; index < length; index++) {
    const unit = load<u8>(text + <usize>index);
    if (unit >= 128) {
      units--;
      index++;
    } else if ((classOf(unit) & PRINTABLE) === 0) return -1;
    if (unit === AT) at = index;
    else if (unit === COLON) colon = colon < 0 ? index : colon;
    else if (unit === UNDERSCORE || unit === OPENING_BRACE) isName = true;
  }
  if (units > 448 || (at >= 0 && units > 64)) return -1;
  const keptTo = letters || (isName && at < 0) ? length : colon;
  const keptFrom = at < 0 ? length : at;
  let hash = FNV_BASIS;
  let run: u32 = 0;
  for (let index = 0; index < length; index++) {
    let unit: u32 = load<u8>(text + <usize>index);
    if (index >= keptTo && index < keptFrom && (unit >= 128 || (classOf(<u8>unit) & ALPHANUMERIC) !== 0)) {
      if (unit >= 128) {
        index++;
        unit = unit === 0xc3 ? 2 : 3;
      } else unit = 1;
      if (unit <= run) continue;
      run = unit;
    } else run = 0;
    hash = (hash ^ <u64>unit) * FNV_PRIME;
  }
  return numberOfShape(hash, units);
}

function numberOfShape(hash: u64, units: i32): i32 {
  const range: u64 = units <= 20 ? 0 : units <= 64 ? 1 : units <= 256 ? 2 : 3;
  const number = numberOf(SHAPES, (hash ^ (range + 256)) * FNV_PRIME, shapeCount);
  if (number === shapeCount) shapeCount++;
  return number;
}

/** The number of a hash in a table, or `next`, which it is given there; -1 where the table is full. */
export function numberOf(table: usize, hash: u64, next: i32): i32 {
  let slot = <u32>(hash ^ (hash >> 32)) & (NUMBER_SLOTS - 1);
  while (true) {
    const at = table + <usize>(slot * 12);
    const number = load<i32>(at, 8);
    if (number === 0) {
      if (next === MOST_NUMBERS) return -1;
      store<u64>(at, hash);
      store<i32>(at, next + 1, 8);
      return next;
    }
    if (load<u64>(at) === hash) return number - 1;
    slot = (slot + 1) & (NUMBER_SLOTS - 1);
  }
}
