/** Makes an element. Texts become text nodes: whatever stands in a value, nothing of it is ever read as markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly Node[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, `${value}`);
  made.append(...children);
  return made;
}

export function button(label: string, run: () => void, attributes: Readonly<Record<string, string>> = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", run);
  return made;
}

const NUMBER = new Intl.NumberFormat("en");

export function counted(count: number, noun: string): string {
  return `${NUMBER.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

export function written(count: number): string {
  return NUMBER.format(count);
}

/** Control characters and those that nobody sees are shown as symbols: a line stays a line. */
export function visible(text: string): string {
  return text.replace(/[\x00-\x1f\x7f]/g, (character) => String.fromCharCode(symbolOf(character.charCodeAt(0))));
}

/** The picture of a control character in Unicode. */
function symbolOf(code: number): number {
  return code === 0x7f ? 0x2421 : 0x2400 + code;
}
