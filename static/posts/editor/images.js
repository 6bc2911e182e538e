// Pictures that are dropped, pasted or chosen: uploaded one after the other, each with a placeholder in the text that the
// picture takes in the end. Until it is described, the lint reminds of it.

import { describingIn, pictureMarkdown } from "./describing.js";

const isPicture = (file) => file.type.startsWith("image/");
const isText = (file) => file.type.startsWith("text/");

/** The pictures among the files of a clipboard or of what is dropped. */
export function picturesIn(transfer) {
  return [...(transfer?.files ?? [])].filter(isPicture);
}

/**
 * Sends a file: `{answer, cancel}`, where the answer resolves to `{url, thumbnail}` or `{problem}`, and to nothing if it is
 * cancelled. `words` are the texts of the page.
 */
function send(file, words, onProgress) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("picture", file, file.name);
  const answer = new Promise((resolve) => {
    request.addEventListener("load", () => resolve(request.response ?? { problem: words.signedOut }));
    request.addEventListener("error", () => resolve({ problem: words.unreachable }));
    request.addEventListener("abort", () => resolve(undefined));
  });
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
  request.open("POST", words.uploadUrl);
  request.responseType = "json";
  request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  request.send(form);
  return { answer, cancel: () => request.abort() };
}

/** The row below the text that shows how far an upload is. */
function rowOf(section, name) {
  const row = section.querySelector("template[data-upload]").content.firstElementChild.cloneNode(true);
  const part = (what) => row.querySelector(what);
  const progress = part("progress");
  part("[data-name]").textContent = name;
  progress.setAttribute("aria-label", name);
  section.querySelector("[data-uploads]").append(row);
  return { row, progress, problem: part("[data-problem]"), again: part("[data-again]"), cancel: part("[data-cancel]") };
}

let batches = 0;

/** The uploads of one editor. */
export class Pictures {
  constructor(codemirror, section, dialog, say) {
    Object.assign(this, { codemirror, section, say, words: section.dataset });
    this.describe = describingIn(dialog);
    this.queue = Promise.resolve();
    this.underWay = new Set();
    this.finished = new Set();
    codemirror.on("change", (_, { origin }) => this.passOver(origin));
  }

  /** Undoing and redoing never stop where the text still had the placeholder of a picture that is there by now. */
  passOver(origin) {
    if (!["undo", "redo"].includes(origin)) return;
    const waiting = [...this.underWay].map(({ placeholder }) => placeholder);
    const text = this.codemirror.getValue();
    const isStale = [...this.finished].some((placeholder) => text.includes(placeholder) && !waiting.includes(placeholder));
    if (isStale && this.codemirror.historySize()[origin]) queueMicrotask(() => this.codemirror.execCommand(origin));
  }

