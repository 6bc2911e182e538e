// Footnotes of Word, of Google Docs' web pages and of rendered Markdown: a link to a note that links back.

const NOTES = "li,[data-style*='mso-element:footnote' i],[data-style*='mso-element:endnote' i]";

/** Every element that a link inside the page can lead to, by its name. */
function targetsIn(body) {
  const named = [...body.querySelectorAll("[id],[name]")].reverse();
  return new Map(named.flatMap((each) => [each.id, each.getAttribute("name")].map((name) => [`#${name}`, each])));
}

const namesAround = (link) => [link, link.parentElement, link.parentElement.parentElement]
  .flatMap((element) => [element?.id, element?.getAttribute("name")])
  .filter(Boolean)
  .map((name) => `#${name}`);

/** The note that a link leads to, and the links in it that lead back; nothing if it is none. */
function noteOf(link, targets) {
  const target = targets.get(link.getAttribute("href"));
  const note = target && (target.closest(NOTES) ?? target.closest("p,dd,div[id]") ?? target);
  if (!note || note.contains(link) || !(link.compareDocumentPosition(note) & 4)) return undefined;
  const names = namesAround(link);
  return { note, backs: [...note.querySelectorAll("a[href]")].filter((back) => names.includes(back.getAttribute("href"))) };
}

/** Takes an element out, and what is empty without it. */
function remove(element) {
  const around = element.parentElement;
  element.remove();
  if (around && around.localName !== "body" && !around.textContent.trim()) remove(around);
}

/** The link with all that only raises it or puts it into brackets. */
function outermost(link) {
  const text = link.textContent.trim();
  let outer = link;
  for (let around = link; around.textContent.trim() === text; around = around.parentElement) {
    if (!around.matches("a,sup,span")) break;
    outer = around;
  }
  return outer;
}

function mark(link, number) {
  const reference = link.ownerDocument.createElement("span");
  reference.dataset.footnote = number;
  reference.textContent = `[^${number}]`;
  outermost(link).replaceWith(reference);
}

/** Puts a mark for each reference, takes the notes out, and gives them back with their numbers. */
export function takeFootnotes(body, first) {
  const targets = targetsIn(body);
  const known = new Map();
  for (const link of body.querySelectorAll("a[href^='#']")) {
    const found = noteOf(link, targets);
    if (!found || !(found.backs.length || known.has(found.note))) continue;
    if (!known.has(found.note)) known.set(found.note, { note: found.note, number: first + known.size });
    found.backs.forEach((back) => outermost(back).remove());
    mark(link, known.get(found.note).number);
  }
  return [...known.values()].map(({ note, number }) => {
    const text = body.ownerDocument.createElement("div");
    text.append(...note.childNodes);
    remove(note);
    return { note: text, number };
  });
}
