// What only Word writes: paragraphs that are items of lists, titles and quotes by class, comments.

import { renamed, styleOf, unwrap } from "./elements.js";

const REMARKS = "[data-style*='mso-element:comment' i],[data-style*='mso-special-character:comment' i],.MsoCommentReference,"
  + "del[cite],[data-style*='mso-hide:all' i]";
const NUMBER = /^\s*\(?((\d+)|[a-z]{1,5})[.)]\s*$/i;

function removeRemarks(body) {
  body.querySelectorAll(REMARKS).forEach((element) => element.remove());
  body.querySelectorAll("[data-style*='mso-comment' i]").forEach(unwrap);
}

function nameBlocks(body) {
  body.querySelectorAll("p.MsoTitle").forEach((title) => renamed(title, "h1"));
  body.querySelectorAll("p.MsoQuote,p.MsoIntenseQuote").forEach((quote) => renamed(quote, "blockquote"));
  body.querySelectorAll("p[role=heading][aria-level],div[role=heading][aria-level]").forEach((heading) => {
    renamed(heading, `h${Math.min(Math.max(parseInt(heading.getAttribute("aria-level"), 10) || 2, 1), 6)}`);
  });
}

/** What Word's paragraph says of itself as an item; takes its marker out of the text. Nothing for other paragraphs. */
function itemOf(paragraph) {
  const [, level] = /^l\d+\s+level(\d+)/i.exec(styleOf(paragraph)["mso-list"] ?? "") ?? [];
  if (!level) return undefined;
  const ignored = [...paragraph.querySelectorAll("[data-style*='mso-list' i]")];
  const markers = ignored.filter((span) => /^ignore$/i.test(styleOf(span)["mso-list"] ?? ""));
  const marker = markers.map((span) => span.textContent).join("").replaceAll("\u00a0", " ");
  markers.forEach((span) => span.remove());
  const [numbered, , start] = NUMBER.exec(marker) ?? [];
  return { level: Number(level), ordered: Boolean(numbered), start: Number(start ?? 1) };
}

/** What Word in the browser says of an item: it makes a list of each. */
function itemOnline(element) {
  const level = Number(element.getAttribute("data-aria-level") ?? element.getAttribute("aria-level"));
  const start = Number(element.getAttribute("data-aria-posinset") ?? 1);
  return { level, ordered: element.parentElement.matches("ol"), start };
}

/** The list that an item of this level belongs to, made where there is none; `open` holds the lists around it. */
function listFor(item, element, open) {
  while (open.length && open.at(-1).level > item.level) open.pop();
  if (open.at(-1)?.level === item.level && open.at(-1).ordered !== item.ordered) open.pop();
  if (open.at(-1)?.level === item.level) return open.at(-1).list;
  const list = element.ownerDocument.createElement(item.ordered ? "ol" : "ul");
  if (item.ordered && item.start !== 1) list.setAttribute("start", item.start);
  const outer = open.at(-1)?.list.lastElementChild;
  if (outer) outer.append(list);
  else element.before(list);
  open.push({ ...item, list });
  return list;
}

/** Makes lists of elements that say of which level they are an item; what stands between two ends a list. */
function makeLists(elements, itemFrom) {
  let open = [];
  let last;
  for (const element of elements) {
    const item = itemFrom(element);
    if (!item) continue;
    if (last && element.previousElementSibling !== last) open = [];
    const list = listFor(item, element, open);
    list.append(renamed(element, "li"));
    last = open[0].list;
  }
}

function listsOfWordOnline(body) {
  const items = [...body.querySelectorAll(".ListContainerWrapper li")];
  const found = new Map(items.map((item) => [item, itemOnline(item)]));
  body.querySelectorAll(".ListContainerWrapper :is(ul,ol)").forEach(unwrap);
  body.querySelectorAll(".ListContainerWrapper").forEach(unwrap);
  makeLists(items, (item) => found.get(item));
}

/** Gives Word's contents the elements that they mean. */
export function tidyWord(body) {
  removeRemarks(body);
  nameBlocks(body);
  listsOfWordOnline(body);
  makeLists([...body.querySelectorAll("p")], itemOf);
}
