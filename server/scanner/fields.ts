// AssemblyScript; see scan.ts. The fields of the row at hand, and the values in them.

import {
  APOSTROPHE,
  ATTRIBUTES,
  BACKSLASH,
  BACKSLASHES,
  BEYOND_ASCII,
  BYTES,
  COLUMN_SHIFT,
  COLUMNS,
  DN_IS_PLAIN,
  HAS_ESCAPES,
  HAS_QUESTION_MARK,
  HEX,
  HOLDS_DN,
  HOLDS_NUMBERS,
  HOLDS_VALUES,
  INPUT,
  IS_PLAIN,
  IS_REFERENCE,
  IS_SEPARATED,
  isLetter,
  OUTPUT,
  RECORD_INTS,
  SEMICOLON,
  UNFOLDED,
  UNFOLDED_SIZE,
  VALUE_INTS,
  WANTS_SHAPE,
} from "./memory";
import { signature } from "./signatures";
import { decodeHex, encodeBase64, isHex, isLatin, isPlainDn, unescaped } from "./texts";
import { hasRoom, keyForm, lacksShape, needsText, writeValue } from "./values";

/** With more line ends in its fields a row is the reader's, which at some number of them takes a quote for a mistake. */
const MOST_LINES: i32 = 500;

/** Where the row at hand begins. */
export let rowStart: usize = 0;

let columnCount: i32 = 0;
let rowCount: i32 = 0;
let header: usize = 0;
let output: usize = 0;
let isBad: bool = false;
let isShapeless: bool = false;
let rowFlags: i32 = 0;
let column: i32 = 0;
let attributeCount: i32 = 0;
let valueCount: i32 = 0;
let hasDn: bool = false;
let dnStart: i32 = 0;
let dnEnd: i32 = 0;

/** Up to here the UTF-16 units of the row have been counted; there are so many fewer than bytes. */
let counted: usize = 0;
let fewer: i32 = 0;

/** How many rows the last scan has put out. */
export function rows(): i32 {
  return rowCount;
}

export function beginRows(columns: i32): void {
  columnCount = columns;
  rowCount = 0;
  output = OUTPUT;
}

export function beginRow(at: usize): void {
  rowStart = at;
  header = output;
  output += <usize>(RECORD_INTS << 2);
  isBad = false;
  isShapeless = false;
  rowFlags = 0;
  column = 0;
  attributeCount = 0;
  valueCount = 0;
  hasDn = false;
  counted = at;
  fewer = 0;
}

/** The row that has begun would not fit into the output. */
export function isRoomless(): bool {
  return !hasRoom(header);
}

export function endRow(end: usize, lineCount: i32, isPeculiar: bool, hasQuestionMark: bool): void {
  const isPlain = !isPeculiar && !isBad && hasDn && column === columnCount && lineCount <= MOST_LINES;
  if (!isPlain) output = header + <usize>(RECORD_INTS << 2);
  if (hasQuestionMark) rowFlags |= HAS_QUESTION_MARK;
  store<i32>(header, isPlain ? rowFlags | IS_PLAIN : 0);
  store<i32>(header, <i32>(rowStart - INPUT), 4);
  store<i32>(header, <i32>(end - INPUT), 8);
  store<i32>(header, lineCount, 12);
  store<i32>(header, attributeCount, 16);
  store<i32>(header, isPlain ? valueCount : 0, 20);
  store<i32>(header, dnStart, 24);
  store<i32>(header, dnEnd, 28);
  store<i32>(header, <i32>(end - rowStart) - fewer, 32);
  const first = header + <usize>(RECORD_INTS << 2);
  store<i32>(header, isPlain && !isShapeless ? signature(first, output, rowFlags, valueCount) : -1, 36);
  rowCount++;
}

/**
 * Takes the next field, whose content stands from `start` to `end`. `isMarked`: there may be semicolons or backslashes in it; `isBeyond`:
 * characters beyond ASCII.
 */
