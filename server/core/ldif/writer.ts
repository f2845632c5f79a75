import { base64Of } from "../text/base64.ts";

/** A value as it is written: text, or bytes that are no text, in base64. */
export type WrittenValue = { readonly text: string } | { readonly base64: string };

/** How long lines are cut and ended. */
export interface LineStyle {
  readonly lineEnd: "\r\n" | "\n";
  /** The most characters of a physical line; `undefined`: lines are never folded. */
  readonly width: number | undefined;
  /** Where a line is folded, the value begins on the next line, as ldifde does it. */
  readonly valueOnNextLine?: boolean;
}

/**
 * Whether RFC 2849 lets a value stand as it is (SAFE-STRING), and with no blank at its end, which the RFC allows and advises
 * against: an editor or a mail program takes it away.
 */
export function isSafeString(text: string): boolean {
  return /^(?:[\x01-\x09\x0b\x0c\x0e-\x1f\x21-\x39\x3b\x3d-\x7f](?:[\x01-\x09\x0b\x0c\x0e-\x7f]*[\x01-\x09\x0b\x0c\x0e-\x1f\x21-\x7f])?)?$/.test(
    text,
  );
}

/** `description: value`, or `description:: base64` where the value needs it; without the line end at its end. */
export function writeLine(description: string, value: WrittenValue, style: LineStyle): string {
  if ("base64" in value) return fold(`${description}:: `, value.base64, style);
  return isSafeString(value.text)
    ? fold(value.text === "" ? `${description}:` : `${description}: `, value.text, style)
    : fold(`${description}:: `, base64Of(value.text), style);
}

/** Puts a value behind its head and folds the line where it is too long. */
export function fold(head: string, value: string, { width, lineEnd, valueOnNextLine = false }: LineStyle): string {
  const line = head + value;
  if (width === undefined || line.length <= width) return line;
  const first = valueOnNextLine && value !== "" ? head.length : Math.max(width, head.length);
  let folded = line.slice(0, first);
  for (let at = first; at < line.length; ) {
    const end = whole(line, at + Math.max(width - 1, 2));
    folded += `${lineEnd} ${line.slice(at, end)}`;
    at = end;
  }
  return folded;
}

/** The nearest place at or before `end` that does not cut a surrogate pair. */
function whole(text: string, end: number): number {
  const unit = text.charCodeAt(end);
  return unit >= 0xdc00 && unit < 0xe000 ? end - 1 : end;
}
