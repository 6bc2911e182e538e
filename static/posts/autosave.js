// Nothing that is typed into the post's form is lost: the browser keeps it within seconds, the server every twenty, and
// before a save. What the server has is offered when the form is opened again; what only this browser has is sent then.

const SOON_MS = 2_000;
const A_MOMENT_MS = 1_000;
const EVERY_MS = 20_000;
const MOST_COPIES = 20;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const SIGNED_OUT = new Set(["signedOut", "somebodyElse"]);
const PREFIX = "monograph:unsaved:";
const LOCK = "monograph:form:";

// The browser's own copies, each of one form that somebody filled in.

/** All of them, the newest first; those that are too old or too many go. None where the browser keeps nothing. */
function copies() {
  const isKept = (copy, index) => index < MOST_COPIES && copy.at > Date.now() - KEPT_MS;
  try {
    const found = Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
      .sort((a, b) => b.at - a.at);
    found.filter((copy, index) => !isKept(copy, index)).forEach((copy) => localStorage.removeItem(copy.key));
    return found.filter(isKept);
  } catch {
    return [];
  }
}

function isWritten(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch { // there is no room, or the disk is full
    return false;
  }
}

/** Whether the browser took the copy, for which the oldest others make room; one too large for all of it takes none. */
function store(key, copy) {
  const others = copies().map((each) => each.key).filter((each) => each !== key);
  const text = JSON.stringify(copy);
  const gone = [];
  while (!isWritten(key, text)) {
    if (!others.length) {
      gone.reverse().forEach(([name, written]) => isWritten(name, written));
      return false;
    }
    const oldest = others.pop();
    gone.push([oldest, localStorage.getItem(oldest)]);
    localStorage.removeItem(oldest);
  }
  return true;
}

function forget(key) {
  try { localStorage.removeItem(key); } catch { /* it kept nothing */ }
}

function csrfToken(form) {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
}

function showLocalTimes(part) {
  const form = { dateStyle: "short", timeStyle: "short" };
  part.querySelectorAll("[data-local-time]").forEach((time) => {
    time.textContent = new Date(time.dateTime).toLocaleString("sv", form); // 2024-06-13 12:00, as the server writes it
  });
}

/** The forms that are open in a window of this browser. */
async function openForms() {
  const { held } = navigator.locks ? await navigator.locks.query() : { held: [] };
  return new Set(held.map((lock) => lock.name));
}

class Autosave {
  constructor(form, bar) {
    this.form = form;
    this.bar = bar;
    this.said = bar.querySelector(".said");
    this.announced = bar.querySelector("[role=status]");
    this.dialog = bar.querySelector("dialog");
    this.company = document.getElementById("company");
    this.shownCompany = this.company?.textContent.trim() ? null : ""; // else it would be announced anew
    this.key = `${PREFIX}${bar.dataset.user}:${bar.dataset.form}`;
    this.onServer = this.loaded(); // the texts that the server has, as JSON
    this.inBrowser = null; // those that the browser has a copy of
    this.state = "kept";
  }

  // What the form holds

  texts(form = this.form) {
    form.querySelectorAll(".CodeMirror").forEach(({ CodeMirror }) => CodeMirror?.save()); // into its textarea
    const data = new FormData(form);
    return Object.fromEntries(this.bar.dataset.names.split(" ").map((name) => [name, data.get(name) ?? ""]));
  }

  /** As the page came, whatever the browser put back into its fields. */
  loaded() {
    const pristine = this.form.cloneNode(true);
    pristine.reset();
    return JSON.stringify(this.texts(pristine));
  }

  copy() {
    const { base, form, restored } = this.form.elements;
    return {
      user: this.bar.dataset.user,
      post: this.bar.dataset.post,
      form: form.value,
      base: base ? base.value : "",
      restored: restored ? restored.value : "",
      fields: this.texts(),
      at: Date.now(),
    };
  }

  // The browser

  /** Whether what the form holds is on the server or in this browser. */
  keepHere() {
    const copy = this.copy();
    const text = JSON.stringify(copy.fields);
    if (text === this.onServer) {
      forget(this.key);
      this.inBrowser = null;
    } else if (text !== this.inBrowser) {
      this.inBrowser = store(this.key, copy) ? text : null;
    }
    return text === this.onServer || text === this.inBrowser;
  }

  keepHereSoon() {
    this.soon ||= setTimeout(() => { this.soon = 0; this.keepHere(); }, SOON_MS);
  }

  // The server

  async request(url, options = {}) {
    const answer = await fetch(url, { redirect: "manual", ...options }).catch(() => null);
    if (!answer) return { state: "offline" };
    if (answer.type === "opaqueredirect") return { state: "signedOut" };
    const told = answer.ok ? await answer.json().catch(() => null) : null;
    if (!told) return { state: "refused" };
    return { state: String(told.user) === this.bar.dataset.user ? "kept" : "somebodyElse", company: told.company };
  }

  ask() {
    const { post, base } = this.copy();
    return this.request(`${this.bar.dataset.url}?${new URLSearchParams({ post, base })}`);
  }

