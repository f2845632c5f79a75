// AssemblyScript, which looks like TypeScript and compiles to WebAssembly: `asc`, called by esbuild.mjs. It is not compiled by tsc.
//
// Finds the records of an LDIF file in its bytes (those of a table: rows.ts), and in each entry that is written without any peculiarity
// the values that rules look at. Everything else is left to the readers in server/core/ldif and server/core/csv, which are the
// reference for what is read here. Nothing here decides what is right or wrong: a record is either surely plain, or the reader's.

import { highBits, masks } from "./blocks";
import {
  ATTRIBUTES,
  afterFold,
  BYTES,
  CHANGETYPE,
  COLON,
  CR,
  classOf,
  DESCRIPTION,
  DN,
  DN_IS_BASE64,
  DN_IS_PLAIN,
  HASH,
  INPUT,
  IS_ADD,
  IS_BASE64,
  IS_FOLDED,
  IS_PLAIN,
  IS_REFERENCE,
  isLineEnd,
  LESS_THAN,
  OUTPUT,
  RECORD_INTS,
  SEMICOLON,
  SPACE,
  TAB,
  UNFOLDED,
  UNFOLDED_SIZE,
  VALUE_INTS,
  WANTS_SHAPE,
} from "./memory";
import { attributeNumber } from "./names";
import { signature } from "./signatures";
import { containsLineEnd, decodeText, isBase64Text, isBlank, isPlainDn, unfold } from "./texts";
import { hasRoom, keyForm, lacksShape, needsText, writeValue } from "./values";

export { rows } from "./fields";
export { describeColumns, scanRows } from "./rows";

// The record at hand.
let recordStart: usize = 0;
let header: usize = 0;
let output: usize = 0;
let recordCount: i32 = 0;
let isBad: bool = false;
/** A value that should have a shape has none. */
let isShapeless: bool = false;
let begun: bool = false;
let afterBlank: bool = false;
let hasDn: bool = false;
let recordFlags: i32 = 0;
let dnLine: usize = 0;
let dnStart: usize = 0;
let dnEnd: usize = 0;
let lineCount: i32 = 0;
let attributeCount: i32 = 0;
let valueCount: i32 = 0;

// The logical line at hand; 0 where there is none.
let logical: usize = 0;
let logicalEnd: usize = 0;
let isFolded: bool = false;
let isComment: bool = false;

/** How many records of LDIF the last scan has put out. */
export function records(): i32 {
  return recordCount;
}

/**
 * Scans the bytes from `from` to `to`, offsets in the input, where a record begins at `from`. Answers where the first record begins
 * that is not put out, because its end has not been seen or the output is full.
 */
export function scan(from: i32, to: i32): i32 {
  output = OUTPUT;
  recordCount = 0;
  const end = INPUT + <usize>to;
  beginRecord(INPUT + <usize>from);
  let lineStart: usize = recordStart;
  let lineIsBad = false;
  let carriedCr: u64 = 0;
  for (let at: usize = recordStart; at < end; at += 64) {
    const one = v128.load(at);
    const two = v128.load(at, 16);
    const three = v128.load(at, 32);
    const four = v128.load(at, 48);
    let ends = masks(one, two, three, four, i8x16.splat(10));
    const crs = masks(one, two, three, four, i8x16.splat(13));
    let bad = masks(one, two, three, four, i8x16.splat(0)) | highBits(one, two, three, four);
    bad |= ((crs << 1) | carriedCr) & ~ends;
    carriedCr = crs >> 63;
    if (end - at < 64) {
      const valid: u64 = ((<u64>1) << (<u64>(end - at))) - 1;
      ends &= valid;
      bad &= valid;
    }
    let done: u64 = 0;
    while (ends !== 0) {
      const bit = ctz(ends);
      const before: u64 = ((<u64>1) << bit) - 1;
      lineIsBad = lineIsBad || (bad & before & ~done) !== 0;
      done = before | ((<u64>1) << bit);
      ends &= ends - 1;
      const lineEnd = at + <usize>bit;
      if (takeLine(lineStart, lineEnd, lineIsBad)) return <i32>(recordStart - INPUT);
      lineStart = lineEnd + 1;
      lineIsBad = false;
    }
    lineIsBad = lineIsBad || (bad & ~done) !== 0;
  }
  return <i32>(recordStart - INPUT);
}

function beginRecord(at: usize): void {
  recordStart = at;
  header = output;
  output += <usize>(RECORD_INTS << 2);
  isBad = false;
  isShapeless = false;
  begun = false;
  afterBlank = false;
  hasDn = false;
  recordFlags = 0;
  lineCount = 0;
  attributeCount = 0;
  valueCount = 0;
  logical = 0;
}

/** Takes the physical line from `start` to the line feed at `lineFeed`. True where the output has no room for another record. */
function takeLine(start: usize, lineFeed: usize, lineIsBad: bool): bool {
  let end = lineFeed;
  if (end > start && load<u8>(end - 1) === CR) end--;
  if (end === start) {
    // Where a file begins with blank lines, the first one ends a line that is not there.
    if (begun || lineCount > 0) afterBlank = true;
    isBad = isBad || lineIsBad;
    lineCount++;
    return false;
  }
  if (afterBlank) {
    endRecord(start);
    if (!hasRoom(output)) {
      recordStart = start;
      return true;
    }
    beginRecord(start);
  }
  begun = true;
  isBad = isBad || lineIsBad;
  lineCount++;
  const first = load<u8>(start);
  if (first === SPACE) {
    if (logical === 0 || isBlank(start, end)) isBad = true;
    logicalEnd = end;
    isFolded = true;
    return false;
  }
  endLine();
  if (first === TAB) isBad = true;
  logical = start;
  logicalEnd = end;
  isFolded = false;
  isComment = first === HASH;
  return false;
}

