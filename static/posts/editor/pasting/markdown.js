// What is pasted as HTML, as Markdown. The HTML is parsed into a document that belongs to no page, so nothing in it loads
// or runs; only text, and links that `safeAddress` lets through, come out.

import TurndownService from "../../vendor/turndown/turndown.browser.es.js";
import { strikethrough, tables, taskListItems } from "../../vendor/turndown-plugin-gfm/turndown-plugin-gfm.browser.es.js";
import { safeAddress, untracked } from "./addresses.js";
import { clean } from "./characters.js";
import { tidyCode } from "./code.js";
import { textsIn, unwrap } from "./elements.js";
import { escapeTexts, keepLines } from "./escaping.js";
import { takeFootnotes } from "./footnotes.js";
import { takePictures } from "./pictures.js";
import { readMarks, tidy } from "./structure.js";
import { tidyTables } from "./tables.js";
import { tidyWord } from "./word.js";

const SAYS_MORE_THAN_TEXT = "a,strong,em,s,h2,h3,h4,h5,h6,ul,ol,table,pre,code,blockquote,img,sub,sup,hr,[data-footnote]";
const LOOKS_LIKE_MARKDOWN = /^#{1,6} \S|^ {0,3}[-*+] \S|^\d+[.)] \S|^> |^```|^~~~|\*\*\S|\]\(\S+\)|^\|.+\|\s*$/m;
const BLOCKS_WITH_LINES = "ul,ol,pre,blockquote,table,h2,h3,h4,h5,h6,div";
const ITEM_INDENT = 4; // spaces: what Python-Markdown asks for, and CommonMark accepts

function turndown() {
  const service = new TurndownService({
    headingStyle: "atx",
    hr: "---",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
  });
  service.escape = (text) => text; // done by `escapeTexts`, which knows where a text stands
  service.use([tables, taskListItems]);
  service.addRule("struck", { filter: "s", replacement: (content) => `~~${content}~~` });
  service.addRule("raised", {
    filter: ["sub", "sup"],
    replacement: (content, { localName }) => `<${localName}>${content}</${localName}>`,
  });
  service.addRule("quotation", {
    filter: "blockquote",
    replacement: (content) => `\n\n${content.replace(/^\n+|\n+$/g, "").replace(/^/gm, "> ").replace(/^> $/gm, ">")}\n\n`,
  });
  service.addRule("item", { filter: "li", replacement: item });
  service.addRule("numberedOn", {
    filter: (node) => node.localName === "ol" && node.start !== 1, // which ends no paragraph
    replacement: (content) => `\n\n${content}\n\n`,
  });
  service.addRule("break", { filter: "br", replacement: (_, line) => (line.closest("th,td") ? "<br>" : "  \n") });
  service.addRule("codeInTable", {
    filter: (node) => node.localName === "code" && node.closest("th,td") !== null,
    replacement: codeInCell,
  });
  service.addRule("footnote", {
    filter: (node) => node.dataset?.footnote !== undefined,
    replacement: (_, node) => `[^${node.dataset.footnote}]`,
  });
  return service;
}

/** Code between as many backticks as it takes. */
function codeInLine(code) {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const space = /^`|`$|^ .*\S.* $/.test(code) ? " " : "";
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${space}${code}${space}${ticks}`;
}

/** Code in a cell, where a pipe takes a backslash, so none of the code's own may stand before one. */
function codeInCell(code) {
  if (!code.includes("\\|")) return codeInLine(code.replaceAll("|", "\\|"));
  return `<code>${code.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}

/** An item with its marker, whatever it holds indented below it. */
function item(content, element) {
  const list = element.parentElement;
  const number = Number(list.getAttribute("start") ?? 1) + [...list.children].indexOf(element);
  const sign = list.localName === "ol" ? `${number}. ` : "- ";
  // A block straight after the sign begins where its other lines do.
  const marker = element.firstElementChild?.matches(BLOCKS_WITH_LINES) && !/^\S/.test(element.firstChild.data ?? "")
    ? sign.padEnd(ITEM_INDENT) : sign;
  const isLoose = [...list.children].some((each) => each.querySelector(":scope > p, :scope > pre, :scope > blockquote"));
  const indent = " ".repeat(Math.max(ITEM_INDENT, marker.length));
  const indented = content.replace(/^\n+|\n+$/g, "").replace(/\n(?=[^\n])/g, `\n${indent}`);
  return `${marker}${indented}${element.nextElementSibling ? (isLoose ? "\n\n" : "\n") : ""}`;
}

const STYLE_SHEET = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;
const JUDGED = /<(?:base|link|meta)\b[^<>]*>/gi;

/**
 * The document, and the text of its style sheets. What a browser judges by the page's policy even in a document that is
 * never shown is no more than text in it: style sheets are taken out, and styles and handlers have other names.
 */
function parsed(html) {
  const rules = [...html.matchAll(STYLE_SHEET)].map(([, text]) => text).join("\n");
  const inert = html.replace(STYLE_SHEET, "").replace(JUDGED, "").replace(
    /<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, "$1data-$2"),
  );
  return { page: new DOMParser().parseFromString(inert, "text/html"), rules };
}

