// The library's button: an image that is there already goes into the text, with the alternative text that it has.

import { pictureMarkdown } from "./describing.js";

document.addEventListener("editor:ready", ({ detail: { codemirror, actions } }) => {
  actions.library = () => window.dispatchEvent(new CustomEvent("library:choose", { detail: { for: "body" } }));
  window.addEventListener("library:chosen", ({ detail }) => {
    if (detail.for !== "body") return;
    codemirror.replaceSelection(pictureMarkdown(detail.url, { alt: detail.alt }));
    codemirror.focus();
  });
});
