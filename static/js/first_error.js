// A form that comes back with errors begins at the first field that has one: "the error below" can be screens away.

/** The editor over a field that is hidden, where there is one. */
const editorOf = (field) => field.closest("[data-editor]")?.querySelector(".CodeMirror")?.CodeMirror;

window.addEventListener("load", () => {
  const field = document.querySelector("form:has(.errornote) [aria-invalid=true]:not([type=hidden])");
  if (!field) return;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  (editorOf(field) ?? field).focus();
  field.closest(".form-row")?.scrollIntoView({ block: "nearest" });
});
