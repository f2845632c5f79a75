/** What the language server and the command line need of node: files, their encodings, and the proof of a modify file. */

export { type BaselineOfFile, baselinePathFor, readBaseline } from "./baseline.ts";
export {
  byteOrderMark,
  type DecodedText,
  decodeBytes,
  type Encoding,
  type EncodingFacts,
  encodeText,
  StreamDecoder,
} from "./decode.ts";
export { ExportFile } from "./export-file.ts";
export { FileError, fileError, reasonOf } from "./file-error.ts";
export { besideExport, isMissing, problemMessages, readText } from "./json-file.ts";
export { proveModifyFiles } from "./prove-modify-files.ts";
export { readWithLdifPackage } from "./second-reader.ts";
export { readSettings, type SettingsOfFile, settingsBeside } from "./settings.ts";
export { type FileToWrite, type WriteResult, writeFilesSafely } from "./write-files.ts";