/** Cleans all texts, and adds up what was taken out of them. */
function cleanTexts(body, removed) {
  for (const node of textsIn(body)) {
    const { text, marks, invisible } = clean(node.data);
    node.data = text;
    removed.marks += marks;
    removed.invisible += invisible;
  }
}

/** Leaves links that lead somewhere, by a short way. */
function cleanLinks(body, removed) {
  for (const link of body.querySelectorAll("a")) {
    const { address, tracking } = untracked(safeAddress(link.getAttribute("href") ?? "") ?? "");
    removed.tracking += tracking;
    if (!address || !(link.textContent.trim() || link.querySelector("img"))) unwrap(link);
    else link.setAttribute("href", address.replace(/\s/g, "%20"));
    link.removeAttribute("title");
  }
  for (const image of body.querySelectorAll("img")) {
    const { address, tracking } = untracked(safeAddress(image.getAttribute("src")));
    removed.tracking += tracking;
    image.setAttribute("src", address.replace(/\s/g, "%20"));
  }
}

/** Whether an editor of code wrote the HTML, in which the text alone counts. */
function isFromCodeEditor(body) {
  const [only, second] = body.children;
  if (!only || second) return false;
  const style = only.dataset.style ?? "";
  const isPlain = /white-space:\s*pre/i.test(style) && /mono|consol|courier|menlo/i.test(style);
  return (only.matches("div") && isPlain) || (only.matches("pre") && !only.querySelector("code"));
}

/** The notes below a text, as Markdown, in the order of their numbers. */
function footnotesIn(notes, service) {
  return notes.map(({ note, number }) => {
    const text = service.turndown(note).replace(/\n(?=[^\n])/g, "\n    ");
    return `[^${number}]: ${text}`;
  });
}

/**
 * The Markdown of what was pasted as `html`, `plain` being the same as plain text: `{markdown, removed, pictures}`, with
 * counts of what was taken out, and the pictures as `takePictures` gives them. Nothing if the plain text says it all.
 * `above` are the levels of the headings that it comes to stand below, `firstFootnote` the number of its first footnote.
 */
export function markdownOf(html, plain, { above = [], firstFootnote = 1 } = {}) {
  const { page, rules } = parsed(html);
  const { body } = page;
  if (isFromCodeEditor(body)) return undefined;
  const removed = { marks: 0, invisible: 0, tracking: 0 };
  readMarks(body, rules, html.includes("<!-- notionvc"));
  tidyWord(body);
  const notes = takeFootnotes(body, firstFootnote);
  const noteBox = body.appendChild(page.createElement("section"));
  noteBox.append(...notes.map(({ note }) => note));
  const pictures = takePictures(body);
  tidyCode(body);
  keepLines(body);
  tidyTables(body);
  tidy(body, above);
  cleanTexts(body, removed);
  cleanLinks(body, removed);
  const saysMore = body.querySelector(SAYS_MORE_THAN_TEXT) || pictures.missing.length;
  if (!saysMore && LOOKS_LIKE_MARKDOWN.test(plain)) return undefined;
  escapeTexts(body);
  noteBox.remove();
  const service = turndown();
  const markdown = [service.turndown(body), ...footnotesIn(notes, service)].filter(Boolean).join("\n\n");
  return { markdown, removed, pictures };
}
