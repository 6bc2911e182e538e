// The text between the elements: its spaces, and backslashes before what Markdown would take for marks of its own. There
// are only as few as must be, since people go on writing in what comes out.

import { isBlock, textsIn } from "./elements.js";

// Markdown makes a link of it, and takes a backslash in it for part of it.
const BARE_ADDRESS = /((?<!\S)https?:\/\/[\w.~:/?#@!$&'()+,;=%-]*[a-z0-9/](?=[\s.,;:!?)]|$))/i;
// What begins a block where a line begins: a heading, a quotation, an item, a definition, a line across, a table.
const LINE_BEGINNING = [
  [/^(#{1,6})(?=\s|$)/, "\\$1"],
  [/^(>|[-+:](?=\s|$)|\|)/, "\\$1"],
  [/^(-{2,}|=+|:?-+:?(?=\s*(?:\||$)))/, "\\$1"],
  [/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2"],
  [/^\[(?=[ xX]\])/, "\\["],
];
const HEADING = "h1,h2,h3,h4,h5,h6";
const HEADING_END = /(?<=^|\s)#+$/; // which Markdown leaves out
const ANYWHERE = [
  [/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\"],
  [/(?<!\s)\*|\*(?!\s)/g, "\\*"],
  [/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_"],
  [/`/g, "\\`"],
  [/(?<!\s)~|~(?![\s\p{L}\p{N}])/gu, "\\~"],
  [/<(?=[a-z/!?])/gi, "\\<"],
  [/&(?=#?\w+;)/g, "\\&"],
  [/\{(?=\{[<%])/g, "{\\"],
];

// One between spaces marks nothing, unless it stands between the tildes of a text that is struck out.
const STRUCK = [[/(?<=\s)~(?=[\s\p{L}\p{N}])/gu, "\\~"]];
const IN_LINK = [...ANYWHERE, [/[[\]]/g, "\\$&"]];
const OUTSIDE_LINK = [...ANYWHERE, [/\[(?=\^)|\](?=[([:])/g, "\\$&"]];

const applied = (rules, text) => rules.reduce((changed, rule) => changed.replace(...rule), text);

function escapedInline(text, parent) {
  const rules = [...(parent.closest("a") ? IN_LINK : OUTSIDE_LINK), ...(parent.closest("s") ? STRUCK : [])];
  const escaped = text.split(BARE_ADDRESS).map((part, at) => (at % 2 ? part : applied(rules, part))).join("");
  return parent.closest("th,td") ? escaped.replaceAll("|", "\\|") : escaped;
}

/** One space for many; a non-breaking one stays where it stands alone, between two words that belong together. */
function spaced(text) {
  return text.replace(/[ \t\r\n\f]+/g, " ").replace(/ ?\u00a0[ \u00a0]+| \u00a0/g, " ");
}

/** Whether nothing stands between a text and the edge of its line, on the side of `direction`. */
function isAtEdge(node, direction) {
  for (let at = node; ; at = at.parentNode) {
    let next = at[direction];
    while (next?.nodeType === 3 && !next.data.trim()) next = next[direction];
    if (next) return next.nodeType === 1 && (next.localName === "br" || isBlock(next));
    if (isBlock(at.parentNode)) return true;
  }
}

/** Line ends that a page shows as such become line breaks. */
export function keepLines(body) {
  for (const text of textsIn(body)) {
    const box = text.parentElement.closest("[data-style*='white-space' i],.whitespace-pre-wrap");
    const keeps = box && (box.matches(".whitespace-pre-wrap") || /white-space:\s*(?:pre|break)/i.test(box.dataset.style));
    if (!keeps || !text.data.includes("\n") || text.parentElement.closest("pre,code")) continue;
    const lines = text.data.split(/\r?\n/).flatMap((line) => [text.ownerDocument.createElement("br"), line]);
    text.replaceWith(...lines.slice(1));
  }
}

/** Readies every text outside of code to stand in Markdown. */
export function escapeTexts(body) {
  for (const node of textsIn(body).filter((text) => !text.parentElement.closest("pre,code,[data-footnote]"))) {
    const begins = isAtEdge(node, "previousSibling");
    const opened = begins ? spaced(node.data).replace(/^[ \u00a0]+/, "") : spaced(node.data);
    const ends = isAtEdge(node, "nextSibling");
    const text = ends ? opened.replace(/[ \u00a0]+$/, "") : opened;
    const marked = escapedInline(text, node.parentElement);
    const escaped = node.nextSibling?.localName === "a" ? marked.replace(/!$/, "\\!") : marked; // else it is a picture
    const inline = ends && node.parentElement.closest(HEADING) ? escaped.replace(HEADING_END, "\\$&") : escaped;
    node.data = begins && !node.parentElement.closest(`th,td,${HEADING}`) ? applied(LINE_BEGINNING, inline) : inline;
  }
}
