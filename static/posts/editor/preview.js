// The preview beside the text: the page itself, made by the server of the form as it stands, in a frame where no script
// runs. It follows what is typed, and each of the two scrolls the other.

const PAUSE_MS = 400; // without typing, before the page is asked for
const LOOK_AHEAD = 200; // lines in which a block's beginning is looked for
const BEGINNING = 24; // letters by which a block is known

/** Makes `old` what `fresh` is, and leaves alone whatever is the same in both: pictures do not flicker. */
function patch(old, fresh) {
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  let same = 0;
  while (before.length && after.length && before[0].isEqualNode(after[0])) {
    before.shift();
    after.shift();
    same += 1;
  }
  while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) {
    before.pop();
    after.pop();
  }
  if (before.length === 1 && after.length === 1 && isSameElement(before[0], after[0])) {
    patch(before[0], after[0]);
    return;
  }
  const next = old.childNodes[same + before.length] ?? null;
  before.forEach((node) => node.remove());
  after.forEach((node) => old.insertBefore(node, next));
}

function isSameElement(one, other) {
  return one.nodeType === Node.ELEMENT_NODE && one.cloneNode(false).isEqualNode(other.cloneNode(false));
}

/** Takes out scripts, which could not run; links lead to places on the page, or away in a window of their own. */
function prepare(page) {
  page.querySelectorAll("script").forEach((script) => script.remove());
  for (const link of page.querySelectorAll("a[href]")) {
    const address = link.getAttribute("href");
    if (address.startsWith("#")) link.setAttribute("href", `about:srcdoc${address}`);
    else {
      link.target = "_blank";
      link.relList.add("noopener");
    }
  }
}

const sheetsOf = (page) => [...page.querySelectorAll("link[rel=stylesheet]")].map((sheet) => sheet.getAttribute("href")).join();
const lettersOf = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Which line of the text each block of the page begins at: pairs of line and element, both in order. */
function matched(codemirror, page) {
  const lines = codemirror.getValue().split("\n").map((line) => lettersOf(line.replace(/\]\([^)]*\)/g, "]")));
  const pairs = [];
  let from = 0;
  for (const block of page.querySelectorAll(".e-content > *")) {
    const beginning = lettersOf(block.textContent).slice(0, BEGINNING);
    const end = Math.min(lines.length, from + LOOK_AHEAD);
    for (let line = from; beginning && line < end; line += 1) {
      if (!lines[line] || !(lines[line].startsWith(beginning) || beginning.startsWith(lines[line]))) continue;
      pairs.push([line, block]);
      from = line + 1;
      break;
    }
  }
  return pairs;
}

/** Where `x` lies, carried over from one scale to the other; `points` are pairs of both that rise. */
function carried(x, points, from, to) {
  const after = points.findIndex((point) => point[from] > x);
  if (after === -1) return points.at(-1)[to];
  if (after === 0) return points[0][to];
  const [one, other] = [points[after - 1], points[after]];
  return one[to] + ((x - one[from]) / (other[from] - one[from])) * (other[to] - one[to]);
}

const shareOf = (top, most) => (most > 0 ? Math.min(top / most, 1) : 0);

class Preview {
  constructor({ codemirror, root, fields }) {
    this.codemirror = codemirror;
    this.textarea = codemirror.getTextArea();
    this.root = root;
    this.fields = fields;
    this.pane = root.querySelector(".writing-preview");
    this.problems = this.pane.querySelector(".writing-problems");
    this.frame = this.pane.querySelector("iframe");
    this.button = root.querySelector("[data-action=preview]");
    this.textarea.form.addEventListener("input", () => this.soon());
    this.textarea.form.addEventListener("change", () => this.soon());
    codemirror.on("scroll", () => this.textScrolled());
    this.frame.addEventListener("load", () => this.loaded());
  }

  get isOpen() {
    return !this.pane.hidden;
  }

  get page() {
    return this.frame.contentDocument;
  }

  /** On a phone the page stands in the text's place. */
  get isTextSeen() {
    return this.codemirror.getWrapperElement().offsetParent !== null;
  }

  toggle(on = !this.isOpen) {
    this.firstLine = this.codemirror.lineAtHeight(this.textTop, "local");
    this.pane.hidden = !on;
    this.root.classList.toggle("writing-previewed", on);
    this.button.setAttribute("aria-pressed", String(on));
    this.codemirror.refresh();
    if (!on) return;
    this.refresh();
    this.place = null;
    if (this.isLoaded) this.inStep();
  }

  soon() {
    clearTimeout(this.waiting);
    this.request?.abort();
    if (this.isOpen) this.waiting = setTimeout(() => this.refresh(), PAUSE_MS);
  }

  /** Asks for the page, and no longer for the one before. */
  async refresh() {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.pane.setAttribute("aria-busy", "true");
    try {
      const address = this.textarea.dataset.previewUrl;
      const response = await fetch(address, { method: "POST", body: this.fields(), signal });
      const isJson = response.headers.get("Content-Type").startsWith("application/json");
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      if (isJson) this.tell((await response.json()).problems);
      else await this.show(await response.text());
    } catch (error) {
      if (error.name === "AbortError") return;
      this.tell([{ message: this.pane.dataset.failed }]);
    }
    if (!signal.aborted) this.pane.removeAttribute("aria-busy");
  }

