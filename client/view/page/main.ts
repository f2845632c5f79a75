import type { Decided, Facet, FindingRow, FindingsPart } from "../../../server/lsp/findings-protocol.ts";
import type { Ask, FindingQuery } from "../messages.ts";
import { Bridge } from "./bridge.ts";
import { button, counted, element, written } from "./dom.ts";
import { Facets } from "./facets.ts";
import { Grid } from "./grid.ts";
import { Lines } from "./lines.ts";
import { FACET_LABELS } from "./names.ts";
import { Summary } from "./summary.ts";

/** A filter is applied when so long nothing was typed, and changes of the export are shown when they rest, in milliseconds. */
const TYPING_MS = 120;
const CHANGED_MS = 250;

const GROUPS: readonly Facet[] = ["severity", "rule", "ou", "objectClass", "decision"];

/** The findings of one export: what is asked for, and what is shown of the answers. */
class FindingsPage {
  readonly #bridge = new Bridge(() => this.#changedSoon());
  readonly #lines = new Lines(this.#bridge, () => this.#grid.render());
  readonly #toggle = (facet: Facet, name: string) => this.#toggled(facet, name);
  readonly #facets = new Facets(this.#toggle);
  readonly #summary = new Summary(this.#toggle);
  readonly #status = element("div", { class: "status", role: "status", "aria-live": "polite" });
  readonly #filter = element("input", {
    type: "search",
    placeholder: "Filter",
    "aria-label": "Filter findings by a text",
  });
  readonly #group = element("select", { "aria-label": "Group findings" });
  readonly #grid: Grid = new Grid(this.#lines, {
    check: async ({ row }, text) => {
      const version = this.#lines.version;
      const objection = await this.#bridge.ask<{ message: string }>({ kind: "check", version, row, text });
      return objection?.message;
    },
    take: ({ row }, text) => void this.#decide({ rows: [row], action: "edit", text }),
    decide: ({ row }, action) => void this.#decide({ rows: [row], action }),
    openPlace: (row) => void this.#openPlace(row),
    sort: (sort) => this.#sort(sort),
  });
  #query: FindingQuery = {};
  #changed: ReturnType<typeof setTimeout> | undefined;

  start(root: HTMLElement): void {
    let typing: ReturnType<typeof setTimeout> | undefined;
    this.#filter.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.#ask({ ...this.#query, text: this.#filter.value }), TYPING_MS);
    });
    this.#filter.addEventListener("keydown", ({ key }) => key === "ArrowDown" && this.#grid.root.focus());
    this.#group.append(element("option", { value: "" }, "No groups"));
    for (const facet of GROUPS)
      this.#group.append(element("option", { value: facet }, `By ${FACET_LABELS[facet].toLowerCase()}`));
    this.#group.addEventListener("change", () => {
      const { group: _, ...others } = this.#query;
      const group = GROUPS.find((one) => one === this.#group.value);
      this.#ask({ ...others, ...(group !== undefined && { group }) });
    });
    const toolbar = element(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "Actions" },
      this.#filter,
      this.#group,
    );
    toolbar.append(
      button("Clear Filters", () => this.#clear()),
      button("Accept All Safe Suggestions", () => void this.#decide({ query: this.#query, action: "suggested" })),
      button("Write Modify File", () => void this.#bridge.ask({ kind: "write" })),
      button("Export CSV", () => this.#export("csv")),
      button("Export IdFix CSV", () => this.#export("idfix")),
    );
    root.append(
      element("h1", { class: "title" }, document.title),
      this.#summary.root,
      toolbar,
      element("div", { class: "columns" }, this.#facets.root, this.#grid.root),
      this.#status,
    );
    this.#status.textContent = "Reading the export …";
    void this.#show(true).then(() => this.#grid.root.focus());
  }

  #ask(query: FindingQuery): void {
    this.#query = query;
    void this.#show(true);
  }

  async #show(fromTheFirst: boolean): Promise<void> {
    const part = await this.#lines.open(this.#query, this.#grid.firstLine);
    if (part === undefined) {
      if (this.#lines.version === 0) this.#status.textContent = "The export cannot be read.";
      return;
    }
    this.#facets.show(part, this.#query);
    this.#summary.show(part);
    this.#grid.refresh(fromTheFirst);
    this.#status.textContent = statusOf(part);
  }

  #changedSoon(): void {
    clearTimeout(this.#changed);
    this.#changed = setTimeout(() => void this.#show(false), CHANGED_MS);
  }

  #toggled(facet: Facet, name: string): void {
    const chosen = this.#query.facets?.[facet] ?? [];
    const names = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
    this.#ask({ ...this.#query, facets: { ...this.#query.facets, [facet]: names } });
  }

  #clear(): void {
    const { text: _, facets: __, ...others } = this.#query;
    this.#filter.value = "";
    this.#ask(others);
  }

  /** The same column once more turns the order, and a third time gives back that of the export. */
  #sort(sort: NonNullable<FindingQuery["sort"]>): void {
    const { sort: before, descending, ...others } = this.#query;
    if (before !== sort) this.#ask({ ...others, sort });
    else if (descending !== true) this.#ask({ ...others, sort, descending: true });
    else this.#ask(others);
  }

  async #decide(what: Omit<Extract<Ask, { kind: "decide" }>, "kind" | "version">): Promise<void> {
    if (what.rows === undefined) this.#status.textContent = "Looking at the suggestions …";
    const decided = await this.#bridge.ask<Decided>({ kind: "decide", version: this.#lines.version, ...what });
    await this.#show(false);
    if (decided?.message !== undefined) this.#status.textContent = `${decided.message}.`;
    else if (what.rows === undefined)
      this.#status.textContent = `${counted(decided?.count ?? 0, "suggestion")} accepted.`;
  }

  async #openPlace({ row }: FindingRow): Promise<void> {
    const isThere = await this.#bridge.ask<boolean>({ kind: "place", version: this.#lines.version, row });
    if (isThere !== true) this.#changedSoon();
  }

  #export(format: "csv" | "idfix"): void {
    void this.#bridge.ask({ kind: "export", query: this.#query, format });
  }
}

function statusOf({ matching, total }: FindingsPart): string {
  return matching === total ? counted(total, "finding") : `${written(matching)} of ${counted(total, "finding")}`;
}

const root = document.getElementById("view");
if (root !== null) new FindingsPage().start(root);