function endRecord(end: usize): void {
  endLine();
  const isPlain = !isBad && hasDn && attributeCount > 0;
  if (!isPlain) output = header + <usize>(RECORD_INTS << 2);
  store<i32>(header, isPlain ? recordFlags | IS_PLAIN : 0);
  store<i32>(header, <i32>(recordStart - INPUT), 4);
  store<i32>(header, <i32>(end - INPUT), 8);
  store<i32>(header, lineCount, 12);
  store<i32>(header, attributeCount, 16);
  store<i32>(header, isPlain ? valueCount : 0, 20);
  store<i32>(header, <i32>(dnStart - recordStart), 24);
  store<i32>(header, <i32>(dnEnd - recordStart), 28);
  store<i32>(header, <i32>(dnLine - recordStart), 32);
  store<i32>(
    header,
    isPlain && !isShapeless ? signature(header + <usize>(RECORD_INTS << 2), output, recordFlags, valueCount) : -1,
    36,
  );
  recordCount++;
}

/** The logical line at hand is complete. */
function endLine(): void {
  const start = logical;
  logical = 0;
  if (start === 0 || isComment || isBad) return;
  const end = logicalEnd;
  let at = start;
  let hash: u32 = 0x811c9dc5;
  let unit = load<u8>(at);
  while (unit !== SEMICOLON && (classOf(unit) & DESCRIPTION) !== 0) {
    hash = (hash ^ (unit | 0x20)) * 0x01000193;
    unit = load<u8>(++at);
  }
  const nameLength = <i32>(at - start);
  while ((classOf(unit) & DESCRIPTION) !== 0) unit = load<u8>(++at);
  if (unit !== COLON || at === start) {
    isBad = true;
    return;
  }
  const colon = at++;
  while (isFolded && at < end && isLineEnd(at)) at = afterFold(at);
  let isBase64 = false;
  if (at < end) {
    unit = load<u8>(at);
    if (unit === COLON) {
      isBase64 = true;
      at++;
    } else if (unit === LESS_THAN) isBad = true;
  }
  while (at < end) {
    unit = load<u8>(at);
    if (unit === SPACE) at++;
    else if (isFolded && isLineEnd(at)) at = afterFold(at);
    else break;
  }
  if (at > end) at = end;
  if (isBase64) isBad = isBad || !isBase64Text(at, end);
  else if (at < end && (unit === COLON || unit === LESS_THAN)) isBad = true;
  const number = attributeNumber(start, nameLength, hash);
  if (!hasDn) takeDn(number, start, colon, at, end, isBase64);
  else takeAttribute(number, start, colon, at, end, isBase64);
}

function takeDn(number: i32, line: usize, colon: usize, start: usize, end: usize, isBase64: bool): void {
  if (number !== DN || colon - line !== 2) {
    isBad = true;
    return;
  }
  hasDn = true;
  dnLine = line;
  dnStart = start;
  dnEnd = end;
  if (isBase64) recordFlags |= DN_IS_BASE64;
  if (isBase64) {
    const length = decodeText(start, end);
    if (length > 0 && isPlainDn(UNFOLDED, UNFOLDED + <usize>length)) recordFlags |= DN_IS_PLAIN;
  } else if (isPlainDn(start, end)) recordFlags |= DN_IS_PLAIN;
}

function takeAttribute(number: i32, start: usize, colon: usize, value: usize, end: usize, isBase64: bool): void {
  if (number >= DN) {
    const isAdd = number === CHANGETYPE && attributeCount === 0 && (recordFlags & IS_ADD) === 0 && !isBase64;
    if (isAdd && isWordAdd(value, end)) recordFlags |= IS_ADD;
    else isBad = true;
    return;
  }
  attributeCount++;
  if (number === 0) return;
  if (!hasRoom(output)) {
    // An entry with so many values is the reader's.
    isBad = true;
    return;
  }
  valueCount++;
  const wants = load<u32>(ATTRIBUTES + <usize>(number << 2));
  let flags = number | ((<i32>(colon - start)) << 16);
  let text = value;
  let length = <i32>(end - value);
  if (isBase64) flags |= IS_BASE64;
  let isRead = true;
  if (isFolded && containsLineEnd(value, end)) {
    flags |= IS_FOLDED;
    isRead = length < UNFOLDED_SIZE;
    if (isRead && !isBase64) {
      length = unfold(value, end);
      text = UNFOLDED;
    }
  }
  let isText = isRead && !isBase64;
  const form = keyForm(wants);
  const hasKeyText = isRead && (flags & (form === BYTES ? IS_FOLDED : 0)) === 0 && isBase64 === (form === BYTES);
  const keyText = text;
  const keyLength = length;
  if (isBase64 && (wants & (WANTS_SHAPE | IS_REFERENCE)) !== 0) {
    const decoded = decodeText(value, end);
    isText = decoded >= 0;
    if (isText) {
      length = decoded;
      text = UNFOLDED;
    }
  }
  const place = <i32>(start - recordStart);
  const from = <i32>(value - recordStart);
  const to = <i32>(end - recordStart);
  writeValue(output, flags, place, from, to, wants, isText, text, length, hasKeyText, keyText, keyLength);
  output += <usize>(VALUE_INTS << 2);
  isShapeless = isShapeless || lacksShape;
  recordFlags |= needsText;
}

function isWordAdd(start: usize, end: usize): bool {
  return end - start === 3 && load<u8>(start) === 97 && load<u8>(start, 1) === 100 && load<u8>(start, 2) === 100;
}
