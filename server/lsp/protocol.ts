/**
 * What the server and a client say to each other beyond the Language Server Protocol. The client imports this file too, so it
 * imports nothing that weighs anything.
 */
import type { RecordCounts, Refusal } from "../core/index.ts";

/** The language id of what has none: an export may have been pasted there. */
export const PLAIN_TEXT = "plaintext";

/** The language ids that CSV extensions (Rainbow CSV, Edit CSV) give tables with the separators of exports. */
export const TABLE_LANGUAGES: readonly string[] = ["csv", "tsv", "csv (semicolon)", "csv (pipe)", "dynamic csv"];

/** The commands, as `workspace/executeCommand` and an editor's menu name them. */
export const COMMANDS = {
  /** `[uri, WriteModifyFileOptions?]`: answers a {@link WrittenModifyFile}, or nothing where nothing was written. */
  writeModifyFile: "syncready.writeModifyFile",
  /** As `writeModifyFile` with `format: "powershell"`; the client's own. */
  writePowerShellScript: "syncready.writePowerShellScript",
  /** `[uri]`: answers how many findings were fixed. */
  fixAllSafe: "syncready.fixAllSafe",
  /** `[uri]`: shows all fixes for a person to choose from; answers how many were shown, or nothing where none was made. */
  reviewFixes: "syncready.reviewFixes",
  /** `[uri]`: shows what `writeModifyFile` would write; answers a {@link ModifyFilePreview}, or nothing where there is nothing to show. */
  previewModifyFile: "syncready.previewModifyFile",
  /** `[uri]` */
  takeAsOriginal: "syncready.takeAsOriginal",
  /** `[ruleId]` */
  openRulePage: "syncready.openRulePage",
  /** `[uri, ruleId, severity]`: answers whether the settings file was changed. */
  setSeverity: "syncready.setSeverity",
  /** `[uri, FindingIdentity, reason]`: answers whether the baseline was changed. */
  acceptFinding: "syncready.acceptFinding",
  /** `[ValueTarget, text]`: answers whether the export was changed. */
  setValue: "syncready.setValue",
  /** `[RecordTarget]` of a built-in group: answers whether a copy was added to the export. */
  copyGroup: "syncready.copyGroup",
  /** `[uri, ruleId]`; the client asks for the severity and goes on with `setSeverity`. */
  changeSeverity: "syncready.changeSeverity",
  /** `[uri, FindingIdentity]`; the client asks for a reason and goes on with `acceptFinding`. */
  acceptWithReason: "syncready.acceptWithReason",
  /** `[ValueTarget]`; the client asks for the value and goes on with `setValue`. */
  typeNewValue: "syncready.typeNewValue",
  /** `[uri, ...]` of exports on disk: answers a {@link CheckedFromDisk}, or nothing where it was given up. */
  checkExport: "syncready.checkExport",
  /** `[uri, ...]` of folders: as `checkExport`, for all exports in them. */
  checkFolder: "syncready.checkFolder",
  /** `[]`: takes away what was found by these two. */
  clearChecked: "syncready.clearChecked",
  /** `[log, modifyFile?]`, URIs: answers a {@link ShownImportResult}, or nothing where the log is none. */
  showImportResult: "syncready.showImportResult",
  /** `[]`: takes away what was shown by it. */
  clearImportResult: "syncready.clearImportResult",
  /**
   * `[uri, Range?]`: folds the long lines that a range touches, or all; an empty range is the record at its place. Answers whether the
   * export was changed.
   */
  foldLines: "syncready.foldLines",
  /** `[uri, Range?]`: as `foldLines`, makes one line of each folded one. */
  unfoldLines: "syncready.unfoldLines",
  /** `[uri, Position]`: writes a value in base64 as text, and text in base64; answers whether the export was changed. */
  convertValue: "syncready.convertValue",
  /** `[uri]`; the client's own. */
  compareWithOriginal: "syncready.compareWithOriginal",
  /** `[uri]`; the client's own: the entry at the cursor. */
  compareEntryWithOriginal: "syncready.compareEntryWithOriginal",
  /** `[uri]`; the client's own: all findings of an export, open or on disk, as a table. */
  showFindings: "syncready.showFindings",
  /** The client's own. */
  restartServer: "syncready.restartServer",
} as const;

