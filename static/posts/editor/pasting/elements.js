// Small changes to a tree of elements that belongs to no page: nothing in it loads or runs.

const BLOCKS = "address,article,aside,blockquote,body,caption,center,dd,details,div,dl,dt,fieldset,figcaption,figure,footer,"
  + "form,h1,h2,h3,h4,h5,h6,header,hgroup,hr,li,main,nav,ol,p,pre,section,summary,table,tbody,td,tfoot,th,thead,tr,ul";
const SHOWN = "img,hr,input,code,[data-footnote]"; // even without text
export const HEADINGS = "h1,h2,h3,h4,h5,h6";

export const isBlock = (element) => element.matches(BLOCKS);
export const holdsBlocks = (element) => element.querySelector(BLOCKS) !== null;
export const isEmpty = (element) => !element.textContent.trim() && !element.querySelector(SHOWN);

/**
 * The declarations of a style attribute. Read from its text: the browser would judge the attribute by the policy of the
 * page, and Word's own properties it does not know.
 */
export function styleOf(element) {
  const declarations = (element.getAttribute("data-style") ?? "").split(";").map((each) => each.split(/:(.*)/s));
  return Object.fromEntries(declarations.map(([name, value]) => [name.trim().toLowerCase(), (value ?? "").trim()]));
}

export function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** The element under another name, with its contents and without its attributes. */
export function renamed(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

/** Puts all that is in an element into a new one of this name inside it. */
export function wrapContents(element, name) {
  const inner = element.ownerDocument.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}

/** The text nodes in the order of the text. */
export function textsIn(root) {
  const walker = root.ownerDocument.createTreeWalker(root, 4);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}