  /** Files as the pictures of a text: each with its placeholder. A batch is one step for Ctrl-Z if nobody types meanwhile. */
  prepare(files) {
    batches += 1;
    const origin = `*pictures-${batches}`;
    const batch = { left: files.length };
    return files.map(({ file, alt = "" }) => {
      const name = file.name.replace(/[[\]()\\`*_<>\s]+/g, " ").trim();
      return { file, alt, name, origin, batch, placeholder: `![${this.words.uploading} ${name}…]()` };
    });
  }

  /** Uploads what has its placeholders, in this order, in the text from a position on. */
  begin(uploads, from) {
    let index = this.codemirror.indexFromPos(from);
    for (const upload of uploads) {
      const found = this.codemirror.getValue("\n").indexOf(upload.placeholder, index);
      if (found < 0) continue;
      index = found + upload.placeholder.length;
      this.mark(upload, this.codemirror.posFromIndex(found), this.codemirror.posFromIndex(index));
      this.underWay.add(upload);
      upload.shown = rowOf(this.section, upload.name);
      upload.shown.cancel.addEventListener("click", () => this.giveUp(upload));
      upload.shown.again.addEventListener("click", () => this.enqueue(upload));
      this.enqueue(upload);
    }
  }

  /** Puts files into the text as paragraphs of their own, below the line of the cursor where that holds something. */
  insert(files) {
    const uploads = this.prepare(files);
    const { line } = this.codemirror.getCursor("to");
    const above = this.codemirror.getLine(line);
    const text = uploads.map(({ placeholder }) => placeholder).join("\n\n");
    const from = { line, ch: above.length };
    const isParted = this.codemirror.getLine(line + 1)?.trim() === "";
    const paragraphs = `${above.trim() ? "\n\n" : ""}${text}${isParted ? "" : "\n"}`;
    this.codemirror.replaceRange(paragraphs, from, from, uploads[0].origin);
    this.begin(uploads, from);
  }

  mark(upload, from, to) {
    upload.mark = this.codemirror.markText(from, to, { className: "cm-upload", clearWhenEmpty: true });
  }

  /** Puts a text in the picture's place; false if somebody has taken it out of the text. */
  replace(upload, text) {
    const place = upload.mark.find();
    if (!place) return false;
    this.codemirror.replaceRange(text, place.from, place.to, upload.origin);
    const start = this.codemirror.indexFromPos(place.from);
    upload.mark.clear();
    this.mark(upload, place.from, this.codemirror.posFromIndex(start + text.length));
    return true;
  }

  enqueue(upload) {
    const { problem, again, progress } = upload.shown;
    if (document.activeElement === again) upload.shown.cancel.focus();
    problem.textContent = "";
    again.hidden = true;
    progress.hidden = false;
    this.queue = this.queue.then(() => this.send(upload));
  }

  async send(upload) {
    if (!this.underWay.has(upload)) return;
    const { progress, problem, again } = upload.shown;
    const sending = send(upload.file, this.words, (share) => { progress.value = share; });
    upload.cancel = sending.cancel;
    const answer = await sending.answer;
    progress.hidden = true;
    if (!answer || !this.underWay.has(upload)) return;
    if (answer.url) this.place(upload, answer);
    else {
      problem.textContent = answer.problem ?? this.words.signedOut;
      again.hidden = false;
    }
  }

  /** The picture is there: it takes the placeholder's place, and is described. */
  async place(upload, { url, thumbnail }) {
    this.finish(upload);
    if (!this.replace(upload, pictureMarkdown(url, { alt: upload.alt }))) {
      upload.batch.left -= 1;
      return;
    }
    this.say(`${this.words.uploaded} ${upload.name}`);
    const said = await this.describe({ thumbnail, known: upload.alt, ...upload });
    if (said) this.replace(upload, pictureMarkdown(url, said));
    upload.mark.clear();
    this.codemirror.focus();
  }

  giveUp(upload) {
    this.finish(upload);
    upload.batch.left -= 1;
    upload.cancel?.();
    this.replace(upload, "");
    this.say(`${this.words.cancelled} ${upload.name}`);
    this.codemirror.focus();
  }

  finish(upload) {
    this.underWay.delete(upload);
    this.finished.add(upload.placeholder);
    upload.shown.row.remove();
  }
}

/** Pictures that are dropped into the text or chosen with the button come into it; the form waits for them. */
export function answerPictures(pictures) {
  const { codemirror, section, say, words } = pictures;
  const choose = section.querySelector("[data-choose]");
  codemirror.on("drop", (_, event) => {
    const files = [...event.dataTransfer.files];
    if (!files.length || files.every(isText)) return;
    event.preventDefault();
    codemirror.setCursor(codemirror.coordsChar({ left: event.clientX, top: event.clientY }, "window"));
    pictures.insert(files.map((file) => ({ file })));
  });
  codemirror.getTextArea().addEventListener("editor:image", () => choose.click());
  choose.addEventListener("change", () => {
    if (choose.files.length) pictures.insert([...choose.files].map((file) => ({ file })));
    choose.value = "";
  });
  codemirror.getTextArea().form.addEventListener("submit", (event) => {
    if (!pictures.underWay.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(words.unfinished);
    section.querySelector("[data-cancel]").focus();
  }, { capture: true });
}

/** A picture that is dropped on the cover's row is chosen for it. */
export function dropOnCover(input) {
  const row = input.closest(".form-row");
  row.addEventListener("dragover", (event) => event.preventDefault());
  row.addEventListener("drop", (event) => {
    const [file] = picturesIn(event.dataTransfer);
    if (!file || event.target === input) return;
    event.preventDefault();
    const chosen = new DataTransfer();
    chosen.items.add(file);
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
