import { SEVERITIES } from "../core/index.ts";
import type { ReportedFinding } from "./checked-exports.ts";

/** How many findings may still be kept, by all who share it. */
export interface Budget {
  left: number;
}

/** Keeps those of a file's findings that matter most: the most severe ones, and of these the first in the file. Counts all. */
export class MostSevere {
  readonly #most: number;
  readonly #budget: Budget;
  readonly #kept: ReportedFinding[] = [];
  readonly counts: Record<ReportedFinding["severity"], number> = { error: 0, warning: 0, information: 0, hint: 0 };

  constructor(most: number, budget: Budget) {
    this.#most = most;
    this.#budget = budget;
  }

  /** How many there were, kept or not. */
  get count(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** Those that are kept, what matters most first. */
  get kept(): readonly ReportedFinding[] {
    return this.#kept;
  }

  /** Answers whether it is kept now. */
  add(finding: ReportedFinding): boolean {
    this.counts[finding.severity]++;
    const last = this.#kept.at(-1);
    if (this.#kept.length >= this.#most || this.#budget.left <= 0) {
      if (last === undefined || order(finding, last) >= 0) return false;
      this.#kept.pop();
    } else this.#budget.left--;
    this.#kept.splice(this.#placeOf(finding), 0, finding);
    return true;
  }

  /** Gives back what it has taken of the budget. */
  drop(): void {
    this.#budget.left += this.#kept.length;
    this.#kept.length = 0;
  }

  #placeOf(finding: ReportedFinding): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(this.#kept[middle]!, finding) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function order(one: ReportedFinding, other: ReportedFinding): number {
  const severity = SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity);
  const [first, second] = [one.range.start, other.range.start];
  return severity || first.line - second.line || first.character - second.character;
}
