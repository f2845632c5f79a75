/**
 * White space, control, format (zero-width, directional, soft hyphen) and other characters that take no ink: what people do not see
 * when they look at a name or an address. Every match is one character.
 */
export const INVISIBLE = /[\s\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\u2800\u3164\uffa0]/gu;

/** Those of them that are no plain space and no other white space that ends up as one: they have no business in any text. */
export const INVISIBLE_IN_TEXT = /[\p{Cc}\p{Cf}\u00a0\u2028\u2029\u202f]/gu;

/** `text` without its invisible characters. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/** A character beyond ASCII that can be seen. */
export function isVisibleNonAscii(character: string): boolean {
  return character.codePointAt(0)! > 127 && !new RegExp(INVISIBLE, "u").test(character);
}
