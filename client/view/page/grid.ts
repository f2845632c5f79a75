import type { DecisionAction, FindingRow } from "../../../server/lsp/findings-protocol.ts";
import type { FindingQuery } from "../messages.ts";
import { CellEditor, type EditedCell } from "./cell-editor.ts";
import { COLUMNS, cellText } from "./columns.ts";
import { button, element } from "./dom.ts";
import type { Line, Lines } from "./lines.ts";
import { ACTIONS, nameIn } from "./names.ts";

/** In pixels; the style has the same. */
const LINE_HEIGHT = 24;

/** So many lines are made above and below those that are seen. */
const BESIDE = 12;

export interface GridActions extends EditedCell {
  decide(row: FindingRow, action: DecisionAction | "suggested"): void;
  openPlace(row: FindingRow): void;
  sort(sort: NonNullable<FindingQuery["sort"]>): void;
}

/** What a key decides about the finding in the active line. */
const DECIDING_KEYS: Readonly<Record<string, DecisionAction | "suggested">> = {
  Delete: "remove",
  a: "accept",
  u: "undecided",
  s: "suggested",
};

/** The table: a grid of which only the lines that are seen exist. */
export class Grid {
  readonly root: HTMLElement;
  readonly #lines: Lines;
  readonly #actions: GridActions;
  readonly #scroller = element("div", { class: "scroller", role: "presentation" });
  readonly #canvas = element("div", { class: "canvas", role: "rowgroup" });
  readonly #headers: HTMLElement[];
  readonly #editor: CellEditor;
  readonly #made = new Map<number, { readonly line: Line; readonly isActive: boolean; readonly node: HTMLElement }>();
  #active = 0;
  #activeColumn = 0;

