import { parseDn } from "../model/dn.ts";
import type { Span } from "../text/span.ts";
import {
  type AttributeHead,
  attributeHead,
  beginsWithDn,
  contentEnd,
  dnSpan,
  endOfLine,
  isBoundary,
  isCommand,
  isFailure,
} from "./lines.ts";
import { type LdpProblem, ldpProblem } from "./problem.ts";
import { type LdpAttribute, LdpEntry, LdpRecord, type RecordOrigin } from "./record.ts";
import { possibleEnds, splitValues, withoutLastSeparator } from "./split-values.ts";

/**
 * Reads what stands from one line with a DN to before the next, or before the first one. `start` and `firstLine` say where it stands in
 * what is read. Whatever is wrong with it is told in its problems; nothing throws.
 */
export function readLdpRecord(text: string, start: number, firstLine: number): LdpRecord {
  const problems: LdpProblem[] = [];
  const hasDn = beginsWithDn(text);
  const dn = hasDn ? dnSpan(text) : { start: 0, end: 0 };
  const dnText = text.slice(dn.start, dn.end);
  const isObject = hasDn && dnText !== "" && dnText !== "(RootDSE)";
  const lines = new PaneLines(text, isObject, problems);
  lines.read(hasDn ? endOfLine(text, 0) : 0);
  const reread = (copy: string) => readLdpRecord(copy, start, firstLine);
  const origin: RecordOrigin = { text, start, firstLine, problems, dn, attributes: lines.attributes, reread };
  if (!isObject) return new LdpRecord(origin);
  findDnProblem(dnText, dn, problems);
  findLostCharacters(text, lines.end, problems);
  problems.sort((one, other) => one.span.start - other.span.start);
  return new LdpEntry(origin);
}

/** An attribute whose last line may not have come yet. */
interface OpenAttribute {
  readonly head: AttributeHead;
  readonly start: number;
  contentEnd: number;
  end: number;
  /** How many values may have ended so far. */
  ends: number;
}

/** The lines of a record, taken one by one. */
class PaneLines {
  readonly attributes: LdpAttribute[] = [];
  /** Where the object ends: what follows is ldp's own. */
  end = 0;
  readonly #text: string;
  readonly #isObject: boolean;
  readonly #problems: LdpProblem[];
  #open: OpenAttribute | undefined;
  #isClosed = true;

  constructor(text: string, isObject: boolean, problems: LdpProblem[]) {
    this.#text = text;
    this.#isObject = isObject;
    this.#problems = problems;
  }

  read(from: number): void {
    this.end = from;
    let isOver = !this.#isObject;
    let hasFailed = false;
    for (let start = from; start < this.#text.length; ) {
      const end = endOfLine(this.#text, start);
      const content = { start, end: contentEnd(this.#text, start, end) };
      const line = this.#text.slice(content.start, content.end);
      isOver ||= isBoundary(line);
      if (!isOver) this.#take(line, content, end);
      else if (isCommand(line)) hasFailed = false;
      else if (!hasFailed && isFailure(line)) {
        hasFailed = true;
        this.#problems.push(ldpProblem("ldp-search-failed", content, { result: line.trim() }));
      }
      start = end;
    }
    this.#finish();
  }

  #take(line: string, content: Span, end: number): void {
    const head = attributeHead(line);
    if (head !== undefined) {
      this.#finish();
      this.#open = {
        head,
        start: content.start,
        contentEnd: content.end,
        end,
        ends: possibleEnds(line.slice(head.end)),
      };
    } else if (line.trim() === "") return;
    else if (this.#open !== undefined && !this.#isClosed) {
      this.#open.contentEnd = content.end;
      this.#open.end = end;
      this.#open.ends += possibleEnds(line);
    } else {
      this.#problems.push(ldpProblem("ldp-line-unexpected", content));
      return;
    }
    this.end = end;
    this.#isClosed = isClosed(this.#open!, line);
  }

  /** Nothing more comes of the attribute that is open. */
  #finish(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const { head, start, end } = open;
    const valuesStart = start + head.end;
    const content = this.#text.slice(valuesStart, open.contentEnd);
    const inner = withoutLastSeparator(content);
    const { values, isCertain } = splitValues(inner, head.count);
    const spans = values.map((one) => ({ start: valuesStart + one.start, end: valuesStart + one.end }));
    this.attributes.push({ head, start, end, valuesStart, valuesEnd: valuesStart + inner.length, values: spans });
    const { description: attribute } = head;
    const whole = { start: start + (head.leadingCount?.start ?? head.descriptionStart), end: open.contentEnd };
    if ((inner.length === content.length && content !== "") || inner.endsWith(CUT)) {
      this.#problems.push(ldpProblem("ldp-value-cut", whole, { attribute }));
    } else if (!isCertain) {
      const counts = { expected: `${head.count}`, found: `${values.length}` };
      this.#problems.push(ldpProblem("ldp-values-uncertain", whole, { attribute, ...counts }));
    }
  }
}

/** What stands for the rest of a value that somebody has left out. */
const CUT = "<...>";

/** Whether all values of an attribute may have been there with this line. */
function isClosed({ head, ends }: OpenAttribute, line: string): boolean {
  return head.count === 0 || (ends >= head.count && line.trimEnd().endsWith(";"));
}

function findDnProblem(dn: string, span: Span, problems: LdpProblem[]): void {
  const { error } = parseDn(dn);
  if (error === undefined) return;
  const place = { start: span.start + error.start, end: span.start + error.end };
  problems.push(ldpProblem("ldp-dn-malformed", place, { dn, reason: error.reason }));
}

function findLostCharacters(text: string, end: number, problems: LdpProblem[]): void {
  const nul = text.indexOf("\0");
  if (nul >= 0 && nul < end) problems.push(ldpProblem("ldp-null-character", { start: nul, end: nul + 1 }));
  const lost = text.indexOf("\ufffd");
  if (lost >= 0 && lost < end) problems.push(ldpProblem("ldp-replacement-character", { start: lost, end: lost + 1 }));
}
