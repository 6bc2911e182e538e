// Names offered while one types into a field that says which: `data-names-of`, with a `<datalist>` to be filled.
// Without it the whole name is typed.

function offerNames(input) {
  const list = document.getElementById(input.getAttribute("list"));
  const names = input.closest("[data-names]");
  if (!list || !names) return;
  let asked = 0;
  input.addEventListener("input", async () => {
    const ticket = ++asked;
    if (!input.value.trim()) { list.replaceChildren(); return; }
    const url = new URL(names.dataset.names.replace("kind", input.dataset.namesOf), window.location.href);
    url.searchParams.set("q", input.value);
    const answer = await fetch(url).catch(() => null);
    if (ticket !== asked || !answer || !answer.ok) return;
    list.replaceChildren(...(await answer.json()).names.map((name) => new Option(name, name)));
  });
}

document.querySelectorAll("[data-names-of]").forEach(offerNames);
