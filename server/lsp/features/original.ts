import { ask, type Context, fileName, tell } from "../context.ts";
import type { OriginalText } from "../protocol.ts";
import { isFile } from "../uri.ts";

const KEEP = "Keep Comparing with the Previous Original";

/** The command `syncready.takeAsOriginal`. */
export async function takeAsOriginal(context: Context, uri: string): Promise<boolean> {
  const { exports, originals } = context;
  const document = exports.document(uri);
  if (document === undefined || !isFile(uri)) {
    tell(context, "warning", "Only an open export that is saved in a file has an original.");
    return false;
  }
  await originals.take(uri, document.getText());
  tell(
    context,
    "info",
    `${fileName(uri)} as it is now is the original; modify files will hold what is changed from here on.`,
  );
  return true;
}

/** The request `syncready/original`. */
export async function originalText({ originals }: Context, uri: string): Promise<OriginalText | undefined> {
  const text = await originals.text(uri);
  return text === undefined ? undefined : { text };
}

/** Tells that a newer export has taken the file's place. */
export async function tellReplaced(context: Pick<Context, "connection" | "originals">, uri: string): Promise<void> {
  const message = `${fileName(uri)} was replaced by another program; modify files will hold what is changed from here on.`;
  const answer = await ask(context, "info", message, [KEEP]);
  if (answer === KEEP) await context.originals.takePrevious(uri);
}
