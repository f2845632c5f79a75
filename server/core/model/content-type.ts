/** What bytes are, by how they begin. */
export interface ContentKind {
  /** For people: `JPEG picture`. */
  readonly name: string;
  /** Of pictures that every browser shows, and that can hold no script: `image/jpeg`. */
  readonly picture?: string;
}

/** By the first bytes in hexadecimal. Sources: ISO 10918-1, ISO 15948, GIF89a, Windows' BITMAPFILEHEADER, X.690, RFC 1952, ISO 32000. */
const KINDS: readonly (readonly [start: string, kind: ContentKind])[] = [
  ["ffd8ff", { name: "JPEG picture", picture: "image/jpeg" }],
  ["89504e470d0a1a0a", { name: "PNG picture", picture: "image/png" }],
  ["474946383761", { name: "GIF picture", picture: "image/gif" }],
  ["474946383961", { name: "GIF picture", picture: "image/gif" }],
  ["424d", { name: "BMP picture", picture: "image/bmp" }],
  ["3081", { name: "DER structure, such as a certificate" }],
  ["3082", { name: "DER structure, such as a certificate" }],
  ["1f8b", { name: "gzip archive" }],
  ["504b0304", { name: "ZIP archive" }],
  ["25504446", { name: "PDF document" }],
];

/** What bytes are, as far as their beginning tells. */
export function contentKind(bytes: Uint8Array): ContentKind | undefined {
  const head = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return KINDS.find(([start]) => head.startsWith(start))?.[1];
}
