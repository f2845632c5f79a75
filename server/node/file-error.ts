/** A file could not be read or written. The message is one line for a person: the path and the reason. */
export class FileError extends Error {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path === "-" ? "standard input" : path}: ${reason}`, options);
    this.name = "FileError";
    this.path = path;
    this.reason = reason;
  }
}

/** What went wrong with a file, whatever was thrown. */
export function fileError(path: string, error: unknown): FileError {
  return error instanceof FileError ? error : new FileError(path, reasonOf(error), { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "this is a folder, not a file",
  EEXIST: "the file exists already",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "no space is left: the quota is used up",
  EFBIG: "the file would become larger than is allowed",
  EBUSY: "another program holds the file",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "the symbolic links lead round in a circle",
};

/** A system error in plain words, its code in brackets where there are none. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return REASONS[code] ?? `reading or writing failed (${code})`;
}
