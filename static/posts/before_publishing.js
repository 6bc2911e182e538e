// The panel “Before publishing”: asks the checks about the form as it stands, and leads from a finding to its place.

const PAUSE_MS = 1500; // after the last change, while the panel is open

let codemirror = null;
document.addEventListener("editor:ready", (event) => { codemirror = event.detail?.codemirror ?? null; });

/** The form's fields, files by their names alone: nothing is stored by looking. */
function fieldsOf(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.set(name, value.name);
  return data;
}

/** Where the text stands now: as near as can be to where it stood. */
function nearest(text, excerpt, start) {
  if (!excerpt || text.startsWith(excerpt, start)) return start;
  const before = text.lastIndexOf(excerpt, start);
  const after = text.indexOf(excerpt, start);
  if (before < 0 || after < 0) return Math.max(before, after, 0);
  return start - before < after - start ? before : after;
}

/** The editor over this field, where there is one. */
const editorOf = (field) => (codemirror?.getTextArea() === field ? codemirror : null);

function select(field, excerpt, start) {
  const editor = editorOf(field);
  const text = editor ? editor.getValue("\n") : field.value;
  const from = nearest(text, excerpt, start);
  const to = from + excerpt.length;
  if (editor) {
    editor.setSelection(editor.posFromIndex(from), editor.posFromIndex(to));
    editor.focus();
    return;
  }
  field.focus();
  field.setSelectionRange(from, from);
  field.scrollTop = (field.scrollHeight * text.slice(0, from).split("\n").length) / (text.split("\n").length + 1)
    - field.clientHeight / 2;
  field.setSelectionRange(from, to);
}

function goTo(link) {
  const field = document.getElementById(link.dataset.goto);
  if (!field) return;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  const editor = editorOf(field);
  (editor?.getWrapperElement() ?? field).scrollIntoView({ block: "center" });
  if (link.dataset.start === undefined) (editor ?? field).focus();
  else select(field, link.dataset.excerpt, Number(link.dataset.start));
}

function enhance(panel) {
  const form = panel.closest("form");
  const content = panel.querySelector("[data-content]");
  const told = panel.querySelector("[data-told]");
  let asked = 0;
  let pause = 0;
  panel.hidden = false;

  const check = async () => {
    const ticket = ++asked;
    told.textContent = panel.dataset.busy;
    panel.setAttribute("aria-busy", "true");
    const answer = await fetch(panel.dataset.checklist, { method: "POST", body: fieldsOf(form) }).catch(() => null);
    const html = answer?.ok && !answer.redirected ? await answer.text() : null;
    if (ticket !== asked) return;
    panel.removeAttribute("aria-busy");
    if (html === null) { told.textContent = panel.dataset.failed; return; }
    content.innerHTML = html;
    const sum = content.querySelector("[data-sum]");
    told.textContent = sum.textContent.replace(/\s+/g, " ").trim();
    sum.remove();
  };

  panel.addEventListener("toggle", (event) => {
    if (event.target !== panel || !panel.open) return;
    if (panel.hasAttribute("data-fresh")) panel.removeAttribute("data-fresh");
    else check();
  });
  form.addEventListener("input", () => {
    clearTimeout(pause);
    if (panel.open) pause = setTimeout(check, PAUSE_MS);
  });
  content.addEventListener("click", (event) => {
    const link = event.target.closest("[data-goto]");
    if (!link) return;
    event.preventDefault();
    goTo(link);
  });
  if (panel.open) {
    window.addEventListener("load", () => {
      if (document.activeElement === document.body) panel.querySelector("summary").focus();
      // A form is sent to the page's address: what came next would be scrolled to the panel too, past what it says at its top.
      if (location.hash === `#${panel.id}`) history.replaceState(history.state, "", location.pathname + location.search);
    });
  }
}

document.querySelectorAll("[data-checklist]").forEach(enhance);
