/**
 * The door of the core: what the language server and the command line build on. Nothing else of the core is imported from
 * outside. Everything here is synchronous and pure; offsets count UTF-16 units.
 */

export { writtenField } from "./csv/fields.ts";
export { IDFIX_HEADER, type IdFixCells, writeIdFixRow } from "./csv/idfix-list.ts";
export { spreadsheetCell } from "./csv/spreadsheet-cell.ts";
export { baselineFileSchema } from "./docs/baseline-schema.ts";
export { importResultPage, importResultSections, importResultUrl } from "./docs/import-result-page.ts";
export { EFFECTS, rulePage, rulePageUrl, ruleTable } from "./docs/rule-page.ts";
export { settingsFileSchema, vscodeSettings } from "./docs/settings-schema.ts";
export {
  BASELINE_FILE,
  Baseline,
  type BaselineRow,
  BaselineUse,
  type FindingIdentity,
  findingIdentity,
  fingerprint,
  identityKey,
  ownAcceptance,
  staleRows,
} from "./engine/baseline.ts";
export { acceptChanges, baselineText, readBaselineFile, updatedBaseline } from "./engine/baseline-file.ts";
export { Checker, isInScope, type KeyName, type LiveKey } from "./engine/checker.ts";
export { type Holder, keyId } from "./engine/duplicates.ts";
export { ExportCheck, type ExportCounts, type WantedEntries } from "./engine/export-check.ts";
export { type Fate, fateOf } from "./engine/fate.ts";
export { type Finding, formatMessage } from "./engine/finding.ts";
export {
  DECISIONS,
  type DecisionAction,
  FACETS,
  FATES,
  type Facet,
  type FacetCount,
  type FateKind,
  type FindingObject,
  type FindingQuery,
  FindingTable,
  SORT_KEYS,
  type SortKey,
} from "./engine/finding-table.ts";
export { Forest } from "./engine/forest.ts";
export { type JsonChange, type JsonProblem, jsonChanges, memberOf, parseJsonText } from "./engine/json-text.ts";
export { KnownExport } from "./engine/known-export.ts";
export { LiveCheck } from "./engine/live-check.ts";
export { isExcluded, LivePiece, type PlacedFinding } from "./engine/live-piece.ts";
export type { Effect, Fix, KeyForm, Rule, Safety } from "./engine/rule.ts";
export { type ScannedAttribute, type ScanPlan, scanPlan } from "./engine/scan-plan.ts";
export {
  checkedTogetherWith,
  DEFAULT_SETTINGS,
  SETTINGS_FILE,
  SEVERITIES,
  type Settings,
  type Severity,
} from "./engine/settings.ts";
export {
  mergeSettings,
  readSettingsFile,
  SETTING_NAMES,
} from "./engine/settings-file.ts";
export { addGroupBehind, takesGroups } from "./fix/add-entry.ts";
export { type Conversion, convertValue } from "./fix/convert-value.ts";
export { type CopiedGroup, copiedGroup, isBuiltInGroup } from "./fix/copied-group.ts";
export { type DecidedFinding, DecidedFindings } from "./fix/decided-findings.ts";
export { type DecisionCounts, DecisionPlan, type DecisionSources } from "./fix/decision-plan.ts";
export { describeEntry } from "./fix/describe-entry.ts";
export {
  countRecords,
  countsText,
  describeModifyFile,
  describeRecord,
  describeRefusal,
  groupedRefusals,
  type RecordCounts,
} from "./fix/describe-records.ts";
export { differenceOf, type Refusal } from "./fix/difference.ts";
export { editRecord } from "./fix/edit.ts";
export { ExportDifference } from "./fix/export-difference.ts";
export { styleOf } from "./fix/ldif-edit.ts";
export { type LaidOutBlock, type Layout, layOut, layoutStyle } from "./fix/ldif-layout.ts";
export {
  countedAttributes,
  describeLoss,
  firstDeviation,
  groupedByAttribute,
  lossesOf,
  type ModifyFileNames,
  type ModifyFiles,
  readBack,
  writeModifyFiles,
} from "./fix/modify-file.ts";
export { type Keys, type Plan, type PlannedFix, planFixes } from "./fix/plan.ts";
export {
  inverseOf,
  type PlannedAdd,
  type PlannedDelete,
  type PlannedModify,
  type PlannedModSpec,
  type PlannedRecord,
  type PlannedRename,
  renamedDn,
} from "./fix/planned-record.ts";
export { type Scripts, writeScripts } from "./fix/powershell.ts";
export {
  type DraftedFix,
  draftFix,
  FixAttempts,
  newKeys,
  objections,
  type ProposedFix,
  proposeFix,
  tryFix,
} from "./fix/propose.ts";
export { ProposedKeys } from "./fix/proposed-keys.ts";
export { type SeparateEdit, separateEdits } from "./fix/separate-edits.ts";
export { type CopyNote, type SynchronizingCopy, SynchronizingCopyPlan } from "./fix/synchronizing-copy.ts";
export { applyChanges, type TextChange } from "./fix/text-change.ts";
export { whyUnnamed } from "./fix/unnamed.ts";
export {
  dialectOf,
  type ExportDialect,
  type ExportFormat,
  type ExportReader,
  FORMAT_HEAD,
  formatOf,
  isLdifName,
  isPlainExport,
  isTableName,
  LDIF_FORMAT,
  NO_EXPORT,
  UNCERTAIN,
} from "./formats/index.ts";
export { PieceSearch, textOfDn } from "./formats/piece-search.ts";
export {
  lineOfValue,
  type NamedDn,
  namedDn,
  namesDns,
  recordContent,
  recordDn,
  recordValues,
  referencesIn,
  runOfValues,
} from "./formats/record-values.ts";
export { LDIF_SCAN } from "./formats/scan.ts";
export { plainBlock } from "./ldif/blocks.ts";
export type { LdifLine } from "./ldif/line.ts";
export { type LogicalLine, logicalLines } from "./ldif/logical-lines.ts";
export { problem } from "./ldif/problem.ts";
export { LdifReader, readLdif } from "./ldif/reader.ts";
export { LdifChange, LdifEntry, type LdifRecord } from "./ldif/record.ts";
export { MOD_SPEC_SKELETONS, RECORD_SKELETONS, type Skeleton, skeletonText } from "./ldif/skeletons.ts";
export { isSafeString, type LineStyle, type WrittenValue } from "./ldif/writer.ts";
export { addressKey, domainStart, parseProxyAddress } from "./model/address.ts";
export { type AttributeFacts, attributeFacts, attributeNames, isDnValued } from "./model/attribute-facts.ts";
export { attributeType, withoutOptions } from "./model/attribute-type.ts";
export { dnKey, escapeRdnValue, isDn, parentDn, parseDn, rdnText, rdnValue } from "./model/dn.ts";
export { EditedEntry, type ValueChange } from "./model/edited-entry.ts";
export type { AttributeValue, Entry } from "./model/entry.ts";
export {
  addressSourceText,
  type ExchangeAddresses,
  exchangeAddresses,
  type ResultingAddress,
  unusedReasonText,
} from "./model/exchange-addresses.ts";
export { explainAttribute } from "./model/explain-attribute.ts";
export {
  type ExplainedPicture,
  explainDn,
  explainValue,
  type LocalOffset,
  type ValueExplanation,
} from "./model/explain-value.ts";
export { AttributeNumbers } from "./model/numbered-values.ts";
export { mayHold } from "./model/object-classes.ts";
export type { PassedRecord, RowLayout, ScanFormat, ScanReader } from "./model/scan-format.ts";
export {
  RECORD_FLAGS,
  RECORD_INTS,
  ScannedEntry,
  type ScannerOutput,
  VALUE_INTS,
} from "./model/scanned-entry.ts";
export type { PieceScanner, ReadPiece } from "./model/source-format.ts";
export type { EntryRecord, FilePlace, SourceRecord } from "./model/source-record.ts";
export type { ImportFailure, ImportLog, ImportTool } from "./results/import-log.ts";
export { type ImportedFile, type ImportedRecord, readImportedFile } from "./results/imported-record.ts";
export {
  codeName,
  failureAdvice,
  failureId,
  failureMessage,
  type ImportOutcome,
  importOutcome,
  type RecordOutcome,
  type RecordStatus,
} from "./results/outcome.ts";
export { readImportLog } from "./results/read-log.ts";
export { remainingRecords } from "./results/remaining.ts";
export { idFixError } from "./rules/idfix-errors.ts";
export { ENTRY_RULES, FORMAT_RULES, RULE_IDS, RULES } from "./rules/index.ts";
export { base64Of } from "./text/base64.ts";
export { quoted, visible } from "./text/characters.ts";
export { PiecedText } from "./text/pieced-text.ts";
export { countLineEnds, type Position, positionAt, type Range, rangeOf } from "./text/position.ts";
export type { SourceValue } from "./text/source-value.ts";
export type { Span } from "./text/span.ts";
