/** What the language server and the command line need of node: files, their encodings, and the proof of a modify file. */

export { type BaselineOfFile, baselinePathFor, readBaseline } from "./baseline.ts";
export { waitsForPipe } from "./byte-source.ts";
export { type BaselineFor, type CheckOptions, checkExports, type SettingsFor } from "./check-exports.ts";
export type { CheckProgress } from "./check-progress.ts";
export {
  type AcceptedFinding,
  type CheckedBaseline,
  type CheckedExports,
  type CheckedFile,
  type ReportedFinding,
  type ReportedFix,
  reportedIdentity,
} from "./checked-exports.ts";
export { companionPaths, identityOf } from "./companions.ts";
export {
  byteOrderMark,
  type DecodedText,
  decodeBytes,
  type Encoding,
  type EncodingFacts,
  encodeText,
  StreamDecoder,
} from "./decode.ts";
export {
  checkInWorker,
  type DiskCheckFolder,
  type DiskCheckListener,
  type DiskCheckResult,
  type DiskFindings,
} from "./disk-check.ts";
export { ExportFile, type ReadOptions } from "./export-file.ts";
export { exportPaths } from "./export-paths.ts";
export { FileError, fileError, reasonOf } from "./file-error.ts";
export { besideExport, isMissing, problemMessages, readText } from "./json-file.ts";
export { LdifPieceScanner } from "./piece-scanner.ts";
export { proveModifyFiles } from "./prove-modify-files.ts";
export { type ScanThreads, scanThreads } from "./scan-thread.ts";
export { readWithLdifPackage } from "./second-reader.ts";
export { readSettings, type SettingsOfFile, settingsBeside } from "./settings.ts";
export { type FileToWrite, type WriteResult, writeFilesSafely, writesEnded } from "./write-files.ts";
