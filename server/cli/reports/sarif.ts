import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint, type Range, RULES, type Rule, rulePageUrl, type Severity } from "../../core/index.ts";
import {
  type AcceptedFinding,
  type CheckedFile,
  type Encoding,
  type ReportedFinding,
  type ReportedFix,
  reportedIdentity,
} from "../../node/index.ts";
import type { CheckSummary } from "../report.ts";
import { version } from "../version.ts";
import { harmlessJson } from "./json.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** Changes when the fingerprint is made in another way: then it stands beside the old one. */
const FINGERPRINT = "findingIdentity/v1";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** The names that IANA has for them. */
const ENCODINGS: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16LE",
  "utf-16be": "UTF-16BE",
  "windows-1252": "windows-1252",
  ibm850: "IBM850",
};

/** SARIF 2.1.0 (OASIS), for tools that collect findings. Findings that are accepted are in it too, as suppressed. */
export function* sarifReport(files: readonly CheckedFile[], summary: CheckSummary): Iterable<string> {
  const { failures, baselines } = summary;
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"],
    artifacts: [
      ...files.map(({ path, encoding }) => ({
        location: { uri: uriOf(path) },
        encoding: ENCODINGS[encoding],
        roles: ["analysisTarget"],
      })),
      ...baselines.map(({ path }) => ({ location: { uri: uriOf(path) } })),
    ],
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        toolExecutionNotifications: failures.map((text) => ({ level: "error", message: messageOf(text) })),
      },
    ],
  };
  // Several hundred thousand results do not fit into one text.
  yield `{"version":"2.1.0","$schema":${harmlessJson(SCHEMA)},"runs":[{\n${harmlessJson(run).slice(1, -1)},\n"results":[`;
  const artifacts = new Map([...files, ...baselines].map(({ path }, index) => [path, index]));
  const hasSuppressed = baselines.length > 0 || files.some(({ accepted }) => accepted.length > 0);
  const writer = new ResultWriter(artifacts, hasSuppressed);
  let separator = "\n";
  for (const result of writer.results(files, baselines)) {
    yield separator + harmlessJson(result);
    separator = ",\n";
  }
  yield "\n]}]}\n";
}

const driver = {
  name: "Syncready",
  semanticVersion: version,
  informationUri: "https://github.com/syncready/syncready",
  rules: RULES.map(descriptorOf),
};

const RULE_INDEXES: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, index) => [id, index]));

function descriptorOf({ id, title, severity, why }: Rule) {
  const [first = ""] = why.split("\n\n");
  return {
    id,
    shortDescription: { text: escaped(`${title}.`) },
    fullDescription: { text: escaped(plain(first)) },
    help: { text: escaped(plain(why)), markdown: withBraces(why) },
    helpUri: rulePageUrl(id),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

/** Markdown as our rules have it, without its marks and line ends. */
function plain(markdown: string): string {
  return markdown.replaceAll("`", "").replace(/(?<!\n)\n(?!\n|\*|-)/g, " ");
}

class ResultWriter {
  readonly #artifacts: ReadonlyMap<string, number>;
  /** Either all results say whether they are suppressed, or none does. */
  readonly #tellsSuppressions: boolean;

  constructor(artifacts: ReadonlyMap<string, number>, tellsSuppressions: boolean) {
    this.#artifacts = artifacts;
    this.#tellsSuppressions = tellsSuppressions;
  }

  *results(files: readonly CheckedFile[], baselines: CheckSummary["baselines"]) {
    for (const { findings, accepted } of files) {
      for (const finding of findings) yield this.#result(finding);
      for (const finding of accepted) yield this.#result(finding, finding);
    }
    for (const { findings } of baselines) for (const finding of findings) yield this.#result(finding);
  }

  #result(finding: ReportedFinding, acceptance?: AcceptedFinding) {
    const { rule, severity, message, file, range, dn, related = [], fix } = finding;
    const suppressions =
      acceptance === undefined ? [] : [{ kind: "external", status: "accepted", ...justified(acceptance.reason) }];
    return {
      ruleId: rule,
      ruleIndex: RULE_INDEXES.get(rule),
      level: LEVELS[severity],
      message: messageOf(message),
      locations: [this.#location(file, range, dn)],
      ...(related.length > 0 && {
        relatedLocations: related.map((other) => ({
          ...this.#location(other.file, other.range, other.dn),
          message: messageOf(other.dn === "" ? "rootDSE" : other.dn),
        })),
      }),
      partialFingerprints: { [FINGERPRINT]: fingerprint(reportedIdentity(finding)) },
      ...(this.#tellsSuppressions && { suppressions }),
      ...(fix?.edits !== undefined && fix.edits.length > 0 && { fixes: [this.#fix(file, fix, fix.edits)] }),
      properties: { severity, ...(fix !== undefined && { fixSafety: fix.safety }) },
    };
  }

  #location(file: string, range: Range, dn: string | undefined) {
    return {
      physicalLocation: { artifactLocation: this.#artifact(file), region: regionOf(range) },
      ...(dn !== undefined && dn !== "" && { logicalLocations: [{ fullyQualifiedName: dn, kind: "resource" }] }),
    };
  }

  #artifact(file: string) {
    const index = this.#artifacts.get(file);
    return { uri: uriOf(file), ...(index !== undefined && { index }) };
  }

  #fix(file: string, { title }: ReportedFix, edits: NonNullable<ReportedFix["edits"]>) {
    const replacements = edits.map(({ range, text }) => ({
      deletedRegion: regionOf(range),
      ...(text !== "" && { insertedContent: { text } }),
    }));
    return {
      description: messageOf(title),
      artifactChanges: [{ artifactLocation: this.#artifact(file), replacements }],
    };
  }
}

function justified(reason: string) {
  return reason === "" ? undefined : { justification: reason };
}

function regionOf({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function messageOf(text: string) {
  return { text: escaped(text) };
}

/** What a value has in brackets is not to become a link. */
function escaped(text: string): string {
  return withBraces(text).replace(/\[(?=[^\]]*\]\()/g, "\\[");
}

/** A message is a template: braces that are none of a placeholder are written twice. */
function withBraces(text: string): string {
  return text.replace(/[{}]/g, "$&$&");
}

/** A reference to a file, relative where the path is. */
function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path
    .split(sep)
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, "\ufffd")))
    .join("/");
}