export function takeField(start: usize, end: usize, isDoubled: bool, isMarked: bool, isBeyond: bool): void {
  if (column >= columnCount) isBad = true;
  if (isBad) return;
  const info = load<u32>(COLUMNS + <usize>(column++ << 2));
  if (start === end) return;
  if (!isBeyond) counted = start;
  else {
    rowFlags |= BEYOND_ASCII;
    countTo(start);
  }
  if (info !== 0) takeContent(info, start, end, isDoubled, isMarked, isBeyond);
  if (isBeyond) countTo(end);
  // "Syst" and "Micr": so begins the name of a type, which stands in place of values that were lost.
  const word = load<u32>(start);
  if (word === 0x74737953 || word === 0x7263694d) isBad = true;
}

function takeContent(info: u32, start: usize, end: usize, isDoubled: bool, isMarked: bool, isBeyond: bool): void {
  if (isDoubled && (info & (HOLDS_DN | 0xff)) !== 0) {
    isBad = true;
    return;
  }
  if ((info & HOLDS_DN) !== 0) {
    takeDn(start, end, isBeyond);
    if ((info & HOLDS_VALUES) === 0) return;
    // Units are counted forward only; a second value in the same field has to go back.
    if (isBeyond) isBad = true;
  }
  if ((info & HOLDS_NUMBERS) !== 0 && isLetter(load<u8>(start))) isBad = true;
  else if (!isMarked) takeValue(info, start, end, false, isBeyond);
  else if ((info & IS_SEPARATED) !== 0) takeValues(info, start, end, isBeyond);
  else takeMarked(info, start, end, isBeyond);
}

function takeDn(start: usize, end: usize, isBeyond: bool): void {
  if (!isPlainDn(start, end)) isBad = true;
  for (let at = start; at < end; at++) {
    // Whether a backslash is doubled here is the reader's to find out, and so is what continues on another line.
    const unit = load<u8>(at);
    if (unit < 32 || (unit === BACKSLASH && load<u8>(at + 1) === BACKSLASH)) isBad = true;
  }
  if (isBad) return;
  hasDn = true;
  if (!isBeyond || isLatin(start, end)) rowFlags |= DN_IS_PLAIN;
  dnStart = place(start, isBeyond);
  dnEnd = place(end, isBeyond);
}

/** One value, whatever is in it. */
function takeMarked(info: u32, start: usize, end: usize, isBeyond: bool): void {
  let isEscaped = false;
  if ((info & HAS_ESCAPES) !== 0) {
    for (let at = start; at < end; at++) {
      const unit = load<u8>(at);
      if (unit === BACKSLASH) isEscaped = true;
      else if (unit === SEMICOLON && beginsHex(at + 1, end)) isBad = true;
    }
  }
  takeValue(info, start, end, isEscaped, isBeyond);
}

/** Values with semicolons between them. */
function takeValues(info: u32, start: usize, end: usize, isBeyond: bool): void {
  const hasEscapes = (info & HAS_ESCAPES) !== 0;
  let from = start;
  let isEscaped = false;
  for (let at = start; at <= end; at++) {
    const unit: u8 = at < end ? load<u8>(at) : SEMICOLON;
    if (hasEscapes && unit === BACKSLASH) {
      isEscaped = true;
      const next: u8 = at + 1 < end ? load<u8>(at + 1) : 0;
      if (next === SEMICOLON && beginsHex(at + 2, end)) isBad = true;
      if (next === SEMICOLON || next === BACKSLASH) at++;
    } else if (unit === SEMICOLON) {
      if (at > from) takeValue(info, from, at, isEscaped, isBeyond);
      from = at + 1;
      isEscaped = false;
    }
  }
}

function beginsHex(at: usize, end: usize): bool {
  return at + 1 < end && load<u8>(at) === 88 && load<u8>(at + 1) === APOSTROPHE;
}

