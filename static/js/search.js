// A search field that offers tags and titles while one types: a combobox with a listbox.
const DELAY_MS = 150;

for (const field of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("ul");
  let timer, asked;

  const choose = option => {
    for (const each of list.children) each.ariaSelected = each === option;
    field.setAttribute("aria-activedescendant", option?.id ?? "");
  };
  const show = items => {
    list.replaceChildren(...items.map(({ text, url }, at) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `suggestion-${at}`, role: "option", textContent: text, onclick: () => location.assign(url) });
      option.dir = "auto";
      return option;
    }));
    list.hidden = !items.length;
    field.ariaExpanded = !list.hidden;
    choose();
  };
  const ask = async () => {
    const now = (asked = field.value.trim());
    const answer = now.length > 1 && (await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(now)}`));
    if (now === asked && field.matches(":focus")) show(answer?.ok ? (await answer.json()).suggestions : []);
  };

  list.id = "suggestions";
  list.role = "listbox";
  list.ariaLabel = field.labels[0].textContent;
  list.hidden = true;
  // The field keeps the focus.
  list.onmousedown = event => event.preventDefault();
  field.after(list);
  field.role = "combobox";
  field.autocomplete = "off";
  field.ariaAutoComplete = "list";
  field.setAttribute("aria-controls", list.id);
  field.ariaExpanded = false;
  field.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY_MS);
  };
  field.onblur = () => show([]);
  field.onkeydown = event => {
    const options = [...list.children];
    const at = options.findIndex(option => option.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      choose(options.at(((at < 0 && step < 0 ? 0 : at) + step + options.length) % options.length));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      options[at].click();
    } else if (event.key === "Escape" && options.length) {
      event.preventDefault();
      show([]);
    }
  };
}