  constructor(lines: Lines, actions: GridActions) {
    this.#lines = lines;
    this.#actions = actions;
    this.#headers = COLUMNS.map(({ name, label, sort }, index) => {
      const sorting = button(label, () => actions.sort(sort), { tabindex: "-1" });
      return element("div", { role: "columnheader", class: `cell ${name}`, "aria-colindex": `${index + 1}` }, sorting);
    });
    const header = element("div", { role: "row", class: "header", "aria-rowindex": "1" }, ...this.#headers);
    this.#scroller.append(element("div", { role: "rowgroup", class: "head" }, header), this.#canvas);
    const help =
      "Findings. Enter goes to the place, F2 edits, Delete removes, A accepts, S takes the suggestion, U takes back.";
    this.root = element("div", { role: "grid", tabindex: "0", class: "grid", "aria-label": help }, this.#scroller);
    this.root.setAttribute("aria-colcount", `${COLUMNS.length}`);
    this.#editor = new CellEditor(actions, () => {
      this.root.focus();
      this.render();
    });
    this.#scroller.addEventListener("scroll", () => requestAnimationFrame(() => this.render()));
    new ResizeObserver(() => this.render()).observe(this.#scroller);
    this.root.addEventListener("keydown", (event) => this.#pressed(event));
    this.#canvas.addEventListener("click", (event) => this.#clicked(event));
    this.#canvas.addEventListener("dblclick", (event) => this.#clickedTwice(event));
  }

  /** The line that is seen first. */
  get firstLine(): number {
    return Math.floor(this.#scroller.scrollTop / LINE_HEIGHT);
  }

  /** Shows other lines; from the first one on where they are those of another query. */
  refresh(fromTheFirst: boolean): void {
    this.#editor.cancel();
    if (fromTheFirst) {
      this.#active = 0;
      this.#scroller.scrollTop = 0;
    }
    this.#active = Math.max(0, Math.min(this.#active, this.#lines.length - 1));
    const { sort = "place", descending = false } = this.#lines.query;
    for (const [index, column] of COLUMNS.entries()) {
      const isSorted = column.sort === sort && COLUMNS.findIndex((one) => one.sort === sort) === index;
      this.#headers[index]!.setAttribute("aria-sort", isSorted ? (descending ? "descending" : "ascending") : "none");
    }
    this.root.setAttribute("aria-rowcount", `${this.#lines.length + 1}`);
    this.#canvas.style.height = `${this.#lines.length * LINE_HEIGHT}px`;
    this.render();
  }

  render(): void {
    if (this.#editor.isOpen) return;
    const seen = Math.ceil(this.#scroller.clientHeight / LINE_HEIGHT);
    const from = Math.max(0, this.firstLine - BESIDE);
    const to = Math.min(this.#lines.length, this.firstLine + seen + BESIDE);
    for (const [index, { node }] of this.#made) {
      if (index >= from && index < to) continue;
      node.remove();
      this.#made.delete(index);
    }
    for (let index = from; index < to; index++) this.#show(index);
    this.#lines.expect(from, to);
    if (this.#made.has(this.#active)) this.root.setAttribute("aria-activedescendant", this.#activeId());
    else this.root.removeAttribute("aria-activedescendant");
  }

  #activeId(): string {
    const line = this.#made.get(this.#active)?.line;
    return line !== undefined && "finding" in line
      ? `cell-${this.#active}-${this.#activeColumn}`
      : `line-${this.#active}`;
  }

  #show(index: number): void {
    const line = this.#lines.at(index);
    const isActive = index === this.#active;
    const known = this.#made.get(index);
    if (known !== undefined && isSameLine(known.line, line) && !isActive && !known.isActive) return;
    const node = this.#lineOf(index, line);
    node.style.transform = `translateY(${index * LINE_HEIGHT}px)`;
    if (known === undefined) this.#canvas.append(node);
    else known.node.replaceWith(node);
    this.#made.set(index, { line, isActive, node });
  }

  #lineOf(index: number, line: Line): HTMLElement {
    const isActive = index === this.#active;
    const common = { role: "row", id: `line-${index}`, "aria-rowindex": `${index + 2}`, "data-line": `${index}` };
    const selected = { "aria-selected": `${isActive}` };
    if ("group" in line) {
      const { name, count } = line.group;
      const title = `${nameIn(this.#lines.query.group ?? "rule", name)} (${count})`;
      const cell = element(
        "div",
        { role: "gridcell", "aria-colspan": `${COLUMNS.length}`, class: "cell whole" },
        title,
      );
      return element("div", { ...common, ...selected, class: `line group${isActive ? " active" : ""}` }, cell);
    }
    if ("loading" in line) {
      const cell = element("div", { role: "gridcell", class: "cell whole" }, "…");
      return element("div", { ...common, class: `line loading${isActive ? " active" : ""}` }, cell);
    }
    const { finding } = line;
    const cells = COLUMNS.map((column, at) => {
      const id = { id: `cell-${index}-${at}`, "aria-colindex": `${at + 1}` };
      const active = isActive && at === this.#activeColumn ? " active-cell" : "";
      const attributes = { role: "gridcell", class: `cell ${column.name}${active}`, ...id };
      if (column.name === "decision") return element("div", attributes, this.#choice(finding));
      const cell = element("div", attributes, cellText(column, finding));
      cell.title = column.title?.(finding) ?? cell.textContent ?? "";
      return cell;
    });
    const kind = `${finding.severity} ${finding.decision}${isActive ? " active" : ""}`;
    return element("div", { ...common, ...selected, class: `line finding ${kind}` }, ...cells);
  }

  /** The decision, which a pointer changes here and a keyboard with the keys of the grid. */
  #choice(finding: FindingRow): HTMLElement {
    const choice = element("select", { tabindex: "-1", "aria-label": "Decision" });
    const order: readonly DecisionAction[] = ["undecided", "edit", "remove", "accept"];
    for (const action of order.filter((one) => finding.actions.includes(one))) {
      const option = element("option", { value: action }, ACTIONS[action]);
      option.selected = action === finding.decision;
      choice.append(option);
    }
    choice.addEventListener("change", () => {
      const action = choice.value as DecisionAction;
      if (action !== "edit") this.#actions.decide(finding, action);
      else this.#edit();
    });
    return choice;
  }

  #pressed(event: KeyboardEvent): void {
    if (this.#editor.isOpen || event.target !== this.root) return;
    const { key } = event;
    const finding = this.#findingAt(this.#active);
    const decision = event.ctrlKey || event.metaKey || event.altKey ? undefined : DECIDING_KEYS[key];
    if (this.#moves(event)) event.preventDefault();
    else if (key === "Enter" && finding !== undefined) this.#actions.openPlace(finding);
    else if (key === "F2") this.#edit();
    else if (decision !== undefined && finding !== undefined) this.#actions.decide(finding, decision);
    else return;
    event.preventDefault();
  }

  /** Follows the keys that move; answers whether it was one. */
  #moves({ key, ctrlKey }: KeyboardEvent): boolean {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / LINE_HEIGHT) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.#lines.length,
      End: this.#lines.length,
    };
    if (ctrlKey && key !== "Home" && key !== "End") return false;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const column = this.#activeColumn + (key === "ArrowLeft" ? -1 : 1);
      this.#activeColumn = Math.max(0, Math.min(column, COLUMNS.length - 1));
      this.#goTo(this.#active);
      document.getElementById(this.#activeId())?.scrollIntoView({ block: "nearest", inline: "nearest" });
      return true;
    }
    const step = steps[key];
    if (step === undefined) return false;
    this.#goTo(this.#active + step);
    return true;
  }

  #goTo(line: number): void {
    this.#active = Math.max(0, Math.min(line, this.#lines.length - 1));
    const top = this.#active * LINE_HEIGHT;
    // The header covers the first line of what is scrolled.
    const height = this.#scroller.clientHeight - LINE_HEIGHT;
    if (top < this.#scroller.scrollTop) this.#scroller.scrollTop = top;
    else if (top + LINE_HEIGHT > this.#scroller.scrollTop + height)
      this.#scroller.scrollTop = top + LINE_HEIGHT - height;
    this.render();
  }

  #clicked({ target }: MouseEvent): void {
    const line = lineAt(target);
    if (line === undefined || target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
    const cell = target instanceof Element ? target.closest("[aria-colindex]") : null;
    if (cell !== null) this.#activeColumn = Number(cell.getAttribute("aria-colindex")) - 1;
    this.root.focus();
    this.#goTo(line);
  }

  #clickedTwice({ target }: MouseEvent): void {
    const line = lineAt(target);
    const finding = line === undefined ? undefined : this.#findingAt(line);
    if (finding === undefined || target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
    const isNewValue = target instanceof Element && target.closest(".cell.new") !== null;
    if (isNewValue) this.#edit();
    else this.#actions.openPlace(finding);
  }

  #findingAt(index: number): FindingRow | undefined {
    const line = index < this.#lines.length ? this.#lines.at(index) : undefined;
    return line !== undefined && "finding" in line ? line.finding : undefined;
  }

  #edit(): void {
    const finding = this.#findingAt(this.#active);
    const cell = this.#made.get(this.#active)?.node.querySelector<HTMLElement>(".cell.new");
    if (finding?.actions.includes("edit") !== true || !cell) return;
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#editor.open(cell, finding);
  }
}

function lineAt(target: EventTarget | null): number | undefined {
  const line = target instanceof Element ? target.closest("[data-line]")?.getAttribute("data-line") : undefined;
  return line === null || line === undefined ? undefined : Number(line);
}

function isSameLine(one: Line, other: Line): boolean {
  if ("finding" in one) return "finding" in other && one.finding === other.finding;
  if ("group" in one) return "group" in other && one.group === other.group;
  return "loading" in other;
}
