// Suggestions below the search field.
const DELAY_MS = 150;

for (const field of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("ul");
  let timer, asked, chosen;

  const choose = option => {
    chosen = option;
    for (const each of list.children) each.ariaSelected = each === option;
    field.setAttribute("aria-activedescendant", option?.id ?? "");
  };
  const show = items => {
    const before = chosen?.textContent;
    list.replaceChildren(...items.map(({ text, url }, at) => {
      const option = document.createElement("li");
      const onclick = () => location.assign(url);
      return Object.assign(option, { id: `suggestion-${at}`, role: "option", textContent: text, dir: "auto", onclick });
    }));
    list.hidden = !items.length;
    field.ariaExpanded = !list.hidden;
    choose([...list.children].find(option => option.textContent === before));
  };
  const close = () => {
    clearTimeout(timer);
    asked = 0;
    show([]);
  };
  const ask = async () => {
    const now = (asked = field.value.trim());
    const answer = now[1] && (await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(now)}`).catch(() => 0));
    const items = answer?.ok ? (await answer.json()).suggestions : [];
    if (now === asked) show(items);
  };

  Object.assign(list, { id: "suggestions", role: "listbox", ariaLabel: field.labels[0].textContent, hidden: true });
  list.onmousedown = event => event.preventDefault(); // the field keeps the focus
  field.after(list);
  Object.assign(field, { role: "combobox", autocomplete: "off", ariaAutoComplete: "list", ariaExpanded: false });
  field.setAttribute("aria-controls", list.id);
  field.oninput = () => {
    choose();
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY_MS);
  };
  field.onblur = close;
  field.onkeydown = event => {
    if (event.isComposing) return;
    const options = [...list.children];
    const at = options.indexOf(chosen);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) choose(options.at((at < 0 && step < 0 ? at : at + step) % options.length));
    else if (event.key === "Enter" && chosen) chosen.click();
    else if (event.key === "Escape" && options.length) close();
    else return;
    event.preventDefault();
  };
}
