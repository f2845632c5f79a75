import type { FindingRow } from "../../../server/lsp/findings-protocol.ts";
import { element } from "./dom.ts";

/** A value is checked when so long nothing was typed, in milliseconds. */
const REST_MS = 120;

export interface EditedCell {
  /** What speaks against a new value; nothing where nothing does. */
  check(row: FindingRow, text: string): Promise<string | undefined>;
  take(row: FindingRow, text: string): void;
}

/** Edits a new value in its place in the table; it is checked while it is typed. */
export class CellEditor {
  readonly #cell: EditedCell;
  readonly #closed: () => void;
  readonly #objection = element("div", { id: "objection", class: "objection", role: "alert" });
  #input: HTMLInputElement | undefined;
  #checks = 0;

  constructor(cell: EditedCell, closed: () => void) {
    this.#cell = cell;
    this.#closed = closed;
  }

  get isOpen(): boolean {
    return this.#input !== undefined;
  }

  open(place: HTMLElement, row: FindingRow): void {
    this.cancel();
    const input = element("input", {
      type: "text",
      spellcheck: "false",
      "aria-label": `New value of ${row.attribute}`,
    });
    input.setAttribute("aria-describedby", "objection");
    const current = row.value !== undefined && row.value.length === undefined ? row.value.text : "";
    input.value = row.newValue ?? row.suggestion?.text ?? current;
    this.#input = input;
    place.replaceChildren(input, this.#objection);
    place.classList.add("editing");
    let timer: ReturnType<typeof setTimeout> | undefined;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.#check(row), REST_MS);
    });
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.#close();
      if (event.key === "Enter") void this.#take(row);
    });
    input.addEventListener("blur", () => setTimeout(() => this.#input === input && this.#close(), 0));
    input.focus();
    input.select();
    void this.#check(row);
  }

  /** Leaves everything as it was. */
  cancel(): void {
    if (this.isOpen) this.#close();
  }

  /** Answers whether nothing speaks against the value as it is now. */
  async #check(row: FindingRow): Promise<boolean> {
    const input = this.#input;
    if (input === undefined) return false;
    const check = ++this.#checks;
    const objection = await this.#cell.check(row, input.value);
    if (check !== this.#checks || this.#input !== input) return false;
    input.setAttribute("aria-invalid", `${objection !== undefined}`);
    this.#objection.textContent = objection ?? "";
    return objection === undefined;
  }

  async #take(row: FindingRow): Promise<void> {
    const text = this.#input?.value;
    if (text === undefined || !(await this.#check(row))) return;
    this.#close();
    this.#cell.take(row, text);
  }

  #close(): void {
    this.#input = undefined;
    this.#objection.textContent = "";
    this.#closed();
  }
}
