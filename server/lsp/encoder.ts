import { type Diagnostic, PublishDiagnosticsNotification, type PublishDiagnosticsParams } from "vscode-languageserver";
import type { NotificationMessage, StreamMessageWriter } from "vscode-languageserver/node";

type MessageEncoder = NonNullable<
  Exclude<ConstructorParameters<typeof StreamMessageWriter>[1], string>
>["contentTypeEncoder"];

const utf8 = new TextEncoder();
const COMMA = utf8.encode(",");

/**
 * Encodes messages as JSON. Of a thousand diagnostics of which one has changed the others are the objects that were sent before
 * (see ShownDiagnostics), and nothing of them is written anew.
 */
export function messageEncoder(): NonNullable<MessageEncoder> {
  const written = new WeakMap<Diagnostic, Uint8Array<ArrayBuffer>>();
  const encoded = (diagnostic: Diagnostic): Uint8Array<ArrayBuffer> => {
    let bytes = written.get(diagnostic);
    if (bytes === undefined) {
      bytes = utf8.encode(JSON.stringify(diagnostic));
      written.set(diagnostic, bytes);
    }
    return bytes;
  };
  return {
    name: "application/json",
    encode(message) {
      const isPublished = (message as NotificationMessage).method === PublishDiagnosticsNotification.method;
      const bytes = isPublished ? published(message as Published, encoded) : utf8.encode(JSON.stringify(message));
      return Promise.resolve(bytes);
    },
  };
}

type Published = NotificationMessage & { readonly params: PublishDiagnosticsParams };

/** The message with its diagnostics at its end. */
function published(
  { params, ...message }: Published,
  encoded: (diagnostic: Diagnostic) => Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const { diagnostics, ...about } = params;
  const json = JSON.stringify({ ...message, params: about });
  const parts = [utf8.encode(`${json.slice(0, -2)},"diagnostics":[`)];
  for (const diagnostic of diagnostics) {
    if (parts.length > 1) parts.push(COMMA);
    parts.push(encoded(diagnostic));
  }
  parts.push(utf8.encode("]}}"));
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