  async send({ fields, at, ...names }) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...names, ...fields })) body.set(name, value);
    body.set("age", Math.max(0, Math.round((Date.now() - at) / 1000)));
    body.set("csrfmiddlewaretoken", csrfToken(this.form));
    const outcome = await this.request(this.bar.dataset.url, { method: "POST", body });
    if (outcome.state !== "refused") return outcome;
    const { state } = await this.ask(); // without any cookie the server refuses before it sees that nobody is signed in
    return { state: state === "kept" ? "refused" : state };
  }

  /** Has the server keep what it does not have yet; gives back how it went. One at a time. */
  keep() {
    this.keeping ||= this.exchange().finally(() => { this.keeping = null; });
    return this.keeping;
  }

  async exchange() {
    const copy = this.copy();
    const text = JSON.stringify(copy.fields);
    const isNew = text !== this.onServer;
    if (isNew) {
      this.keepHere();
      this.said.textContent = this.bar.dataset.saving;
    }
    const { state, company } = await (isNew ? this.send(copy) : this.ask());
    if (isNew && state === "kept") {
      this.onServer = text;
      this.keepHere();
    }
    if (isNew || SIGNED_OUT.has(state) || this.state !== "kept") this.say(state);
    if (this.company && company !== undefined) this.showCompany(company);
    return state;
  }

  // What the person is told

  say(state) {
    const { bar } = this;
    const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    const kept = this.keepHere() ? bar.dataset.here : bar.dataset.nowhere;
    const words = state === "kept" ? `${bar.dataset.kept} ${at}` : `${bar.dataset[state]} ${kept}`;
    this.said.textContent = words;
    if (state !== this.state) this.announced.textContent = words;
    this.state = state;
    bar.classList.toggle("trouble", state !== "kept");
    bar.querySelector(".sign-in").hidden = !this.isSignedOut;
  }

  get isSignedOut() {
    return SIGNED_OUT.has(this.state);
  }

  showCompany(html) {
    if (html.trim() === this.shownCompany) return;
    this.shownCompany = html.trim();
    this.company.innerHTML = html;
    showLocalTimes(this.company);
  }

  // Saving

  /** Sends the form once the server has its texts; else it stays, and the person is told why. */
  async save(submitter) {
    if (this.saving) return;
    this.saving = true;
    await this.keeping;
    const state = await this.keep();
    const insists = this.wasRefused && state === "refused"; // then the server may say itself what is wrong
    this.saving = false;
    this.wasRefused = state === "refused";
    if (state === "kept" || insists) {
      this.submit(submitter);
      return;
    }
    this.say(state);
    if (!this.isSignedOut) return;
    this.waiting = { submitter };
    this.dialog.showModal();
  }

  submit(submitter) {
    this.form.elements.csrfmiddlewaretoken.value = csrfToken(this.form); // signing in renews it
    this.isLeaving = true;
    this.form.requestSubmit(submitter);
  }

  async signedInAgain() {
    if (!this.isSignedOut || (await this.keep()) !== "kept" || !this.waiting) return;
    const { submitter } = this.waiting;
    this.waiting = null; // several things tell of it
    this.dialog.close();
    this.submit(submitter);
  }

  // What was typed before

  /** Sends what only this browser has of this post, and shows what the server offers then. */
  async offer() {
    const { user, post, form } = this.copy();
    const open = await openForms();
    const isLeft = (copy) => copy.user === user && copy.post === post && copy.form !== form
      && !open.has(LOCK + copy.key.split(":").pop());
    let sent = false;
    for (const { key, ...copy } of copies().filter(isLeft)) {
      if ((await this.send(copy)).state !== "kept") continue;
      forget(key);
      sent = true;
    }
    const shown = document.getElementById("unsaved");
    if (sent) await this.refresh(shown);
    const banner = shown.querySelector("[data-form]");
    if (!banner || !open.has(LOCK + banner.dataset.form)) return;
    banner.hidden = true;
    banner.nextElementSibling.hidden = false;
  }

  async refresh(shown) {
    const answer = await fetch(location.pathname).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...page.getElementById("unsaved").childNodes);
    showLocalTimes(shown);
  }

  // When

  watch() {
    navigator.locks?.request(LOCK + this.bar.dataset.form, () => new Promise(() => {}));
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.keepHereSoon());
    this.form.addEventListener("submit", (event) => {
      if (this.isLeaving || event.defaultPrevented) return;
      event.preventDefault();
      this.save(event.submitter);
    });
    setInterval(() => { if (!document.hidden) this.keep(); }, EVERY_MS);
    document.addEventListener("visibilitychange", () => {
      if (this.isLeaving || !document.hidden) return;
      this.keepHere();
      setTimeout(() => this.keep(), A_MOMENT_MS); // a page that is closed does not get so far
    });
    window.addEventListener("pagehide", () => { if (!this.isLeaving) this.keepHere(); });
    window.addEventListener("pageshow", () => { this.isLeaving = false; });
    window.addEventListener("beforeunload", (event) => { if (this.wouldLose()) event.preventDefault(); });
    window.addEventListener("online", () => this.keep());
    window.addEventListener("focus", () => this.signedInAgain());
    new BroadcastChannel("signed-in").addEventListener("message", () => this.signedInAgain());
    this.watchDialog();
  }

  watchDialog() {
    this.bar.querySelectorAll(".sign-in").forEach((link) => link.addEventListener("click", (event) => {
      if (window.open(link.href, "sign-in", "popup,width=520,height=720")) event.preventDefault();
    }));
    this.dialog.querySelector("button").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => { this.waiting = null; });
  }

  /** Whether leaving the page would lose something: a picture that is chosen is kept nowhere. */
  wouldLose() {
    const hasFile = [...this.form.querySelectorAll("[type=file]")].some((input) => input.files.length);
    return !this.isLeaving && (!this.keepHere() || hasFile);
  }
}

const form = document.getElementById("post_form");
const bar = document.getElementById("autosave");
if (form && bar) {
  const autosave = new Autosave(form, bar);
  autosave.watch();
  if ("offers" in bar.dataset) autosave.offer();
}
