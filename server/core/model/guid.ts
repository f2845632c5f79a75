import { decodeBase64, encodeBase64 } from "../text/base64.ts";
import type { AttributeValue } from "./entry.ts";

/** A GUID in the two forms that people meet. */
export interface GuidForms {
  /** `8d6e0a3b-...`, as tools show it. */
  readonly text: string;
  /** Its bytes in base64: what Entra ID calls the immutable ID, where the GUID is the source anchor. */
  readonly base64: string;
}

const TEXT = /^\{?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\}?$/i;

/** Where the bytes of the directory stand in the text: the first three parts are turned round (MS-DTYP 2.3.4.2). */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** The GUID in a value, which is its 16 bytes or its text; `undefined` where it is neither. */
export function guidForms(value: AttributeValue): GuidForms | undefined {
  const [, written] = TEXT.exec(value.text.trim()) ?? [];
  if (written !== undefined && !value.binary) {
    const pairs = written.replaceAll("-", "").match(/../g) ?? [];
    const bytes = ORDER.map((at) => Number.parseInt(pairs[at]!, 16));
    return { text: written.toLowerCase(), base64: encodeBase64(Uint8Array.from(bytes)) };
  }
  if (value.base64.length !== 24) return undefined;
  const bytes = decodeBase64(value.base64);
  if (bytes.length !== 16) return undefined;
  const hex = ORDER.map((at) => bytes[at]!.toString(16).padStart(2, "0")).join("");
  return { text: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), base64: value.base64 };
}
