// The library of images, to choose from. Whoever wants an image asks for it with an event and is answered with another:
//
//   window.dispatchEvent(new CustomEvent("library:choose", { detail: { for: "body" } }));
//   window.addEventListener("library:chosen", ({ detail }) => …);  // url, alt, credit, and `for` as it was asked
//
// A field with `data-library`, the words of its button, gets one; `data-library-alt` is the field of the alt text.

const dialog = document.getElementById("library");

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Puts what was chosen into the field and its alt text, where there is none, and shows the cover. */
function fill(input, image) {
  const alt = document.getElementById(input.dataset.libraryAlt);
  const set = (field, value) => {
    field.value = value;
    ["input", "change"].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
  };
  set(input, image.url);
  if (alt && !alt.value) set(alt, image.alt);
  const shown = document.querySelector(`.field-${input.name}_now .readonly`);
  if (shown && image.thumbnail) {
    shown.replaceChildren(element("img", { className: "cover-now", src: image.thumbnail, alt: image.alt }));
  }
}

function offer(input) {
  const button = element("button", { type: "button", className: "button", textContent: input.dataset.library });
  input.after(button);
  button.addEventListener("click", () => {
    window.dispatchEvent(new CustomEvent("library:choose", { detail: { for: input.id } }));
  });
  window.addEventListener("library:chosen", ({ detail }) => {
    if (detail.for === input.id) fill(input, detail);
  });
}

function library() {
  const find = (name) => dialog.querySelector(`[data-${name}]`);
  const [grid, status, search, more, file] = ["grid", "status", "search", "more", "file"].map(find);
  let wantedFor = null;
  let asked = 0;
  let opened = 0;

  const choose = (image) => {
    dialog.close();
    const { url, alt, credit, thumbnail } = image;
    window.dispatchEvent(new CustomEvent("library:chosen", { detail: { url, alt, credit, thumbnail, for: wantedFor } }));
  };

  const card = (image) => {
    const picture = image.thumbnail
      ? element("img", { src: image.thumbnail, alt: "", loading: "lazy", decoding: "async" })
      : element("span", { className: "no-picture", textContent: "?" });
    const name = element("span", { className: "image-name", textContent: image.name });
    const button = element("button", { type: "button", className: "image-card" }, picture, name);
    if (image.licence) button.append(element("strong", { className: "mark", textContent: dialog.dataset[image.licence] }));
    button.addEventListener("click", () => choose(image));
    return element("li", {}, button);
  };

  const fail = () => { status.textContent = dialog.dataset.failed; };

  const show = async (below) => {
    const ticket = ++asked;
    const url = new URL(dialog.dataset.images, window.location.href);
    url.searchParams.set("q", search.value);
    if (below) url.searchParams.set("below", below);
    const answer = await fetch(url).catch(() => null);
    if (ticket !== asked) return;
    if (!answer || !answer.ok) { fail(); return; }
    const { images, more: next } = await answer.json();
    const cards = images.map(card);
    if (below) grid.append(...cards); else grid.replaceChildren(...cards);
    if (below && cards.length) cards[0].firstElementChild.focus();
    more.hidden = !next;
    more.dataset.below = next ?? "";
    const number = grid.children.length;
    status.textContent = number ? `${dialog.dataset.found} ${number}${next ? "+" : ""}` : dialog.dataset.none;
  };

  const upload = async () => {
    const opening = opened;
    asked += 1; // a list that is still on its way must not hide what is told of this
    const body = new FormData();
    [...file.files].forEach((each) => body.append("images", each));
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const answer = await fetch(dialog.dataset.upload, { method: "POST", body, headers }).catch(() => null);
    const stored = answer?.ok ? await answer.json().catch(() => null) : null;
    file.value = "";
    if (!dialog.open || opening !== opened) return; // who closed it wants no image now, or one for something else
    if (!stored) { fail(); return; }
    const { images, errors } = stored;
    if (images.length) choose(images[0]); else status.textContent = errors.join(" ");
  };

  window.addEventListener("library:choose", ({ detail }) => {
    wantedFor = detail?.for ?? null;
    opened += 1;
    if (!dialog.open) dialog.showModal();
    search.focus();
    show();
  });
  search.addEventListener("input", () => show());
  more.addEventListener("click", () => show(more.dataset.below));
  file?.addEventListener("change", upload);
  find("close").addEventListener("click", () => dialog.close());
}

if (dialog) {
  library();
  document.querySelectorAll("[data-library]").forEach(offer);
}
