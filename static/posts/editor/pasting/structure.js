// Gives what is pasted the few elements that Markdown has words for.

import { HEADINGS, holdsBlocks, isBlock, isEmpty, renamed, styleOf, textsIn, unwrap, wrapContents } from "./elements.js";
import { inPlainFont } from "./characters.js";

const REMOVED = "script,style,link,meta,title,template,noscript,iframe,object,embed,svg,canvas,button,select,textarea,"
  + "input:not(li input[type=checkbox]),audio,video,map,wbr,[hidden],.sr-only,.visually-hidden,br.Apple-interchange-newline";
const BOLD = /^(?:bold|bolder|[6-9]\d\d)$/i;
const PLAIN = /^(?:normal|lighter|[1-4]\d\d)$/i;
const NAMES = { b: "strong", i: "em", strike: "s", del: "s" };
const BOXES = "div,section,article,main,header,footer,aside,blockquote,center,details,dd,form,fieldset";
const INLINE = "strong,em,s,sub,sup,code,a";

/** What nobody is meant to read, and elements of Word's own (`o:p`, `st1:place`), whose text stays. */
function removeUnseen(body) {
  body.querySelectorAll(REMOVED).forEach((element) => element.remove());
  for (const element of body.querySelectorAll("[data-style]")) {
    if (/^none$/i.test(styleOf(element).display ?? "")) element.remove();
  }
  for (const element of body.querySelectorAll("*")) if (element.localName.includes(":")) unwrap(element);
  body.querySelectorAll("a:not([href]),ins,u,font").forEach(unwrap);
  for (const link of body.querySelectorAll(":is(h1,h2,h3,h4,h5,h6) a")) {
    const isAll = link.closest(HEADINGS).textContent.trim() === link.textContent.trim();
    if (!isAll && /^\s*[#¶§🔗]?\s*$/u.test(link.textContent)) link.remove();
  }
  // Browsers write the space at the edge of an element so when they copy.
  for (const span of body.querySelectorAll("span")) if (/^\u00a0+$/.test(span.textContent)) span.textContent = " ";
}

/** Formulas as TeX, which says what their letters alone would not: 10^{-3} is not 10−3. */
function formulas(body) {
  for (const formula of body.querySelectorAll(".katex,math")) {
    const source = formula.querySelector("annotation[encoding='application/x-tex']");
    if (!source) continue;
    const code = body.ownerDocument.createElement("code");
    code.textContent = source.textContent.trim();
    formula.replaceWith(code);
  }
}

/** The pills in which ChatGPT names a source become links in brackets. */
function citations(body) {
  for (const pill of body.querySelectorAll("[data-testid='webpage-citation-pill']")) {
    const link = pill.querySelector("a[href]");
    const [name] = pill.textContent.trim().split(/\s*\+\d+$/);
    if (!link) continue;
    link.textContent = name;
    pill.replaceWith(" (", link, ")");
  }
}

/** Google's items to tick have a picture of a box, Notion's the box in Markdown; both become boxes. */
function tasks(body, isFromNotion) {
  for (const item of body.querySelectorAll("li")) {
    const [written, mark] = (isFromNotion && /^\s*\[([ x])\]\s+/.exec(textsIn(item)[0]?.data)) || [];
    if (!written && !item.matches("[role=checkbox]")) continue;
    if (written) textsIn(item)[0].data = textsIn(item)[0].data.slice(written.length);
    const box = body.ownerDocument.createElement("input");
    box.type = "checkbox";
    box.toggleAttribute("checked", mark === "x" || item.getAttribute("aria-checked") === "true");
    item.querySelectorAll("img[aria-roledescription=checkbox]").forEach((image) => image.remove());
    item.prepend(box);
  }
}

/** The font that the nearest element around names. */
function fontOf(element) {
  const named = element?.closest("[data-style*='font-family' i]");
  return named ? styleOf(named)["font-family"] ?? fontOf(named.parentElement) : "";
}

/** Text in Word's fonts of pictures as the letters that it shows. */
function plainFonts(body) {
  for (const text of textsIn(body)) {
    const [font] = fontOf(text.parentElement).toLowerCase().replace(/["']/g, "").split(",");
    text.data = inPlainFont(text.data, font.trim());
  }
}

/** The names of the elements that a style stands for, the innermost first. */
function meaningsOf(style) {
  const meanings = [];
  if (/^super$/i.test(style["vertical-align"] ?? "")) meanings.push("sup");
  if (/^sub$/i.test(style["vertical-align"] ?? "")) meanings.push("sub");
  if (/^italic|^oblique/i.test(style["font-style"] ?? "")) meanings.push("em");
  if (/line-through/i.test(`${style["text-decoration"]} ${style["text-decoration-line"]}`)) meanings.push("s");
  if (BOLD.test(style["font-weight"] ?? "")) meanings.push("strong");
  return meanings;
}

function saysOtherwise(element, style) {
  return (element.matches("b,strong") && PLAIN.test(style["font-weight"] ?? ""))
    || (element.matches("i,em") && /^normal$/i.test(style["font-style"] ?? ""));
}

/** Bold, italic, struck, raised and lowered text, whether by element or by style. */
function emphasis(body) {
  for (const element of body.querySelectorAll("span[data-style]")) {
    for (const name of meaningsOf(styleOf(element))) if (!holdsBlocks(element)) wrapContents(element, name);
  }
  for (const element of body.querySelectorAll("b,i,strong,em,strike,del")) {
    if (saysOtherwise(element, styleOf(element)) || holdsBlocks(element)) unwrap(element);
    else if (NAMES[element.localName]) renamed(element, NAMES[element.localName]);
  }
}

/** Code in the line holds text alone; a link for all of it goes around it. */
function inlineCode(body) {
  for (const code of body.querySelectorAll("code:not(pre code)")) {
    const link = code.querySelector("a[href]");
    if (link && link.textContent === code.textContent) {
      const around = link.cloneNode(false);
      code.replaceWith(around);
      around.append(code);
    }
    code.replaceChildren(code.textContent);
  }
}

/** Emphasis neither inside its like nor for a whole heading, nor without text; no spans. */
function simplify(body) {
  inlineCode(body);
  body.querySelectorAll("span:not([data-footnote])").forEach(unwrap);
  body.querySelectorAll(`${HEADINGS},th`).forEach((block) => block.querySelectorAll("strong").forEach(unwrap));
  for (const element of body.querySelectorAll(INLINE)) {
    if (element.parentElement.closest(element.localName) || (isEmpty(element) && !element.closest("pre"))) unwrap(element);
  }
  body.normalize();
  body.querySelectorAll(INLINE).forEach(joinNext);
}

function isLike(element, other) {
  return other?.localName === element.localName && other.getAttribute("href") === element.getAttribute("href");
}

/** Two of one kind side by side are one: `**a****b**` is not bold. */
function joinNext(element) {
  while (element.isConnected && isLike(element, element.nextSibling)) {
    element.append(...element.nextSibling.childNodes);
    element.nextSibling.remove();
  }
  element.normalize();
}

const LETTER = /[\p{L}\p{N}]/u;
const SIGNS = /^([^\p{L}\p{N}\s]*)([\s\S]*?)([^\p{L}\p{N}\s]*)$/u;

/** The text before or after an element in its block. */
function beside(element, direction) {
  for (let at = element; !isBlock(at); at = at.parentNode) {
    if (at[direction]) return at[direction].nodeType === 1 && isBlock(at[direction]) ? "" : at[direction].textContent;
  }
  return "";
}

/** Signs at the edge of emphasis go out of it where a letter follows: `**Note:**then` would show its stars. */
function edges(body) {
  for (const element of body.querySelectorAll("strong,em,s")) {
    const [first, last] = [textsIn(element)[0], textsIn(element).at(-1)];
    if (!first) continue;
    const [, , , after] = SIGNS.exec(last.data);
    if (after && LETTER.test(beside(element, "nextSibling").charAt(0))) {
      last.data = last.data.slice(0, -after.length);
      element.after(after);
    }
    const [, before] = SIGNS.exec(first.data);
    if (before && LETTER.test(beside(element, "previousSibling").slice(-1))) {
      first.data = first.data.slice(before.length);
      element.before(before);
    }
    if (isEmpty(element)) unwrap(element);
  }
  body.normalize();
}

/** Lists with nothing but items in them; an item with one paragraph has its text alone. */
function lists(body) {
  for (const inner of body.querySelectorAll(":is(ul,ol) > :is(ul,ol)")) {
    if (inner.previousElementSibling?.localName === "li") inner.previousElementSibling.append(inner);
    else wrapInItem(inner);
  }
  for (const child of body.querySelectorAll(":is(ul,ol) > :not(li)")) wrapInItem(child);
  for (const item of body.querySelectorAll("li")) {
    if (!item.parentElement.matches("ul,ol")) renamed(item, "p");
    item.querySelectorAll(":scope > input").forEach(({ nextSibling }) => {
      if (nextSibling?.nodeType === 3) nextSibling.data = nextSibling.data.trimStart();
    });
    const blocks = [...item.children].filter((child) => isBlock(child) && !child.matches("ul,ol"));
    if (blocks.length === 1 && blocks[0].matches("p,div") && !holdsBlocks(blocks[0]) && isAlone(blocks[0])) unwrap(blocks[0]);
  }
}

/** Whether nothing but a box to tick and lists stand beside an item's block, with which its text would run together. */
function isAlone(block) {
  const beside = ["previousSibling", "nextSibling"].map((direction) => nextSaid(block, direction));
  return beside.every((node) => !node || (node.nodeType === 1 && node.matches("input,ul,ol")));
}

function wrapInItem(child) {
  const item = child.ownerDocument.createElement("li");
  child.before(item);
  item.append(child);
}

/** Headings by their depth among the others and below the heading before: an `h1` is an `h2`, and none is skipped. */
function headings(body, above) {
  const all = [...body.querySelectorAll(HEADINGS)].filter((heading) => !isEmpty(heading));
  const shift = all.some((heading) => heading.localName === "h1") ? 1 : 0;
  const open = above.map((level) => ({ level, depth: level }));
  for (const heading of all) {
    const level = Number(heading.localName[1]) + shift;
    while (open.length && open.at(-1).level >= level) open.pop();
    const depth = Math.min((open.at(-1)?.depth ?? 1) + 1, 6);
    open.push({ level, depth });
    renamed(heading, `h${depth}`);
  }
}

/** The text that Cocoa's writer (Pages, TextEdit) sets in larger letters than most is a heading there. */
function largeText(body, rules) {
  const declared = [...rules.matchAll(/p\.(p\d+)\s*\{[^}]*?font:[^;}]*?([\d.]+)px/g)];
  const sizes = new Map(declared.map(([, name, size]) => [name, Number(size)]));
  const paragraphs = [...body.querySelectorAll("p[class]")].filter((paragraph) => sizes.has(paragraph.className));
  const weights = new Map();
  for (const { className, textContent } of paragraphs) {
    weights.set(sizes.get(className), (weights.get(sizes.get(className)) ?? 0) + textContent.length);
  }
  const [[usual] = []] = [...weights].sort((one, other) => other[1] - one[1]);
  const larger = [...weights.keys()].filter((size) => size >= usual * 1.2).sort((one, other) => other - one);
  for (const paragraph of paragraphs) {
    const level = larger.indexOf(sizes.get(paragraph.className)) + 1;
    if (level && level <= 4) renamed(paragraph, `h${level}`);
  }
}

/** A line break at the edge of a block says nothing, two on end part paragraphs. */
function breaks(body) {
  for (const line of body.querySelectorAll("br")) {
    if (line.closest("pre,th,td")) continue;
    const next = nextSaid(line, "nextSibling");
    if (line.closest(HEADINGS)) line.replaceWith(" ");
    else if (next?.localName === "br") part(line, next);
    else if (!next || !nextSaid(line, "previousSibling")) line.remove();
    else if ([next, nextSaid(line, "previousSibling")].some((node) => node.nodeType === 1 && isBlock(node))) line.remove();
  }
}

function nextSaid(node, direction) {
  let next = node[direction];
  while (next?.nodeType === 3 && !next.data.trim()) next = next[direction];
  return next;
}

/** Two line breaks part a paragraph; where there is none to part, they are one. */
function part(line, next) {
  const around = line.parentElement;
  next.remove();
  if (!around.matches("p")) return;
  const after = around.ownerDocument.createElement("p");
  while (line.nextSibling) after.append(line.nextSibling);
  line.remove();
  around.after(after);
}

/** Text that stands between blocks, or in a box alone, is a paragraph. */
function paragraphs(body) {
  for (const box of [body, ...body.querySelectorAll(BOXES)]) {
    let paragraph = null;
    for (const node of [...box.childNodes]) {
      if (node.nodeType === 1 && (isBlock(node) || holdsBlocks(node))) { paragraph = null; continue; }
      if (!paragraph && node.nodeType === 3 && !node.data.trim()) continue;
      if (!paragraph) {
        paragraph = box.ownerDocument.createElement("p");
        node.before(paragraph);
      }
      paragraph.append(node);
    }
  }
}

/** First of all: what the source's own marks mean. */
export function readMarks(body, rules, isFromNotion) {
  removeUnseen(body);
  formulas(body);
  citations(body);
  tasks(body, isFromNotion);
  if (rules.includes("p.p1")) largeText(body, rules);
  plainFonts(body);
}

/** What came as style or as a slip, as sound elements. `above` are the levels of the headings that the text stands below. */
export function tidy(body, above) {
  emphasis(body);
  simplify(body);
  edges(body);
  lists(body);
  paragraphs(body);
  breaks(body);
  headings(body, above);
}
