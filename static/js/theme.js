/* No module, so that it runs before the first paint: a remembered choice does not flash. The admin shares the choice. */
(() => {
  const { dataset } = document.documentElement;
  dataset.theme = "auto";
  try {
    dataset.theme = localStorage.theme ?? "auto";
    // Where storage is refused, a choice lasts as long as the page.
  } catch {}

  addEventListener("click", ({ target }) => {
    if (!target.closest("[data-theme-switch]")) return;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (dataset.theme === "auto" ? system : dataset.theme) === "dark" ? "light" : "dark";
    dataset.theme = next === system ? "auto" : next;
    try {
      localStorage.theme = dataset.theme;
    } catch {}
  });

  // A field's own script is fetched when somebody comes to use it.
  addEventListener("focusin", ({ target }) => target.dataset.script && import(target.dataset.script));
})();
