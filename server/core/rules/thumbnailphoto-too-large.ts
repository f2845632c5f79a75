import { defineRule } from "../engine/rule.ts";
import type { AttributeValue } from "../model/entry.ts";
import { span } from "../text/span.ts";
import { RULE_EXPORT, SYNC_ERRORS } from "./sources.ts";

const MOST_BYTES = 102_400;

export default defineRule({
  id: "thumbnailphoto-too-large",
  title: "thumbnailPhoto is too large",
  severity: "warning",
  effect: "export-error",
  message: `thumbnailPhoto has {count} bytes: Active Directory takes at most ${MOST_BYTES}, and a photo that is too large makes the export fail`,
  why: `A photo that is too large makes the export of its object fail with LargeObject. Which size is too large for Entra ID is not
documented; Active Directory takes at most 102,400 bytes.

Put a smaller picture in its place: 96 by 96 pixels in JPEG take less than 10 kilobytes.`,
  sources: [SYNC_ERRORS, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson", "contact"],
  attributes: ["thumbnailPhoto"],
  checkValue({ value }, report) {
    const count = byteCount(value);
    // Thousands of lines of base64 are better not marked from end to end.
    const start = span(value.span.start, value.span.start + 1);
    if (count > MOST_BYTES) report({ value, span: start }, { count: `${count}` });
  },
  examples: [
    { bad: `thumbnailPhoto:: «/»9j/${"AAAA".repeat(34133)}AA==` },
    { good: `thumbnailPhoto:: /9j/${"AAAA".repeat(34132)}AA==` },
    { good: "thumbnailPhoto:: /9j/4AAQSkZJRg==" },
  ],
});

/** The length in bytes; 0 where it is small anyway, which is quicker to tell: no character of a file is more than three bytes. */
function byteCount(value: AttributeValue): number {
  if ((value.span.end - value.span.start) * 3 <= MOST_BYTES) return 0;
  const { base64 } = value;
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