  /** What keeps the page from being made; the last that could be stays below it. */
  tell(problems) {
    const said = problems.map(({ field, message }) => (field ? `${field}: ${message}` : message));
    if (said.join() === [...this.problems.children].map((item) => item.textContent).join()) return;
    this.problems.replaceChildren(
      ...said.map((text) => {
        const item = document.createElement("li");
        item.textContent = text;
        return item;
      }),
    );
  }

  /** Answers when the page is there with its pictures. */
  async show(html) {
    this.tell([]);
    const fresh = new DOMParser().parseFromString(html, "text/html");
    prepare(fresh);
    if (this.isLoaded && sheetsOf(this.page) === sheetsOf(fresh)) {
      patch(this.page.body, fresh.body);
      this.settle();
      return;
    }
    if (this.isLoaded) this.place = this.frame.contentWindow.scrollY; // else that of the page before is still to be found
    this.isLoaded = false;
    cancelAnimationFrame(this.watching); // the page that is coming is nowhere yet
    const there = new Promise((resolve) => this.frame.addEventListener("load", resolve, { once: true }));
    this.frame.srcdoc = fresh.documentElement.outerHTML;
    await there;
  }

  /** A new page in the frame; the empty one that a frame begins with is none. Who has scrolled it while its pictures
      were coming stays there. */
  loaded() {
    if (!this.frame.srcdoc) return;
    this.isLoaded = true;
    this.place = this.frame.contentWindow.scrollY || this.place;
    this.page.documentElement.dataset.theme = document.documentElement.dataset.theme ?? "auto";
    this.pairs = matched(this.codemirror, this.page);
    if (this.place !== null) this.scrollPage(this.place);
    this.inStep();
    this.settle();
  }

  /** The page goes to where the text is, unless it is where it was, and from now on each scrolls the other. */
  inStep() {
    if (this.place === null && this.isTextSeen) this.followText();
    else if (this.place === null) this.showLine(this.firstLine);
    this.pageSeen = this.frame.contentWindow.scrollY;
    this.watch();
  }

  /** Looks at each frame where the page is: without scripts nothing in it tells of a scroll. */
  watch() {
    cancelAnimationFrame(this.watching);
    if (!this.isOpen) return;
    const { scrollY } = this.frame.contentWindow;
    if (this.pageSeen !== scrollY && this.isTextSeen) this.followPage();
    this.pageSeen = scrollY;
    this.watching = requestAnimationFrame(() => this.watch());
  }

  textScrolled() {
    const isEcho = Math.abs(this.textTop - this.textSeen) < 2;
    if (this.isOpen && this.isLoaded && this.isTextSeen && !isEcho) this.followText();
    this.textSeen = this.textTop;
  }

  get textTop() {
    return this.codemirror.getScrollInfo().top;
  }

  /** Scrolls the page to what the text shows: in both the same stands at the upper edge at the beginning, at the lower
      one at the end, and in between in between. */
  followText() {
    const { top, height, clientHeight } = this.codemirror.getScrollInfo();
    const share = shareOf(top, height - clientHeight);
    this.scrollPage(this.pageAt(top + share * clientHeight) - share * this.frame.contentWindow.innerHeight);
  }

  /** Scrolls to the block that this line is in. */
  showLine(line) {
    const [, block] = this.pairs.findLast(([each]) => each <= line) ?? [];
    if (block && line > 0) this.scrollPage(block.getBoundingClientRect().top + this.frame.contentWindow.scrollY);
  }

  followPage() {
    const { scrollY, innerHeight } = this.frame.contentWindow;
    const { points } = this;
    const share = shareOf(scrollY, points.at(-1)[1] - innerHeight);
    const { clientHeight } = this.codemirror.getScrollInfo();
    this.codemirror.scrollTo(null, carried(scrollY + share * innerHeight, points, 1, 0) - share * clientHeight);
    this.textSeen = this.textTop;
  }

  scrollPage(top) {
    this.frame.contentWindow.scrollTo({ top, behavior: "instant" });
    this.pageSeen = this.frame.contentWindow.scrollY;
  }

  /** Matches text and page anew, and brings what is being written into sight. */
  settle() {
    this.pairs = matched(this.codemirror, this.page);
    if (!this.codemirror.hasFocus()) return;
    const top = this.pageAt(this.codemirror.heightAtLine(this.codemirror.getCursor().line, "local"));
    const { scrollY, innerHeight } = this.frame.contentWindow;
    if (top < scrollY || top > scrollY + innerHeight * 0.8) this.scrollPage(top - innerHeight / 3);
  }

  /** Heights in the text and on the page that belong together. */
  get points() {
    const { scrollY } = this.frame.contentWindow;
    const content = this.page.querySelector(".e-content").getBoundingClientRect();
    const points = this.pairs.map(([line, block]) => [
      this.codemirror.heightAtLine(line, "local"),
      block.getBoundingClientRect().top + scrollY,
    ]);
    const end = [this.codemirror.getScrollInfo().height, content.bottom + scrollY];
    return [[0, 0], ...points.filter(([y]) => y > 0 && y < end[0]), end];
  }

  pageAt(y) {
    return carried(y, this.points, 0, 1);
  }
}

document.addEventListener("editor:ready", ({ detail }) => {
  const preview = new Preview(detail);
  detail.actions.preview = () => preview.toggle();
  detail.actions.text = () => {
    if (!preview.isTextSeen) preview.toggle(false);
  };
});
