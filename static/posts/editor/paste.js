// What is pasted into the text arrives as Markdown, with a note of what was done to it. Ctrl-Z takes it back to the plain
// text, which is put in first; Ctrl-Shift-V pastes just that.

import { answerPictures, dropOnCover, Pictures, picturesIn } from "./images.js";
import { noteIn } from "./note.js";
import { isBareAddress, untracked } from "./pasting/addresses.js";
import { markdownOf } from "./pasting/markdown.js";

const FENCE = /^\s*(?:```|~~~)/;
const BLOCK = /\n|^(?:#{1,6} |[-*+] |\d+\. |> |```|\||---)/;

const linesBefore = (codemirror, { line }) => Array.from({ length: line }, (_, at) => codemirror.getLine(at));

function isInCode(codemirror, position) {
  const fences = linesBefore(codemirror, position).filter((line) => FENCE.test(line));
  return fences.length % 2 === 1 || /\bcomment\b/.test(codemirror.getTokenTypeAt(position) ?? "");
}

/** The levels of the headings that a position stands below, the outermost first. */
function headingsAbove(codemirror, position) {
  const open = [];
  let isCode = false;
  for (const line of linesBefore(codemirror, position)) {
    if (FENCE.test(line)) isCode = !isCode;
    const level = isCode ? 0 : /^(#{1,6})\s/.exec(line)?.[1].length ?? 0;
    if (!level) continue;
    while (open.at(-1) >= level) open.pop();
    open.push(level);
  }
  return open;
}

function nextFootnote(codemirror) {
  const numbers = [...codemirror.getValue().matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
  return Math.max(0, ...numbers) + 1;
}

/** The Markdown with the blank lines that part a block from what stands before and after it. */
function parted(codemirror, markdown) {
  if (!BLOCK.test(markdown)) return markdown;
  const [from, to] = [codemirror.getCursor("from"), codemirror.getCursor("to")];
  const isBelowText = from.line > 0 && codemirror.getLine(from.line - 1).trim();
  const before = codemirror.getLine(from.line).slice(0, from.ch).trim() ? "\n\n" : isBelowText ? "\n" : "";
  const isAboveText = to.line < codemirror.lastLine() && codemirror.getLine(to.line + 1).trim();
  const after = codemirror.getLine(to.line).slice(to.ch).trim() ? "\n\n" : isAboveText ? "\n" : "";
  return before + markdown + after;
}

/** Puts the plain text in the selection's place, then in a second step the other one; gives back where that begins. */
function insertOver(codemirror, plain, text, origin) {
  const from = codemirror.getCursor("from");
  if (plain) codemirror.replaceSelection(plain, "around", "paste");
  codemirror.replaceSelection(text, "end", origin);
  return from;
}

/** What was done, in words. */
function told(words, first, { removed, pictures }) {
  const kinds = ["tracking", "marks", "invisible"].filter((kind) => removed[kind]);
  const counts = kinds.map((kind) => `${words[kind]} ${removed[kind]}.`);
  const remote = pictures?.remote ? [`${words.remote} ${pictures.remote}.`] : [];
  const missing = pictures?.missing.length ? [`${words.missing} ${pictures.missing.join(", ")}.`] : [];
  return [first, ...counts, ...remote, ...missing].filter(Boolean).join(" ");
}

class Pasting {
  constructor(codemirror, pictures) {
    Object.assign(this, { codemirror, pictures, say: pictures.say, words: pictures.words });
    this.asItIs = false;
  }

  /** True if all is done; else the editor pastes the plain text. */
  paste(transfer) {
    if (this.asItIs || isInCode(this.codemirror, this.codemirror.getCursor("from"))) return false;
    const [html, plain] = ["text/html", "text/plain"].map((type) => transfer.getData(type));
    const isCode = transfer.types.includes("vscode-editor-data");
    const converted = html && !isCode ? this.converted(html, plain) : undefined;
    const [, alt = ""] = /!\[([^\]]*)\]/.exec(converted?.markdown ?? "") ?? [];
    const files = picturesIn(transfer).map((file) => ({ file, alt }));
    if (files.length && (!converted || isOnePicture(converted.markdown))) return this.upload(files);
    if (isBareAddress(plain.trim())) return this.pasteAddress(plain);
    return converted ? this.pasteConverted(plain, converted) : false;
  }

  converted(html, plain) {
    const above = headingsAbove(this.codemirror, this.codemirror.getCursor("from"));
    const found = markdownOf(html, plain, { above, firstFootnote: nextFootnote(this.codemirror) });
    return found && (found.markdown || found.pictures.missing.length) ? found : undefined;
  }

  upload(files) {
    this.pictures.insert(files);
    return true;
  }

  pasteConverted(plain, converted) {
    const uploads = this.pictures.prepare(converted.pictures.files);
    const markdown = converted.pictures.files.reduce(
      (text, { token }, at) => text.replace(new RegExp(`!\\[[^\\n]*?\\]\\(${token}\\)`), () => uploads[at].placeholder),
      converted.markdown,
    );
    if (markdown === plain) return false;
    const from = insertOver(this.codemirror, plain, parted(this.codemirror, markdown), uploads[0]?.origin ?? "paste");
    this.tell(this.words.converted, converted);
    this.pictures.begin(uploads, from);
    return true;
  }

  /** An address loses what follows readers, and over a selection makes a link of it. */
  pasteAddress(plain) {
    const { address, tracking } = untracked(plain.trim());
    const selected = this.codemirror.getSelection();
    const isLink = selected.trim() && !selected.includes("\n") && !isBareAddress(selected.trim());
    if (!isLink && !tracking) return false;
    const link = isLink ? `[${selected}](${address.replace(/[()]/g, "\\$&")})` : address;
    insertOver(this.codemirror, plain, link, "paste");
    this.tell(isLink ? this.words.linked : "", { removed: { tracking } });
    return true;
  }

  tell(first, done) {
    this.say(told(this.words, first, done), () => this.codemirror.undo());
  }
}

const isOnePicture = (markdown) => /^(?:\[?!\[[^\n]*\]\([^\s)]*\)(?:\]\([^\s)]*\))?)?$/.test(markdown);

/** Ctrl-Shift-V, or Cmd-Shift-V, means the plain text and nothing else. */
function heedKeys(codemirror, pasting) {
  codemirror.on("keydown", (_, event) => {
    pasting.asItIs = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "v";
  });
  document.addEventListener("keyup", () => { pasting.asItIs = false; });
}

document.addEventListener("editor:ready", ({ target, detail }) => {
  const section = document.querySelector("[data-pasting]");
  if (!section) return;
  const { codemirror, imageButton } = detail;
  target.closest("[data-editor]").append(section);
  section.hidden = false;
  document.body.append(section.querySelector("template[data-describe]").content);
  const pictures = new Pictures(codemirror, section, document.querySelector(".picture-dialog"), noteIn(section, codemirror));
  const pasting = new Pasting(codemirror, pictures);
  answerPictures(pictures);
  heedKeys(codemirror, pasting);
  codemirror.on("paste", (_, event) => {
    if (pasting.paste(event.clipboardData)) event.preventDefault();
  });
  if (imageButton) imageButton.hidden = false;
});

const cover = document.getElementById("id_cover_upload");
if (cover) dropOnCover(cover);
