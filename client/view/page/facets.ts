import type { Facet, FindingsPart } from "../../../server/lsp/findings-protocol.ts";
import type { FindingQuery } from "../messages.ts";
import { element, written } from "./dom.ts";
import { FACET_LABELS, nameIn } from "./names.ts";

/** In the order in which they are shown. */
const SHOWN: readonly Facet[] = ["severity", "rule", "objectClass", "decision", "fate", "ou", "domain"];

/** The lists of names with counts, by which findings are filtered. */
export class Facets {
  readonly root = element("nav", { class: "facets", "aria-label": "Filters" });
  readonly #toggle: (facet: Facet, name: string) => void;
  readonly #lists = new Map<Facet, HTMLElement>();

  constructor(toggle: (facet: Facet, name: string) => void) {
    this.#toggle = toggle;
    for (const facet of SHOWN) {
      const list = element("div", { class: "names", role: "group", "aria-label": FACET_LABELS[facet] });
      const details = element("details", {}, element("summary", {}, FACET_LABELS[facet]), list);
      details.open = facet !== "ou" && facet !== "domain";
      this.#lists.set(facet, list);
      this.root.append(details);
    }
  }

  show({ facets }: FindingsPart, query: FindingQuery): void {
    for (const facet of SHOWN) {
      const chosen = new Set(query.facets?.[facet] ?? []);
      const known = facets[facet];
      const missing = [...chosen].filter((name) => !known.some((one) => one.name === name));
      const all = [...known, ...missing.map((name) => ({ name, count: 0 }))];
      const list = this.#lists.get(facet)!;
      const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("data-name") : null;
      list.replaceChildren(...all.map(({ name, count }) => this.#item(facet, name, count, chosen.has(name))));
      // What is made anew under somebody's fingers keeps the focus.
      if (typeof focused === "string") {
        for (const box of list.querySelectorAll("input")) if (box.dataset.name === focused) box.focus();
      }
    }
  }

  #item(facet: Facet, name: string, count: number, isChosen: boolean): HTMLElement {
    const box = element("input", { type: "checkbox", "data-name": name });
    box.checked = isChosen;
    box.addEventListener("change", () => this.#toggle(facet, name));
    const text = nameIn(facet, name);
    const label = element("span", { class: "name" }, text);
    label.title = text;
    return element("label", {}, box, label, element("span", { class: "count" }, written(count)));
  }
}
