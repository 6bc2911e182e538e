// Puts EasyMDE over the body's textarea, which stays the field that is sent. When all modules of the page are there, the
// textarea dispatches `editor:ready` with, as its detail:
//   codemirror   the editor
//   easymde      EasyMDE around it
//   root         the element around textarea, buttons, preview and findings
//   actions      what a button or a shortcut of this name does; modules add their own
//   fields()     what the form would send, without files
//   imageButton  hidden until somebody answers its event `editor:image`

/* global EasyMDE */

const WHOLE_UP_TO = 20_000; // characters; all of such a text is drawn, so that the browser's own search finds it

/** None of EasyMDE's own: the buttons name theirs. */
const UNBOUND = Object.fromEntries(
  [
    "toggleBold", "toggleItalic", "drawLink", "toggleHeadingSmaller", "toggleHeadingBigger", "drawImage",
    "toggleBlockquote", "toggleOrderedList", "toggleUnorderedList", "toggleCodeBlock", "toggleStrikethrough",
    "toggleHeading1", "toggleHeading2", "toggleHeading3", "toggleHeading4", "toggleHeading5", "toggleHeading6",
    "cleanBlock", "togglePreview", "toggleSideBySide", "toggleFullScreen",
  ].map((name) => [name, null]),
);

/** The editor over the textarea, each the other's mirror: who sets the textarea's value says so with an `input` event. */
function mount(textarea) {
  const easymde = new EasyMDE({
    element: textarea,
    autoDownloadFontAwesome: false,
    spellChecker: false,
    nativeSpellcheck: true,
    inputStyle: "contenteditable",
    direction: textarea.dir || "ltr",
    indentWithTabs: false,
    toolbar: false,
    status: false,
    shortcuts: UNBOUND,
    minHeight: "0",
  });
  const { codemirror } = easymde;
  drawWholeWhileShort(codemirror, textarea);
  codemirror.getWrapperElement().parentElement.removeAttribute("role");
  codemirror.on("changes", () => {
    codemirror.save();
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });
  textarea.addEventListener("input", () => {
    if (textarea.value !== codemirror.getValue()) codemirror.setValue(textarea.value);
  });
  textarea.addEventListener("focus", () => codemirror.focus());
  // CodeMirror reads what was typed 80 ms later: a form that is sent sooner must not lose it.
  textarea.form.addEventListener("submit", () => codemirror.display.input.updateFromDOM(), { capture: true });
  return easymde;
}

/** A long text is drawn where it is looked at alone: to draw all of a megabyte takes the browser ten seconds. */
function drawWholeWhileShort(codemirror, textarea) {
  const { viewportMargin } = codemirror.options;
  let length = textarea.value.length;
  const draw = () => {
    const margin = length < WHOLE_UP_TO ? Infinity : viewportMargin;
    if (codemirror.getOption("viewportMargin") !== margin) codemirror.setOption("viewportMargin", margin);
  };
  draw();
  codemirror.on("beforeChange", (_, { text }) => {
    length = textarea.value.length + text.reduce((sum, line) => sum + line.length + 1, 0);
    draw();
  });
}

/** The textarea's label, help and error, said of the editor's input; and how to leave it. */
function describe(codemirror, textarea) {
  const input = codemirror.getInputField();
  const [label] = textarea.labels;
  label.id ||= `${textarea.id}_label`;
  label.removeAttribute("for");
  label.addEventListener("click", () => codemirror.focus());
  input.setAttribute("role", "textbox");
  input.setAttribute("aria-multiline", "true");
  input.setAttribute("aria-labelledby", label.id);
  const described = [textarea.getAttribute("aria-describedby"), `${textarea.id}_leave`];
  input.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
  if (textarea.hasAttribute("aria-invalid")) input.setAttribute("aria-invalid", textarea.getAttribute("aria-invalid"));
}

/** Who comes back is where they were: the browser forgets its own place when lines are drawn anew, or a dialog closes. */
function keepCursor(codemirror) {
  const { input, wrapper } = codemirror.display;
  let last = "";
  document.addEventListener("keydown", ({ key }) => { last = key; }, { capture: true });
  document.addEventListener("pointerdown", ({ target }) => {
    last = wrapper.contains(target) ? "pointer" : "";
  }, { capture: true });
  codemirror.on("focus", () => {
    if (last === "pointer") return; // which chooses a place
    input.showSelection(input.prepareSelection(), true);
    if (last === "Tab") requestAnimationFrame(() => codemirror.hasFocus() && codemirror.scrollIntoView(null));
  });
}

/** What an input method wrote, which CodeMirror reads 80 ms later, is read before the next key: it would be written over. */
function readBeforeKeys(codemirror) {
  const { input } = codemirror.display;
  codemirror.on("keydown", () => {
    if (input.readDOMTimeout !== null && !input.composing) input.updateFromDOM();
  });
}

/** Tab indents; after Escape it goes on to the next field, as it does wherever a keyboard must not be caught. */
function letTabLeave(codemirror) {
  const leaving = { Tab: false, "Shift-Tab": false };
  const stay = () => codemirror.removeKeyMap(leaving);
  codemirror.on("keydown", (_, event) => {
    if (event.key === "Escape") codemirror.addKeyMap(leaving);
    else if (event.key !== "Tab" && event.key !== "Shift") stay();
  });
  codemirror.on("blur", stay);
}

function fieldsOf(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  return fields;
}

document.querySelectorAll("[data-editor]").forEach((root) => {
  const textarea = root.querySelector("textarea");
  const easymde = mount(textarea);
  const { codemirror } = easymde;
  const imageButton = root.querySelector("[data-action=image]");
  describe(codemirror, textarea);
  keepCursor(codemirror);
  readBeforeKeys(codemirror);
  letTabLeave(codemirror);
  new ResizeObserver(() => codemirror.refresh()).observe(codemirror.getWrapperElement());
  const detail = { codemirror, easymde, root, actions: {}, fields: () => fieldsOf(textarea.form), imageButton };
  // By then every module of the page listens.
  document.addEventListener("DOMContentLoaded", () => {
    textarea.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail }));
  });
});
