// Files that are dropped anywhere on a form are chosen in its file field: `data-drop`. Without it the field takes them alone,
// and beside it the browser would leave the page for the file.

function takeFiles(form) {
  const input = form.querySelector("input[type=file]");
  const mark = (over) => form.classList.toggle("drop-here", over);
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) mark(false); });
  form.addEventListener("drop", (event) => {
    mark(false);
    if (!event.dataTransfer.files.length || event.target === input) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.querySelectorAll("[data-drop]").forEach(takeFiles);
