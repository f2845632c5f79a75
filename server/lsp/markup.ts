import { type ExplainedPicture, visible } from "../core/index.ts";

/** How texts are put on paper for a client. What comes from an export is shown as text, whatever it says, and cut where it is long. */
export interface Markup {
  /** Words of ours, or messages of findings. */
  text(words: string): string;
  strong(words: string): string;
  /** A text of the export within a line. */
  code(text: string): string;
  /** A text of the export with lines of its own. */
  block(text: string): string;
  item(words: string): string;
  link(words: string, target: string): string;
  /** `undefined` where the client shows none. */
  picture(picture: ExplainedPicture, words: string): string | undefined;
  /** Stands between parts that have nothing to do with each other. */
  readonly rule: string;
}

/** More of a text within a line, or of a block, is not shown, in UTF-16 units. */
const MOST_IN_LINE = 300;
const MOST_IN_BLOCK = 2000;

/** VS Code cuts a hover after 100,000 characters: with a longer picture there would be no room for words. In characters of base64. */
const MOST_OF_PICTURE = 90_000;

export const MARKDOWN: Markup = {
  text: escaped,
  strong: (words) => `**${escaped(words)}**`,
  code: (text) => {
    const { shown, note } = cut(text, MOST_IN_LINE);
    return `${codeSpan(visible(shown))}${note}`;
  },
  block: (text) => {
    const { shown, note } = cut(text, MOST_IN_BLOCK);
    const lines = visibleLines(shown);
    const fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
    // Without a language VS Code colours it as what the document is.
    return `${fence}plaintext\n${lines}\n${fence}${note === "" ? "" : `\n\n${note.trim()}`}`;
  },
  item: (words) => `* ${words}`,
  link: (words, target) => `[${words}](${target})`,
  picture: ({ mediaType, base64 }, words) =>
    base64.length > MOST_OF_PICTURE ? undefined : `![${escaped(words)}](data:${mediaType};base64,${base64})`,
  rule: "\n\n---\n\n",
};

export const PLAIN: Markup = {
  text: visible,
  strong: visible,
  code: (text) => {
    const { shown, note } = cut(text, MOST_IN_LINE);
    return `${visible(shown)}${note}`;
  },
  block: (text) => {
    const { shown, note } = cut(text, MOST_IN_BLOCK);
    return `${visibleLines(shown)}${note}`;
  },
  item: (words) => `- ${words}`,
  link: (_, target) => target,
  picture: () => undefined,
  rule: "\n\n",
};

/** A text in which Markdown finds nothing: no markup, no HTML, and no link that stands there by itself. */
export function escaped(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]()<>#+\-.!|~&:@]/g, "\\$&");
}

function codeSpan(text: string): string {
  if (text === "") return "(empty)";
  const fence = "`".repeat(longestRun(text) + 1);
  const pad = /^[` ]|[` ]$/.test(text) && text.trim() !== "" ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visible).join("\n");
}

/** The beginning of a text that is too long, no character cut in two, and what to say then. */
function cut(text: string, most: number): { readonly shown: string; readonly note: string } {
  if (text.length <= most) return { shown: text, note: "" };
  const end = /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most;
  return { shown: text.slice(0, end), note: ` ... (${text.length.toLocaleString("en-US")} characters in all)` };
}
