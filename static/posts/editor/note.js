// One line below the text that says what was done to it, for eyes and for screen readers, and takes it back if asked.

/** The line in a section of the page: `say(text, undo)`, where `undo` takes back what was said until the text changes. */
export function noteIn(section, codemirror) {
  const [said, undo, dismiss] = ["said", "undo", "dismiss"].map((name) => section.querySelector(`[data-${name}]`));
  let takeBack;
  let generation;

  function say(text, undoIt) {
    said.textContent = text;
    takeBack = undoIt;
    generation = codemirror.changeGeneration();
    undo.hidden = !undoIt;
    dismiss.hidden = !text;
  }

  codemirror.on("change", () => {
    if (!codemirror.isClean(generation)) undo.hidden = true;
  });
  undo.addEventListener("click", () => {
    takeBack();
    say("");
    codemirror.focus();
  });
  dismiss.addEventListener("click", () => {
    say("");
    codemirror.focus();
  });
  return say;
}
