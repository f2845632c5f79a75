/**
 * White space, control, format (zero-width, directional, soft hyphen) and other characters that take no ink: what people do not see
 * when they look at a name or an address. Every match is one character.
 */
export const INVISIBLE = /[\s\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\u2800\u3164\uffa0]/gu;

/** The same, as many as stand together. */
export const INVISIBLE_RUN = new RegExp(`${INVISIBLE.source}+`, "u");

/** Characters beyond ASCII that can be seen, as many as stand together. */
export const VISIBLE_NON_ASCII_RUN = /[^\p{ASCII}\s\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\u2800\u3164\uffa0]+/u;

/**
 * Those of them that are no plain space and no other white space that ends up as one: they have no business in any text. Between
 * letters of Arabic, Indic and other scripts, and in emoji, joiners (U+200C, U+200D) are part of the spelling.
 */
export const INVISIBLE_IN_TEXT =
  /(?![\u200c\u200d])[\p{Cc}\p{Cf}\u00a0\u2028\u2029\u202f]|(?<![\u0600-\u{10ffff}])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u{10ffff}])/gu;

/** `text` without its invisible characters. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}
