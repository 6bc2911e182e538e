// Blocks of code as chat assistants and web pages show them: with a bar above that names the language, and buttons.

import { isBlock } from "./elements.js";

const LANGUAGE = /(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]+)/;
const NAME = /^[\w+#.-]{1,20}$/;
const NUMBERS = ".lineno,.linenos,.line-numbers-rows,.hljs-ln-numbers,.gutter";

/** The text of code: an element that is a line of its own begins and ends one. */
function codeText(element) {
  const parts = [...element.childNodes].map((node) => {
    if (node.nodeType === 3) return node.data;
    if (node.localName === "br") return "\n";
    if (node.nodeType !== 1) return "";
    return isBlock(node) ? `\n\0${codeText(node)}\n\0` : codeText(node);
  });
  return parts.join("");
}

/** Line ends at the edges of blocks count once, however many blocks meet there. */
const asLines = (text) => text.replace(/\n?(?:\n\0)+/g, "\n").replace(/^\n|\s+$/g, "").replaceAll("\u00a0", " ");

function namedLanguage(pre, code) {
  const named = [code, pre].map((element) => LANGUAGE.exec(element.className)?.[1] ?? element.dataset.language);
  return named.find((name) => NAME.test(name ?? "")) ?? "";
}

/** The bar above a block of code, outside of it: it holds one word, and nothing else is in the box around both. */
function barAbove(pre) {
  for (let box = pre; box.parentElement && box.localName !== "body"; box = box.parentElement) {
    const bar = box.previousElementSibling;
    const isAlone = box.parentElement.textContent.trim() === `${bar?.textContent ?? ""}${box.textContent}`.trim();
    if (bar && NAME.test(bar.textContent.trim()) && box.parentElement.localName !== "body" && isBlock(bar)) return bar;
    if (bar || (box !== pre && !isAlone && box.parentElement.textContent !== box.textContent)) return undefined;
  }
  return undefined;
}

/** The word that stands in a block before its code, as ChatGPT has it. */
function wordInside(pre, code) {
  const [before] = code === pre ? [""] : pre.textContent.split(code.textContent);
  const word = before.trim();
  return NAME.test(word) ? word.toLowerCase() : "";
}

/** Leaves of each block of code its text and its language. */
export function tidyCode(body) {
  for (const pre of [...body.querySelectorAll("pre")].filter((each) => !each.parentElement.closest("pre"))) {
    pre.querySelectorAll(NUMBERS).forEach((number) => number.remove());
    const codes = pre.querySelectorAll("code");
    const code = codes.length === 1 ? codes[0] : pre;
    const bar = barAbove(pre);
    const language = namedLanguage(pre, code) || wordInside(pre, code) || bar?.textContent.trim().toLowerCase() || "";
    bar?.remove();
    const plain = body.ownerDocument.createElement("code");
    if (language) plain.className = `language-${language}`;
    plain.textContent = asLines(codeText(code));
    pre.replaceChildren(plain);
  }
}
