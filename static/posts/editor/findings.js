// What the lint finds as one types: a list below the text, marks in it, a click from each place, and a click to mend.

const PAUSE_MS = 700; // without typing, before the text is looked through
const SPOKEN_MS = 3000; // without typing, before the result is said aloud

function button(text, press, className) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}

/** Makes a change that may move what stands below it, and keeps what has the focus where it is on the screen. */
function keepingPlace(change) {
  const focused = document.activeElement;
  const before = focused.getBoundingClientRect().top;
  change();
  const moved = focused.isConnected ? focused.getBoundingClientRect().top - before : 0;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
}

class Findings {
  constructor({ codemirror, root, actions, fields }) {
    this.codemirror = codemirror;
    this.actions = actions;
    this.fields = fields;
    this.textarea = codemirror.getTextArea();
    this.root = root;
    this.pane = root.querySelector(".writing-findings");
    this.list = this.pane.querySelector("[data-findings]");
    this.hints = this.pane.querySelector("[data-hints]");
    this.told = this.pane.querySelector("[data-told]");
    this.length = root.querySelector("[data-length]");
    this.spoken = this.pane.querySelector("[role=status]");
    this.mendAll = this.pane.querySelector("[data-mend-all]");
    this.mendAll.addEventListener("click", () => this.mend(this.clear));
    this.shown = [];
    this.textarea.form.addEventListener("input", () => this.soon());
    this.textarea.form.addEventListener("change", () => this.soon());
    root.querySelector(".writing-status").hidden = false;
    this.pane.hidden = false;
    this.refresh();
  }

  /** Those of the text with a clear mend, hints left aside. */
  get clear() {
    return this.shown.filter((each) => each.mark && each.fix !== null && each.severity !== "hint");
  }

  soon() {
    clearTimeout(this.waiting);
    clearTimeout(this.speaking);
    this.request?.abort();
    this.waiting = setTimeout(() => this.refresh(), PAUSE_MS);
  }

  async refresh() {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const address = this.textarea.dataset.findingsUrl;
      const response = await fetch(address, { method: "POST", body: this.fields(), signal });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      const found = await response.json();
      keepingPlace(() => this.show(found));
    } catch (error) {
      if (error.name !== "AbortError") this.told.textContent = this.pane.dataset.failed;
    }
  }

  show({ length, told, problems, findings }) {
    const isAtAll = document.activeElement === this.mendAll;
    const focused = isAtAll ? 0 : this.buttons.indexOf(document.activeElement);
    this.codemirror.operation(() => {
      this.shown.forEach((each) => each.mark?.clear());
      this.shown = findings.map((each) => ({ ...each, ...this.marked(each) }));
    });
    const items = this.shown.map((each) => [each.severity, this.item(each)]);
    const errors = problems.map((each) => this.item({ ...each, severity: "error", fix: null }));
    const of = (isHint) => items.filter(([severity]) => (severity === "hint") === isHint).map(([, item]) => item);
    this.list.replaceChildren(...errors, ...of(false));
    this.hints.replaceChildren(...of(true));
    this.hints.parentElement.hidden = !of(true).length;
    this.mendAll.hidden = this.clear.length < 2;
    this.told.textContent = told;
    if (length) this.length.textContent = length;
    const isLost = focused >= 0 && (!isAtAll || this.mendAll.hidden);
    if (isLost) (this.buttons[Math.min(focused, this.buttons.length - 1)] ?? this.codemirror).focus();
    this.speaking = setTimeout(() => { this.spoken.textContent = `${told} ${length}`; }, SPOKEN_MS);
  }

  /** Those that can take the focus: not those of folded hints. */
  get buttons() {
    return [...this.pane.querySelectorAll("li button")].filter((each) => each.checkVisibility());
  }

  /** The finding's mark in the text, and what stands there. */
  marked({ from, to, severity, message }) {
    if (!from) return {};
    const written = this.codemirror.getRange(from, to);
    if (!written) return { mark: this.codemirror.setBookmark(from), written };
    const className = `cm-finding cm-finding-${severity}`;
    return { mark: this.codemirror.markText(from, to, { className, attributes: { title: message } }), written };
  }

  item(finding) {
    const item = document.createElement("li");
    const place = button("", () => this.go(finding), "finding-place");
    const name = document.createElement("b");
    name.textContent = [finding.label, finding.code].filter(Boolean).join(" ");
    const where = document.createElement("small");
    where.textContent = finding.from ? `${this.pane.dataset.line} ${finding.from.line + 1}` : finding.field;
    place.append(name, ` ${finding.message} `, where);
    item.className = `finding finding-${finding.severity}`;
    item.append(place);
    if (finding.mark && finding.fix !== null) item.append(this.mendButton(finding));
    return item;
  }

  mendButton(finding) {
    const { mend, takeOut } = this.pane.dataset;
    return button(finding.fix ? `${mend}: ${finding.fix}` : takeOut, () => this.mend([finding]), "button finding-mend");
  }

  /** To the finding's place in the text, or to its field. */
  go({ mark, id }) {
    const range = this.rangeOf(mark);
    if (range) {
      this.actions.text();
      this.codemirror.setSelection(range.from, range.to);
      this.codemirror.scrollIntoView(range, 100);
      this.codemirror.focus();
      return;
    }
    const field = document.getElementById(id);
    field?.closest("details")?.setAttribute("open", "");
    field?.focus();
  }

  /** Where a mark stands now, whatever was typed since; nothing where its text is gone. */
  rangeOf(mark) {
    const found = mark?.find();
    return found && (found.from ? found : { from: found, to: found });
  }

  /** All of these in one step, which one undo takes back; what was written over meanwhile is left alone. */
  mend(findings) {
    this.codemirror.operation(() => {
      for (const { mark, written, fix } of findings) {
        const range = this.rangeOf(mark);
        if (!range || this.codemirror.getRange(range.from, range.to) !== written) continue;
        this.codemirror.replaceRange(fix, range.from, range.to);
      }
    });
    this.soon();
  }
}

document.addEventListener("editor:ready", ({ detail }) => new Findings(detail));