/** The commands that the server carries out when it is asked to. */
export const SERVER_COMMANDS = [
  COMMANDS.writeModifyFile,
  COMMANDS.fixAllSafe,
  COMMANDS.reviewFixes,
  COMMANDS.previewModifyFile,
  COMMANDS.takeAsOriginal,
  COMMANDS.openRulePage,
  COMMANDS.setSeverity,
  COMMANDS.acceptFinding,
  COMMANDS.setValue,
  COMMANDS.copyGroup,
  COMMANDS.showImportResult,
  COMMANDS.clearImportResult,
  COMMANDS.foldLines,
  COMMANDS.unfoldLines,
  COMMANDS.convertValue,
] as const;

/** Those that it carries out, too, for a client that has said that it {@link InitializationOptions.checksFromDisk}. */
export const DISK_COMMANDS = [COMMANDS.checkExport, COMMANDS.checkFolder, COMMANDS.clearChecked] as const;

/** What a client may say in `initializationOptions`. Without it the server does with what every editor has. */
export interface InitializationOptions {
  /** The path of a folder in which the originals of exports are kept; without it they are kept in memory. */
  readonly storageFolder?: string;
  /** The client has the commands itself, so the server does not announce them. */
  readonly ownCommands?: boolean;
  /** The client has `syncready.typeNewValue`, which asks a person for a value. */
  readonly typesNewValues?: boolean;
  /** The client has `syncready.changeSeverity`, which asks a person for a severity. */
  readonly changesSeverities?: boolean;
  /** The client has `syncready.acceptWithReason`, which asks a person why a finding is accepted. */
  readonly givesReasons?: boolean;
  /**
   * The client opens documents of the scheme {@link RULE_SCHEME} with what `syncready/rulePage` answers, and follows links to the command
   * `syncready.openRulePage` in hovers.
   */
  readonly opensRulePages?: boolean;
  /** The client shows the text of `syncready/showText`. */
  readonly showsText?: boolean;
  /** The client has exports checked that are not open, and shows diagnostics of files that are not. */
  readonly checksFromDisk?: boolean;
  /** The client wants `syncready/status`. */
  readonly showsStatus?: boolean;
  /** The client offers snippets for new records itself, so the server does not. */
  readonly ownSnippets?: boolean;
}

/** A record of an export. */
export interface RecordTarget {
  readonly uri: string;
  readonly version: number;
  /** Where the record begins in the text, in UTF-16 units. */
  readonly record: number;
}

/** A place for a new value: a value of an export, or, without `value`, an entry that lacks the attribute. */
export interface ValueTarget extends RecordTarget {
  /** The rule whose finding the new value is to settle. */
  readonly rule: string;
  readonly attribute: string;
  /** Where the value begins in the record. */
  readonly value?: number;
  /** The value as it is now; empty where there is none. */
  readonly current: string;
}

/** Request to the server: what speaks against a new value. Answers a {@link NewValueObjection}, or null where nothing does. */
export const CHECK_NEW_VALUE = "syncready/checkNewValue";

export interface CheckNewValueParams {
  readonly target: ValueTarget;
  readonly text: string;
}

export interface NewValueObjection {
  readonly message: string;
}

/** Request to the server: the text of an export as it was, `{ uri }`. Answers `{ text }`, or null where there is none. */
export const ORIGINAL = "syncready/original";

export interface UriParams {
  readonly uri: string;
}

export interface OriginalText {
  readonly text: string;
}

/**
 * Request to the server: an entry as it was and as it is, {@link ComparedEntryParams}. Answers a {@link ComparedEntry}, or null where the
 * export has no original.
 */
