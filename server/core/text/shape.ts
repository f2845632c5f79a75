/** Longer texts have no shape: limits of length are what rules about them look at. */
const LONGEST = 448;

/** With an address in it, a text up to this length cannot have a part that is too long (RFC 5321: 64 before the `@`). */
const LONGEST_ADDRESS = 64;

/** The lengths up to which directories and Entra ID take values; texts on different sides of one have different shapes. */
const LIMITS = [20, 64, 256, LONGEST];

/** So many shapes are told apart; texts of further ones have none. */
const MOST_SHAPES = 1 << 16;

const COLON = 58;
const AT = 64;
const UNDERSCORE = 95;
const OPENING_BRACE = 123;

/** Latin letters beyond ASCII (Latin-1 and the first two blocks of Latin Extended); the signs × and ÷ stand among them. */
const LATIN_FROM = 0xc0;
const LATIN_TO = 0x24f;

function isLatin(unit: number): boolean {
  return unit >= LATIN_FROM && unit <= LATIN_TO && unit !== 0xd7 && unit !== 0xf7;
}

/** ASCII letters and digits are 1, other printable ASCII characters and line ends 2, what ends the search for a shape 0. */
const CLASSES = new Uint8Array(128).fill(2, 32, 127);
for (const unit of "\r\n") CLASSES[unit.charCodeAt(0)] = 2;
for (const unit of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") CLASSES[unit.charCodeAt(0)] = 1;

/**
 * Numbers the shapes of texts. Most values of an export look like others: what a check says about one of them it says about
 * all of the same shape. The shape of a text is the text, with each run of Latin letters and ASCII digits made one letter, or others
 * where there are letters of Latin-1 or beyond among them, except
 *
 * - before the first `:` and after the last `@`, which are kept: address types and domains are known by their names;
 * - in a text without `@` that has a `_` or a `{`: so begin the names that are known to programs;
 *
 * and with the range that its length is in (up to 20, 64, 256, 448). What is longer, or has an `@` and is longer than 64, or has
 * characters that are neither printable ASCII, line ends nor Latin letters, has no shape. Shapes are compared by a hash of 64 bits.
 */
export class ShapeTable {
  /** Three numbers a slot: two halves of the hash, and the shape's number + 1. */
  #slots = new Int32Array(3 * 1024);
  #size = 0;

  /** The number of a text's shape, from 0; -1 where it has none. With `letters` every text is a shape of its own. */
  shapeOf(text: string, letters = false): number {
    const { length } = text;
    if (length > LONGEST) return -1;
    let colon = -1;
    let at = -1;
    let isName = letters;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 126 ? !isLatin(unit) : CLASSES[unit] === 0) return -1;
      if (unit === AT) at = index;
      else if (unit === COLON) colon = colon < 0 ? index : colon;
      else if (unit === UNDERSCORE || unit === OPENING_BRACE) isName = true;
    }
    if (at >= 0 && length > LONGEST_ADDRESS) return -1;
    const isKept = letters || (isName && at < 0);
    const keptTo = isKept ? length : colon;
    const keptFrom = at < 0 ? length : at;
    let range = 0;
    while (length > LIMITS[range]!) range++;
    let one = 0x811c9dc5 ^ range;
    let other = 0x9747b28c ^ range;
    /** Of the run at hand: 1 it is of ASCII letters and digits so far, 2 it has had a letter of Latin-1, 3 one beyond. */
    let run = 0;
    for (let index = 0; index < length; index++) {
      let unit = text.charCodeAt(index);
      if (index >= keptTo && index < keptFrom && (unit > 126 || CLASSES[unit] === 1)) {
        const kind = unit > 0xff ? 3 : unit > 126 ? 2 : 1;
        if (run >= kind) continue;
        run = kind;
        unit = kind;
      } else run = 0;
      one = Math.imul(one ^ unit, 0x01000193);
      other = Math.imul(other ^ unit, 0x5bd1e995);
      other ^= other >>> 15;
    }
    return this.#number(one, other);
  }

  #number(one: number, other: number): number {
    const slots = this.#slots;
    const mask = slots.length / 3 - 1;
    let slot = (other ^ (other >>> 13)) & mask;
    for (;;) {
      const at = slot * 3;
      if (slots[at + 2] === 0) break;
      if (slots[at] === one && slots[at + 1] === other) return slots[at + 2]! - 1;
      slot = (slot + 1) & mask;
    }
    if (this.#size === MOST_SHAPES) return -1;
    const at = slot * 3;
    slots[at] = one;
    slots[at + 1] = other;
    slots[at + 2] = ++this.#size;
    const number = this.#size - 1;
    if (this.#size * 2 > mask) this.#grow();
    return number;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    const mask = this.#slots.length / 3 - 1;
    for (let from = 0; from < old.length; from += 3) {
      if (old[from + 2] === 0) continue;
      const other = old[from + 1]!;
      let slot = (other ^ (other >>> 13)) & mask;
      while (this.#slots[slot * 3 + 2] !== 0) slot = (slot + 1) & mask;
      for (let part = 0; part < 3; part++) this.#slots[slot * 3 + part] = old[from + part]!;
    }
  }
}
