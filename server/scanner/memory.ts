// AssemblyScript; see scan.ts.

// Where things lie in the memory; server/node/export-scanner.ts knows the same addresses.
export const CLASSES: usize = 1024;
export const SEXTETS: usize = 1280;
/** The 64 digits of base64, in their order. */
export const DIGITS: usize = 1536;
export const ATTRIBUTES: usize = 2048;
export const NAMES: usize = 4096;
export const SHAPES: usize = 0x10000;
export const UNFOLDED: usize = 0x190000;
export const OUTPUT: usize = 0x1a0000;
export const INPUT: usize = 0x2a0000;
export const SIGNATURES: usize = 0x3b0000;
/** Of a table, four bytes each. */
export const COLUMNS: usize = 0x530000;
export const UNFOLDED_SIZE: i32 = 0x10000;
export const OUTPUT_SIZE: i32 = 0x100000;

export const NAME_SLOTS: u32 = 2048;
/** Of shapes, and of signatures. */
export const NUMBER_SLOTS: u32 = 131072;
export const MOST_NUMBERS: i32 = 65536;

/** FNV-1a of 64 bits. */
export const FNV_BASIS: u64 = 0xcbf29ce484222325;
export const FNV_PRIME: u64 = 0x100000001b3;

export const TAB: u8 = 9;
export const LF: u8 = 10;
export const CR: u8 = 13;
export const SPACE: u8 = 32;
export const QUOTE: u8 = 34;
export const HASH: u8 = 35;
export const APOSTROPHE: u8 = 39;
export const COLON: u8 = 58;
export const SEMICOLON: u8 = 59;
export const LESS_THAN: u8 = 60;
export const EQUALS: u8 = 61;
export const QUESTION_MARK: u8 = 63;
export const AT: u8 = 64;
export const BACKSLASH: u8 = 92;
export const UNDERSCORE: u8 = 95;
export const OPENING_BRACE: u8 = 123;

// Bits of a character's class.
export const ALPHANUMERIC: u8 = 1;
export const PRINTABLE: u8 = 2;
export const DESCRIPTION: u8 = 4;
export const BASE64: u8 = 8;
/** In a DN: more than lower case and the loss of blanks would be needed to compare it. */
export const PECULIAR_IN_DN: u8 = 16;
export const HEXADECIMAL: u8 = 32;
export const BLANK: u8 = 64;
/** Where it stands in a text, parts of the text belong to its shape as they are. */
export const KEEPS: u8 = 128;

// Names that are no attributes of an entry have the last numbers; attribute types that rules look at count from 1.
export const DN: i32 = 252;
export const CHANGETYPE: i32 = 253;
// So have control (254) and version (255).

// What is wanted of an attribute's values.
export const WANTS_SHAPE: u32 = 1;
export const LETTERS_MATTER: u32 = 2;
export const IS_REFERENCE: u32 = 4;
export const KEY_FORM_SHIFT: u32 = 3;
export const KEY_FORM_MASK: u32 = 7;
export const KEY_SPACE_SHIFT: u32 = 8;
export const OTHER_SPACE_SHIFT: u32 = 16;

// How the key of a value is made: see KeyForm in server/core/engine/rule.ts.
export const LOWER_CASE: u32 = 1;
// 2 is trimmed, which is what all but lower case are.
export const ADDRESS_TRIMMED: u32 = 3;
export const TYPED_ADDRESS: u32 = 4;
export const BYTES: u32 = 5;

// What is said of a value: its attribute's number, the length of its description above bit 16, and these.
export const IS_BASE64: i32 = 0x100;
export const IS_FOLDED: i32 = 0x200;
/** Instead of a key: it has to be made from the text. */
export const NEEDS_TEXT: i32 = -1;
export const HAS_KEY: i32 = 0x800;
/** The key space, where the value has a key. */
export const SPACE_SHIFT: i32 = 12;

export const RECORD_INTS: i32 = 10;
export const VALUE_INTS: i32 = 7;

// What is said of a record.
export const IS_PLAIN: i32 = 1;
export const IS_ADD: i32 = 2;
export const DN_IS_BASE64: i32 = 4;
export const DN_IS_PLAIN: i32 = 16;
export const KEYS_NEED_TEXT: i32 = 32;
export const REFERENCES_NEED_TEXT: i32 = 64;
// Of a row only: it has characters beyond ASCII, or question marks, which may stand for letters that were lost.
export const BEYOND_ASCII: i32 = 128;
export const HAS_QUESTION_MARK: i32 = 256;

// What is said of a column, above the number of its attribute type; as in server/core/csv/row-layout.ts.
export const HOLDS_VALUES: u32 = 0x100;
export const HAS_ESCAPES: u32 = 0x200;
export const IS_SEPARATED: u32 = 0x400;
export const HOLDS_DN: u32 = 0x800;
export const HOLDS_NUMBERS: u32 = 0x1000;

// How the source of a value in a field is written; as in server/core/csv/value.ts.
export const BACKSLASHES: i32 = 2;
export const HEX: i32 = 4;
/** The number of the column, in what is said of a value. */
export const COLUMN_SHIFT: i32 = 16;

export function classOf(unit: u8): u8 {
  return load<u8>(CLASSES + <usize>unit);
}

export function isLineEnd(at: usize): bool {
  const unit = load<u8>(at);
  return unit === LF || unit === CR;
}

export function afterFold(at: usize): usize {
  return at + (load<u8>(at) === CR ? 3 : 2);
}

export function lowerCase(unit: u8): u8 {
  return <u32>unit - 65 < 26 ? unit + 32 : unit;
}

export function isLetter(unit: u8): bool {
  return <u32>(unit | 0x20) - 97 < 26;
}

export function isWhite(unit: u8): bool {
  return unit === SPACE || (unit >= TAB && unit <= CR);
}
