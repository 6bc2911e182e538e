// Blocks of code as chat assistants and web pages show them: with a bar above that names the language, and buttons.

import { isBlock } from "./elements.js";

const LANGUAGE = /(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]+)/;
const KNOWN = new Set(
  ("bash c c# c++ clojure cmd console cpp csharp css csv dart diff dockerfile elixir go graphql haskell html ini java "
    + "javascript js json julia jsx kotlin latex lua makefile markdown matlab mermaid objective-c perl php plaintext "
    + "powershell python r regex ruby rust sas scala scss sh shell sparql sql stata svg swift terraform text toml ts tsx "
    + "typescript vue xml yaml yml zsh").split(" "),
);
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

/** The bar above a block of code, outside of it: the name of a language, before the code in a box around both. */
function barAbove(pre, named) {
  for (let box = pre; box.matches("pre,div,figure") || box.localName.includes("-"); box = box.parentElement) {
    const bar = box.previousElementSibling;
    const word = bar?.textContent.trim().toLowerCase() ?? "";
    if (word) return bar.matches("div,span") && (word === named || KNOWN.has(word)) ? bar : undefined;
  }
  return undefined;
}

/** The word that stands in a block before its code, as ChatGPT has it. */
function wordInside(pre, code) {
  const [before] = code === pre ? [""] : pre.textContent.split(code.textContent);
  const word = before.trim();
  return KNOWN.has(word.toLowerCase()) ? word.toLowerCase() : "";
}

/** Leaves of each block of code its text and its language. */
export function tidyCode(body) {
  for (const pre of [...body.querySelectorAll("pre")].filter((each) => !each.parentElement.closest("pre"))) {
    pre.querySelectorAll(NUMBERS).forEach((number) => number.remove());
    const codes = pre.querySelectorAll("code");
    const code = codes.length === 1 ? codes[0] : pre;
    const named = namedLanguage(pre, code) || wordInside(pre, code);
    const bar = barAbove(pre, named.toLowerCase());
    const language = named || bar?.textContent.trim().toLowerCase() || "";
    bar?.remove();
    const plain = body.ownerDocument.createElement("code");
    if (language) plain.className = `language-${language}`;
    plain.textContent = asLines(codeText(code));
    pre.replaceChildren(plain);
  }
}
