// Puts EasyMDE over the body's textarea, which stays the field that is sent. Other modules listen for `editor:ready` on
// the textarea; `detail.codemirror` is the editor.

/* global EasyMDE */

/** The editor over the textarea, each the other's mirror: who sets the textarea's value says so with an `input` event. */
function mount(textarea) {
  const easymde = new EasyMDE({
    element: textarea,
    autoDownloadFontAwesome: false,
    spellChecker: false,
    nativeSpellcheck: true,
    inputStyle: "contenteditable",
    toolbar: false,
    status: false,
    minHeight: "20rem",
  });
  const { codemirror } = easymde;
  codemirror.on("change", () => {
    codemirror.save();
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });
  textarea.addEventListener("input", () => {
    if (textarea.value !== codemirror.getValue()) codemirror.setValue(textarea.value);
  });
  textarea.addEventListener("focus", () => codemirror.focus());
  return easymde;
}

/** The textarea's label, help and error, said of the editor's input. */
function describe(codemirror, textarea) {
  const input = codemirror.getInputField();
  const [label] = textarea.labels;
  label.id ||= `${textarea.id}_label`;
  label.removeAttribute("for");
  label.addEventListener("click", () => codemirror.focus());
  input.setAttribute("role", "textbox");
  input.setAttribute("aria-multiline", "true");
  input.setAttribute("aria-labelledby", label.id);
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) input.setAttribute(name, textarea.getAttribute(name));
  }
}

document.querySelectorAll("[data-editor] > textarea").forEach((textarea) => {
  const { codemirror } = mount(textarea);
  describe(codemirror, textarea);
  // By then every module of the page listens.
  document.addEventListener("DOMContentLoaded", () => {
    textarea.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { codemirror } }));
  });
});
