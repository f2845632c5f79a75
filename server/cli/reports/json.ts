/** JSON leaves DEL, the C1 controls and bidirectional controls raw; on a terminal they would do harm. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
