// Search over everything in the admin: Ctrl-K (Cmd-K on a Mac) or the link in the header opens a dialog. Arrow keys
// choose, Enter opens, Escape closes. Without this script the link leads to a page that does the same.

const dialog = document.getElementById("find");
const input = dialog.querySelector("input");
const list = document.getElementById("find-hits");
const told = document.getElementById("find-told");
const WAIT = 80; // milliseconds after a letter
let selected = -1;
let asked = 0;
let timer = 0;
let chosen = ""; // the address that was gone to with the arrow keys since the last letter
let isOld = false; // whether what is listed was found for what the field said before
let isToOpen = false; // whether Enter was pressed meanwhile
let hasFailed = false; // whether the last question had no answer

const options = () => [...list.querySelectorAll("[role=option]")];

function select(index) {
  const all = options();
  selected = all.length ? (index + all.length) % all.length : -1;
  all.forEach((option, at) => option.setAttribute("aria-selected", String(at === selected)));
  if (selected < 0) { input.removeAttribute("aria-activedescendant"); return; }
  input.setAttribute("aria-activedescendant", all[selected].id);
  all[selected].scrollIntoView({ block: "nearest" });
}

/** To the next or the one before, which stays selected when a later answer has it too. */
function go(index) {
  select(index);
  chosen = options()[selected]?.dataset.url ?? "";
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function option(hit, id) {
  const made = element("div", "find-hit", "");
  made.id = id;
  made.setAttribute("role", "option");
  made.dataset.url = hit.url;
  made.append(element("span", "find-title", hit.title), element("span", "find-note", hit.note));
  made.addEventListener("click", () => window.location.assign(hit.url));
  return made;
}

function show(groups) {
  let count = 0;
  list.replaceChildren(...groups.map((group, at) => {
    const made = element("div", "find-group", "");
    const name = element("div", "find-name", group.name);
    name.id = `find-group-${at}`;
    made.setAttribute("role", "group");
    made.setAttribute("aria-labelledby", name.id);
    name.setAttribute("role", "presentation");
    made.append(name, ...group.hits.map((hit) => option(hit, `find-hit-${count++}`)));
    return made;
  }));
  told.textContent = count ? dialog.dataset.found.replace("{count}", count) : dialog.dataset.none;
  input.setAttribute("aria-expanded", String(count > 0));
  list.hidden = count === 0;
  select(Math.max(options().findIndex((each) => each.dataset.url === chosen), 0));
  isOld = false;
  if (isToOpen && selected >= 0) options()[selected].click();
  isToOpen = false;
}

async function ask() {
  const ticket = ++asked;
  hasFailed = false;
  const url = new URL(dialog.dataset.address, window.location.href);
  url.search = new URLSearchParams({ format: "json", q: input.value });
  const answer = await fetch(url).catch(() => null);
  const groups = answer?.ok ? (await answer.json()).groups : null;
  if (ticket !== asked) return;
  if (groups) show(groups);
  else hasFailed = true;
}

function open() {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  ask();
}

input.addEventListener("input", () => {
  [chosen, isOld, isToOpen] = ["", true, false];
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // these keys are an input method's
  if (event.key === "ArrowDown") { event.preventDefault(); go(selected + 1); }
  if (event.key === "ArrowUp") { event.preventDefault(); go(selected - 1); }
  if (event.key === "Escape") { event.preventDefault(); dialog.close(); } // it would empty the field first
  if (event.key === "Enter") {
    event.preventDefault();
    isToOpen = isOld;
    if (isOld && hasFailed) ask();
    if (!isOld && selected >= 0) options()[selected].click();
  }
});
dialog.addEventListener("close", () => { isToOpen = false; });
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return; // an editor may have the keys for itself
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
document.querySelectorAll("[data-find]").forEach((link) => {
  link.addEventListener("click", (event) => { event.preventDefault(); open(); });
});
