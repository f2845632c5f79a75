/** RFC 5322, dot-atom, in ASCII. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** A label of a domain name: letters, digits, hyphens that are neither first nor last (RFC 1123); `_` occurs in practice. */
const LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/** The text is a domain name of so many labels at least. */
export function isDomainName(text: string, labels = 2): boolean {
  const parts = text.split(".");
  return text.length <= 255 && parts.length >= labels && parts.every((part) => LABEL.test(part));
}

/** `local@domain` with a local part of RFC 5322's dot-atom and a domain of two labels or more. */
export function isSmtpAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  return at > 0 && LOCAL_PART.test(text.slice(0, at)) && isDomainName(text.slice(at + 1));
}
