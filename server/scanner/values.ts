// AssemblyScript; see scan.ts.

import { keyOne, keyOther, makeKey, makeReference, noKey } from "./keys";
import {
  IS_REFERENCE,
  KEY_FORM_MASK,
  KEY_FORM_SHIFT,
  KEYS_NEED_TEXT,
  LETTERS_MATTER,
  NEEDS_TEXT,
  OUTPUT,
  OUTPUT_SIZE,
  RECORD_INTS,
  REFERENCES_NEED_TEXT,
  VALUE_INTS,
  WANTS_SHAPE,
} from "./memory";
import { shapeOf } from "./shapes";

/** Of the value that was described last: a shape was wanted, and it has none. */
export let lacksShape: bool = false;
/** Of the same: what has to be made from its text, as bits of a record. */
export let needsText: i32 = 0;

/** How the key of a value is made; 0 where it gives none. */
export function keyForm(wants: u32): u32 {
  return (wants >> KEY_FORM_SHIFT) & KEY_FORM_MASK;
}

/**
 * Writes down a value at `at`: its `flags` with those of its key, three numbers that say where it stands, its shape, and its key. Its
 * text is given where it is one (`isText`), and what its key is made of, where that is there (`hasKeyText`).
 */
export function writeValue(
  at: usize,
  flags: i32,
  place: i32,
  start: i32,
  end: i32,
  wants: u32,
  isText: bool,
  text: usize,
  length: i32,
  hasKeyText: bool,
  keyText: usize,
  keyLength: i32,
): void {
  let shape = -1;
  if (isText && (wants & WANTS_SHAPE) !== 0) shape = shapeOf(text, length, (wants & LETTERS_MATTER) !== 0);
  lacksShape = shape < 0 && (wants & WANTS_SHAPE) !== 0;
  needsText = 0;
  noKey();
  const form = keyForm(wants);
  let made: i32 = 0;
  if (form !== 0) {
    made = hasKeyText ? makeKey(form, wants, keyText, keyLength) : NEEDS_TEXT;
    if (made === NEEDS_TEXT) needsText = KEYS_NEED_TEXT;
  } else if ((wants & IS_REFERENCE) !== 0) {
    made = isText ? makeReference(text, length) : NEEDS_TEXT;
    if (made === NEEDS_TEXT) needsText = REFERENCES_NEED_TEXT;
  }
  store<i32>(at, made === NEEDS_TEXT ? flags : flags | made);
  store<i32>(at, place, 4);
  store<i32>(at, start, 8);
  store<i32>(at, end, 12);
  store<i32>(at, shape, 16);
  store<i32>(at, keyOne, 20);
  store<i32>(at, keyOther, 24);
}

/** Whether there is room for another value and another record behind `at` in the output. */
export function hasRoom(at: usize): bool {
  return at + <usize>((VALUE_INTS + RECORD_INTS) << 2) <= OUTPUT + <usize>OUTPUT_SIZE;
}