export const COMPARED_ENTRY = "syncready/comparedEntry";

export interface ComparedEntryParams {
  readonly uri: string;
  /** A place in the entry, in the text as it is now. */
  readonly position: { readonly line: number; readonly character: number };
}

/** An entry in two states, as texts for a person to read. */
export interface ComparedEntry {
  /** The DN that it has now; `undefined` where no entry is at the place. */
  readonly dn?: string;
  /** Empty where it has been added. */
  readonly original: string;
  readonly now: string;
}

/** Request to the server: the rules that there are. */
export const RULE_LIST = "syncready/rules";

export interface RuleName {
  readonly id: string;
  readonly title: string;
}

/** Request to the server: the page of a rule in Markdown, `{ id }`. Answers a {@link RulePage}, or null where there is no such rule. */
export const RULE_PAGE = "syncready/rulePage";

/** Pages of rules as documents that need no network: `syncready-rule:/<id>.md`. */
export const RULE_SCHEME = "syncready-rule";

export interface RulePageParams {
  readonly id: string;
}

export interface RulePage {
  readonly text: string;
}

/** Notification to the client: how the check of an export stands. */
export const STATUS = "syncready/status";

export interface Status {
  readonly uri: string;
  /** What the last check found; `undefined` while one is running. */
  readonly checked?: CheckedStatus;
}

export interface CheckedStatus {
  readonly profile: "connect" | "cloudSync";
  readonly entries: number;
  readonly errors: number;
  readonly warnings: number;
  /** Information and hints. */
  readonly others: number;
  /** Findings that the baseline accepts. */
  readonly accepted: number;
  readonly milliseconds: number;
  /** The names of the exports that it was checked together with, where there are such. */
  readonly together?: readonly string[];
}

/** Notification to the client: a text for a person to read, in an editor of its own. */
export const SHOW_TEXT = "syncready/showText";

export interface ShowTextParams {
  readonly title: string;
  readonly text: string;
  /** The export that it is about. */
  readonly uri?: string;
}

/** What `syncready.writeModifyFile` answers. */
export interface WrittenModifyFile {
  /** The URIs of the files. */
  readonly modifyFile: string;
  readonly undoFile: string;
  /** How many entries the modify file changes. */
  readonly records: number;
  /** Changes that it does not hold, and why. */
  readonly refusals: readonly Refusal[];
}

/** What `syncready.previewModifyFile` answers. */
export interface ModifyFilePreview {
  /** The modify file with comments for a person. */
  readonly text: string;
  readonly counts: RecordCounts;
  /** Changes that it would not hold, and why. */
  readonly refusals: readonly Refusal[];
}

/** What `syncready.showImportResult` answers. */
export interface ShownImportResult {
  /** The URI of the modify file; without it nothing is shown: the log does not name it, or it is not beside the log. */
  readonly modifyFile?: string;
  /** So many records of it. */
  readonly applied: number;
  readonly failed: number;
  readonly notApplied: number;
  readonly unknown: number;
  /** Errors of which nothing tells which record they are about. */
  readonly unplaced: number;
}

/** What `syncready.checkExport` and `syncready.checkFolder` answer. */
export interface CheckedFromDisk {
  readonly files: number;
  readonly entries: number;
  readonly errors: number;
  readonly warnings: number;
  /** Information and hints. */
  readonly others: number;
  /** Findings that the baselines accept. */
  readonly accepted: number;
  /** Findings that are not among the diagnostics, since there are too many. */
  readonly notShown: number;
  /** One line for each export or folder that could not be read. */
  readonly failures: readonly string[];
}

export interface WriteModifyFileOptions {
  /** Files of these names are replaced without a question. */
  readonly overwrite?: boolean;
  /** `powershell`: scripts that do the same, `users.modify.ps1` and `users.undo.ps1`. */
  readonly format?: "ldif" | "powershell";
}
