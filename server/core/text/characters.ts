/** Names of characters that a person cannot see or tell apart. Names: Unicode Character Database, in lower case. */
const NAMES: Readonly<Record<number, string>> = {
  0: "null",
  9: "tab",
  10: "line feed",
  13: "carriage return",
  32: "space",
  160: "no-break space",
  173: "soft hyphen",
  8203: "zero width space",
  8204: "zero width non-joiner",
  8205: "zero width joiner",
  8206: "left-to-right mark",
  8207: "right-to-left mark",
  8232: "line separator",
  8233: "paragraph separator",
  8239: "narrow no-break space",
  8288: "word joiner",
  12288: "ideographic space",
  65279: "zero width no-break space",
  65533: "replacement character",
};

/** What a message calls the first character of `text`: itself in quotes, or its name where it cannot be seen. */
export function characterName(text: string): string {
  const code = text.codePointAt(0);
  if (code === undefined) return "nothing";
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = NAMES[code];
  if (name !== undefined) return code === 0x20 || code === 0x09 ? `a ${name}` : `${name} (${hex})`;
  if (/^[\p{C}\p{Z}\p{M}]/u.test(text)) return `character ${hex}`;
  return `"${String.fromCodePoint(code)}"`;
}

/** `text` as a message shows it: quoted, invisible characters as U+XXXX, cut after `most` UTF-16 units with a note. */
export function quoted(text: string, most = 80): string {
  const cut = text.length > most ? text.slice(0, most) : text;
  const visible = cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u00a0\u3000]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
  return text.length > most ? `"${visible}..." (${text.length} characters)` : `"${visible}"`;
}

/** `text` with everything that a terminal would obey, or that cannot be seen, as `<U+XXXX>`: an export of unknown origin may hold escape sequences. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
