// The dialog that asks what a picture shows, one picture after the other.

/**
 * Asks in this dialog of a picture's `{thumbnail, known, name, batch}`, where the batch says how many of it are `left`, this
 * one among them, and that all are for later once that was chosen. Resolves to `{alt, caption, isDecorative}`, or to nothing if it is
 * to be said later.
 */
export function describingIn(dialog) {
  const [alt, decorative, caption] = ["alt", "decorative", "caption"].map((name) => dialog.querySelector(`#picture_${name}`));
  const image = dialog.querySelector("img");
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  let before = Promise.resolve();

  decorative.addEventListener("change", () => {
    alt.disabled = decorative.checked;
  });

  function tell(name, more) {
    part("name").textContent = name;
    part("more").textContent = more ? dialog.dataset.more.replace("{count}", more) : "";
    part("all-later").hidden = !more;
  }

  async function ask({ thumbnail, known, name, batch }) {
    batch.left -= 1;
    if (batch.isForLater) return undefined;
    tell(name, batch.left);
    dialog.querySelector("form").reset();
    alt.disabled = false;
    alt.value = known;
    image.src = thumbnail;
    dialog.returnValue = "";
    dialog.showModal();
    alt.focus();
    await new Promise((resolve) => { dialog.addEventListener("close", resolve, { once: true }); });
    const oneLine = (field) => field.value.trim().replace(/\s+/g, " ");
    batch.isForLater = dialog.returnValue === "all later";
    if (dialog.returnValue !== "described") return undefined;
    return { alt: oneLine(alt), caption: oneLine(caption), isDecorative: decorative.checked };
  }

  return (picture) => {
    const answer = before.then(() => ask(picture));
    before = answer;
    return answer;
  };
}

const inHtml = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
const inBrackets = (text) => text.replace(/[\\[\]*_`<&]/g, "\\$&");
const inQuotes = (text) => text.replace(/["\\]/g, "\\$&");

/** A picture as Markdown. Of one that is decoration HTML says so; Markdown has no way to. */
export function pictureMarkdown(url, { alt = "", caption = "", isDecorative = false } = {}) {
  if (isDecorative) return `<img src="${inHtml(url)}" alt=""${caption ? ` title="${inHtml(caption)}"` : ""}>`;
  return `![${inBrackets(alt)}](${url}${caption ? ` "${inQuotes(caption)}"` : ""})`;
}
