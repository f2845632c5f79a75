import type { Facet, FacetCount, FateKind, FindingsPart } from "../../../server/lsp/findings-protocol.ts";
import { counted, element, svgElement, written } from "./dom.ts";
import { FATES, nameIn } from "./names.ts";

/** In the units of the drawing. */
const WIDTH = 600;
const BAR = 22;

/** So many bars of a list are drawn. */
const MOST_BARS = 5;

const ORDER: readonly FateKind[] = ["clean", "changes", "fails", "staysOut"];

/** What becomes of the objects, in bars that filter when they are clicked. */
export class Summary {
  readonly root = element("details", { class: "summary", open: "" });
  readonly #body = element("div", { class: "summary-body" });
  readonly #toggle: (facet: Facet, name: string) => void;

  constructor(toggle: (facet: Facet, name: string) => void) {
    this.#toggle = toggle;
    this.root.append(element("summary", {}, "Sync readiness"), this.#body);
  }

  show({ entries, fates, facets }: FindingsPart): void {
    this.#body.replaceChildren(
      this.#fates(entries, fates),
      this.#bars("Most frequent rules", "rule", facets.rule),
      this.#bars("Domain suffixes", "domain", facets.domain),
    );
  }

  #fates(entries: number, fates: FindingsPart["fates"]): HTMLElement {
    const drawing = svgElement("svg", {
      viewBox: `0 0 ${WIDTH} ${BAR}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    let x = 0;
    const legend = element("ul", { class: "legend" });
    for (const fate of ORDER) {
      const width = entries === 0 ? 0 : (fates[fate] / entries) * WIDTH;
      const part = svgElement("rect", { x, y: 0, width, height: BAR, class: fate });
      if (fate !== "clean") part.addEventListener("click", () => this.#toggle("fate", fate));
      drawing.append(part);
      x += width;
      legend.append(element("li", {}, this.#fateButton(fate, fates[fate])));
    }
    const title = element("h2", {}, `What becomes of ${counted(entries, "object")}`);
    return element("section", { class: "fates" }, title, drawing, legend);
  }

  /** Objects that synchronize as they are have nothing that could be looked at. */
  #fateButton(fate: FateKind, count: number): HTMLElement {
    const mark = element("span", { class: `mark ${fate}`, "aria-hidden": "true" });
    const label = `${FATES[fate]}: `;
    if (fate === "clean") return element("span", {}, mark, label, element("b", {}, written(count)));
    const made = element("button", { type: "button", class: "link" }, mark, label, element("b", {}, written(count)));
    made.addEventListener("click", () => this.#toggle("fate", fate));
    return made;
  }

  #bars(title: string, facet: Facet, counts: readonly FacetCount[]): HTMLElement {
    const shown = counts.filter(({ name }) => facet !== "domain" || name !== "").slice(0, MOST_BARS);
    const most = Math.max(1, ...shown.map(({ count }) => count));
    const list = element("ul", { class: "bars" });
    for (const { name, count } of shown) {
      const drawing = svgElement("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
      drawing.append(svgElement("rect", { x: 0, y: 0, width: (count / most) * 100, height: 10 }));
      const label = element("span", { class: "name" }, nameIn(facet, name));
      const made = element(
        "button",
        { type: "button", class: "bar" },
        label,
        drawing,
        element("b", {}, written(count)),
      );
      made.title = `${nameIn(facet, name)}: ${counted(count, "finding")}`;
      made.addEventListener("click", () => this.#toggle(facet, name));
      list.append(element("li", {}, made));
    }
    return element("section", {}, element("h2", {}, title), list);
  }
}
