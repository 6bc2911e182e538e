// Helps for the post's form and its pages, which work without them: a slug suggested from the title, tags completed,
// moments in the editor's own time zone, and a button that says whether it publishes or schedules.

/** A title as the last part of a URL, in ASCII; Vietnamese and other Latin letters lose their marks. */
export function slugOf(title) {
  const letters = { đ: "d", ø: "o", æ: "ae", œ: "oe", ß: "ss", ł: "l" };
  return title
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đøæœßł]/g, (letter) => letters[letter])
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

function suggestSlug(slug) {
  const title = document.getElementById(slug.dataset.slugOf);
  if (!title || slug.value) return;
  const show = () => { slug.placeholder = slugOf(title.value); };
  title.addEventListener("input", show);
  show();
}

/** A combobox over the name that is being typed, the last of a list with commas between. */
function completeTags(input) {
  const list = document.createElement("ul");
  const field = document.createElement("div");
  list.id = `${input.id}_suggestions`;
  list.className = "tag-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  list.hidden = true;
  field.className = "tag-field";
  input.replaceWith(field);
  field.append(input, list);
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let selected = -1;
  let asked = 0;

  const typed = () => input.value.slice(input.value.lastIndexOf(",") + 1).trim();
  const isNew = (name) => {
    const before = input.value.slice(0, input.value.lastIndexOf(",") + 1).split(",");
    return !before.some((each) => each.trim().toLowerCase() === name.toLowerCase());
  };

  const deselect = () => {
    selected = -1;
    [...list.children].forEach((option) => option.setAttribute("aria-selected", "false"));
    input.removeAttribute("aria-activedescendant");
  };

  const hide = () => {
    asked += 1; // what is still on its way comes too late
    list.hidden = true;
    deselect();
    input.setAttribute("aria-expanded", "false");
  };

  const select = (index) => {
    selected = (index + list.children.length) % list.children.length;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === selected)));
    input.setAttribute("aria-activedescendant", list.children[selected].id);
  };

  const take = (name) => {
    const before = input.value.slice(0, input.value.lastIndexOf(",") + 1);
    const quoted = /[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
    input.value = `${before}${before ? " " : ""}${quoted}, `;
    hide();
    input.focus();
  };

  /** The names in place of those before them; the one that was selected stays so where it is still among them. */
  const show = (names) => {
    const before = list.children[selected]?.textContent;
    list.replaceChildren(...names.map((name, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = name;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(name); });
      return option;
    }));
    if (!names.length) { hide(); return; }
    list.hidden = false;
    deselect();
    input.setAttribute("aria-expanded", "true");
    if (names.includes(before)) select(names.indexOf(before));
  };

  input.addEventListener("input", async () => {
    const ticket = ++asked;
    deselect(); // whoever types on has not chosen
    if (!typed()) { hide(); return; }
    const url = new URL(input.dataset.suggest, window.location.href);
    url.searchParams.set("q", typed());
    const answer = await fetch(url).catch(() => null);
    if (!answer?.ok) return;
    const { names } = await answer.json();
    if (ticket === asked) show(names.filter(isNew));
  });

  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return; // then these keys are an input method's
    if (event.key === "ArrowDown") { event.preventDefault(); select(selected + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); select(Math.max(selected, 0) - 1); }
    if (event.key === "Escape") { event.preventDefault(); hide(); }
    if (event.key === "Enter") {
      event.preventDefault(); // an open list is closed by it first; the form is not sent
      if (selected >= 0) take(list.children[selected].textContent); else hide();
    }
  });

  input.addEventListener("blur", hide);
}

/** A moment as the editor's clock has it, written as the server writes it, which is how Swedes do: 2024-06-13 12:00. */
function showInLocalTime(time) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.getTime())) return;
  const zone = new Intl.DateTimeFormat(document.documentElement.lang, { timeZoneName: "short" });
  const name = zone.formatToParts(moment).find((part) => part.type === "timeZoneName").value;
  time.title = time.textContent.trim();
  time.textContent = `${moment.toLocaleString("sv", { dateStyle: "short", timeStyle: "short" })} ${name}`;
}

/** The button's label follows the dates in the form, which stand in the offset from UTC that the form names. */
function followDates(button) {
  const now = button.textContent;
  const dates = ["id_publish_date", "id_date"].map((id) => document.getElementById(id)).filter(Boolean);
  const momentOf = (date) => Date.parse(`${date.value}${date.dataset.offset}`);
  const show = () => {
    const date = dates.find((each) => each.value);
    button.textContent = date && momentOf(date) > Date.now() ? button.dataset.later : now;
  };
  dates.forEach((date) => date.addEventListener("input", show));
  show();
}

document.querySelectorAll("[data-local-time]").forEach(showInLocalTime);
document.querySelectorAll("[data-later]").forEach(followDates);
document.querySelectorAll("[data-select-on-focus]").forEach((input) => {
  input.addEventListener("focus", () => input.select());
});
document.querySelectorAll("[data-slug-of]").forEach(suggestSlug);
document.querySelectorAll("[data-suggest]").forEach(completeTags);