function takeValue(info: u32, start: usize, end: usize, isEscaped: bool, isBeyond: bool): void {
  attributeCount++;
  let coding = isEscaped ? BACKSLASHES : 0;
  if ((info & HAS_ESCAPES) !== 0 && beginsHex(start, end)) {
    coding = HEX;
    if (!isHex(start, end)) isBad = true;
  }
  const number = <i32>(info & 0xff);
  if (number === 0 || isBad) return;
  if (!hasRoom(output)) {
    // An entry with so many values is the reader's.
    isBad = true;
    return;
  }
  valueCount++;
  const wants = load<u32>(ATTRIBUTES + <usize>(number << 2));
  let text = start;
  let length = <i32>(end - start);
  let isText = true;
  let isPlainText = !isBeyond;
  let hasKeyText = false;
  let keyText: usize = 0;
  let keyLength = 0;
  if (coding === HEX) {
    isText = false;
    const wantsText = (wants & (WANTS_SHAPE | IS_REFERENCE)) !== 0;
    if (length < UNFOLDED_SIZE && (wantsText || keyForm(wants) === BYTES)) {
      length = decodeHex(start, end);
      text = UNFOLDED;
      // Of the room there is as much left as there are digits.
      keyText = UNFOLDED + <usize>(UNFOLDED_SIZE >> 1);
      hasKeyText = keyForm(wants) === BYTES && length < UNFOLDED_SIZE / 3;
      if (hasKeyText) keyLength = encodeBase64(length, keyText);
      isText = wantsText && isLatin(text, text + <usize>length);
    }
  } else {
    if (coding === BACKSLASHES) {
      isText = length < UNFOLDED_SIZE;
      if (isText) length = unescaped(start, end);
      text = UNFOLDED;
    }
    if (isText && isBeyond) {
      isPlainText = isAscii(text, length);
      // Of references what is beyond ASCII is left out, whatever it is.
      const isAny = (wants & (WANTS_SHAPE | IS_REFERENCE)) === IS_REFERENCE;
      isText = isPlainText || isAny || isLatin(text, text + <usize>length);
    }
    hasKeyText = isText && isPlainText && keyForm(wants) !== BYTES;
    keyText = text;
    keyLength = length;
  }
  const flags = number | ((column - 1) << COLUMN_SHIFT);
  const from = place(start, isBeyond);
  const to = place(end, isBeyond);
  writeValue(output, flags, coding, from, to, wants, isText, text, length, hasKeyText, keyText, keyLength);
  output += <usize>(VALUE_INTS << 2);
  isShapeless = isShapeless || lacksShape;
  rowFlags |= needsText;
}

function isAscii(start: usize, length: i32): bool {
  for (let index = 0; index < length; index++) if (load<u8>(start + <usize>index) >= 128) return false;
  return true;
}

/** Where a byte stands in the row, in UTF-16 units. */
function place(at: usize, isBeyond: bool): i32 {
  if (isBeyond) countTo(at);
  return <i32>(at - rowStart) - fewer;
}

/** Counts on, through UTF-8. What is none, and U+FFFD, which stands for what was none, is the reader's. */
function countTo(to: usize): void {
  let at = counted;
  while (at < to) {
    const unit = load<u8>(at);
    if (unit < 128) {
      at++;
      continue;
    }
    const next = load<u8>(at + 1);
    let length = 2;
    let least: u8 = 0x80;
    let most: u8 = 0xbf;
    if (unit >= 0xe0) {
      length = unit < 0xf0 ? 3 : 4;
      if (unit === 0xe0) least = 0xa0;
      else if (unit === 0xed) most = 0x9f;
      else if (unit === 0xf0) least = 0x90;
      else if (unit === 0xf4) most = 0x8f;
    }
    if (unit < 0xc2 || unit > 0xf4 || next < least || next > most || at + <usize>length > to) isBad = true;
    if (length > 2 && (load<u8>(at + 2) & 0xc0) !== 0x80) isBad = true;
    if (length > 3 && (load<u8>(at + 3) & 0xc0) !== 0x80) isBad = true;
    if (unit === 0xef && next === 0xbf && load<u8>(at + 2) === 0xbd) isBad = true;
    if (isBad) break;
    fewer += length === 2 ? 1 : 2;
    at += <usize>length;
  }
  if (to > counted) counted = to;
}
