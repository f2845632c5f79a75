import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type ImportedFile,
  type ImportLog,
  type ImportOutcome,
  readImportedFile,
  remainingRecords,
} from "../core/index.ts";
import { byteOrderMark, decodeBytes, ExportFile, encodeText, FileError, fileError } from "../node/index.ts";
import { Failure } from "./command.ts";

/** Bytes of a modify file, and UTF-16 units of a log. Both are held as a whole, and no import is larger. */
const LARGEST = 2 ** 28;

/** A modify file as it lies on the disk. */
export interface ModifyFileOnDisk {
  readonly path: string;
  readonly bytes: Buffer;
  readonly text: string;
  readonly file: ImportedFile;
}

/** Throws a {@link FileError} where it cannot be read, and a {@link Failure} where nothing in it can be imported. */
export async function readModifyFile(path: string): Promise<ModifyFileOnDisk> {
  let bytes: Buffer;
  try {
    if ((await stat(path)).size > LARGEST) throw new FileError(path, "it is too large for a modify file");
    bytes = await readFile(path);
  } catch (error) {
    throw fileError(path, error);
  }
  const { text } = decodeBytes(bytes);
  const file = readImportedFile(text);
  if (file.records.length === 0) throw new Failure(`${path}: there is no record in it, so it is no modify file`);
  return { path, bytes, text, file };
}

/** The text of a log, in whatever encoding; `-` is standard input. */
export async function readLogText(path: string): Promise<string> {
  const log = await ExportFile.open(path);
  let text = "";
  for await (const chunk of log.chunks()) {
    text += chunk;
    if (text.length > LARGEST) throw new FileError(path, "it is too large for a log");
  }
  await log.dispose();
  return text;
}

/**
 * Where the modify file is that a log names: beside the log. Of the name only the last part counts, since a log may come from another machine, and
 * may name any file.
 */
export function besideLog(logPath: string, { modifyFile }: ImportLog): string | undefined {
  const name = modifyFile?.split(/[\\/]/).at(-1)?.trim();
  if (name === undefined || name === "" || name === "." || name === "..") return undefined;
  return join(logPath === "-" ? "." : dirname(logPath), name);
}

/** The bytes of what is still to be imported, read back and found right; throws a {@link Failure} where they are not. */
export function remainingBytes({ path, bytes, text, file }: ModifyFileOnDisk, outcome: ImportOutcome): Buffer {
  const facts = decodeBytes(bytes);
  const mark = facts.byteOrderMark ? byteOrderMark(facts.encoding) : new Uint8Array();
  const encode = (part: string) => {
    const encoded = encodeText(part, facts.encoding);
    return encoded === undefined ? undefined : Buffer.concat([mark, encoded]);
  };
  if (encode(text)?.equals(bytes) !== true) {
    throw new Failure(
      `nothing was written: ${path} has bytes that are no text in its encoding, so its records cannot be copied as they are`,
    );
  }
  const remaining = encode(remainingRecords(text, file, outcome))!;
  const written = decodeBytes(remaining).text;
  const found = readImportedFile(written).records.map(({ span }) => written.slice(span.start, span.end));
  const planned = outcome.records.flatMap(({ record: { span }, status }) =>
    status === "applied" ? [] : [text.slice(span.start, span.end)],
  );
  if (found.length !== planned.length || found.some((one, at) => one.trimEnd() !== planned[at]!.trimEnd())) {
    throw new Failure("nothing was written: reading the remaining records back failed");
  }
  return remaining;
}
