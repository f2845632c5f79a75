import { stat } from "node:fs/promises";
import { ExportDifference, type ExportReader, type SourceRecord } from "../../core/index.ts";
import { ExportFile } from "../../node/index.ts";
import { type Command, type ExitCode, readArguments, UsageError } from "../command.ts";
import { complain, print, visible } from "../terminal.ts";
import { DESTINATION_OPTIONS, destinationOf, mustDiffer, showPlan, tellRefusals, writePlan } from "../write-plan.ts";

const help = `Writes an LDIF modify file that turns a directory as ORIGINAL shows it into what EDITED shows,
and the file that takes the changes back.

Usage: syncready diff ORIGINAL EDITED --out MODIFY --undo UNDO [--allow-delete] [--allow-older]
                      [--format FORMAT] [--force]
       syncready diff ORIGINAL EDITED --dry-run [--allow-delete] [--allow-older]

  --out MODIFY     the modify file, for ldifde -i or ldapmodify
  --undo UNDO      the file that undoes it
  --allow-delete   also removes the entries that EDITED does not have any more. No file brings them back
  --allow-older    EDITED may be the older export: what has changed since then is taken back
  --format FORMAT  ldif (the default) or powershell: scripts (.ps1) for the module ActiveDirectory
  --force          replaces existing files
  --dry-run        writes nothing: prints, entry by entry, what would be written and what would not

Values are deleted and added, never replaced: an import fails where the directory has moved on.
Entries that are only in EDITED are added first; those that have another DN there, and the same objectGUID, are
renamed or moved last. Without objectGUID nobody can tell a rename, and it is refused.
`;

export const diff: Command = { name: "diff", summary: "writes the modify file for an edited export", help, run };

async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    ...DESTINATION_OPTIONS,
    "allow-delete": { type: "boolean", default: false },
    "allow-older": { type: "boolean", default: false },
  });
  const [original, edited, another] = positionals;
  if (original === undefined || edited === undefined || another !== undefined) {
    throw new UsageError("two files are needed: the original export and the edited one");
  }
  const destination = destinationOf(values);
  if (destination !== undefined) await mustDiffer([original, edited], [destination.modify, destination.undo]);
  await mustBeTwo(original, edited);
  const difference = new ExportDifference();
  await readInStep(
    await Side.of(await ExportFile.open(original), (record) => difference.original(record)),
    await Side.of(await ExportFile.open(edited), (record) => difference.edited(record)),
  );
  const { records, refusals } = difference.finish({
    allowDelete: values["allow-delete"],
    allowOlder: values["allow-older"],
  });
  if (destination === undefined) {
    await showPlan(records, refusals, original);
    return 0;
  }
  tellRefusals(refusals);
  if (records.length === 0)
    await print("The exports do not differ in anything that can be written: no file is written\n");
  else await writePlan(records, refusals, original, destination);
  return 0;
}

/** Refuses to compare a file with itself, and says where the files look as if they were given the wrong way round. */
async function mustBeTwo(original: string, edited: string): Promise<void> {
  const [first, second] = await Promise.all([original, edited].map((path) => stat(path).catch(() => undefined)));
  // That a file cannot be read is told when it is read.
  if (first === undefined || second === undefined) return;
  if (first.dev === second.dev && first.ino === second.ino) {
    throw new UsageError(`${original} and ${edited} are the same file: give the original export and the edited one`);
  }
  if (second.mtimeMs < first.mtimeMs) {
    complain(
      `${visible(edited)} was written before ${visible(original)}: the original export is to come first, and the edited one second`,
    );
  }
}

/** One of two exports that are read in turn. */
class Side {
  readonly #chunks: AsyncIterator<string>;
  readonly #reader: ExportReader;
  /** How far it is read; past every place when it has ended. */
  place = 0;

  private constructor(chunks: AsyncIterable<string>, reader: ExportReader) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#reader = reader;
  }

  static async of(file: ExportFile, sink: (record: SourceRecord) => void): Promise<Side> {
    return new Side(file.chunks(), (await file.format()).reader(sink));
  }

  async step(): Promise<void> {
    const { done, value } = await this.#chunks.next();
    if (done === true) {
      this.#reader.end();
      this.place = Number.POSITIVE_INFINITY;
    } else {
      this.#reader.push(value);
      this.place += value.length;
    }
  }
}

/** Always reads on where less has been read, so that two exports in the same order need little memory. */
async function readInStep(one: Side, other: Side): Promise<void> {
  while (one.place < Number.POSITIVE_INFINITY || other.place < Number.POSITIVE_INFINITY) {
    await (one.place <= other.place ? one : other).step();
  }
}
