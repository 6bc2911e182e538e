/* What makes an article handier; everything in it can be read without. */
const words = document.querySelector("[data-copied]").dataset;
const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/* The contents list marks the heading whose text is being read. */
const list = document.querySelector(".contents");
const links = new Map([...(list?.querySelectorAll("a") ?? [])].map((a) => [a.getAttribute("href").slice(1), a]));
const headings = [...links.keys()].map((id) => document.getElementById(id));
const observer = new IntersectionObserver(
  ([{ rootBounds }]) => {
    // The very line at which the observer tells of a heading: it tells once, and another line would be passed in silence.
    const reached = headings.findLast((each) => each.getBoundingClientRect().top <= rootBounds.bottom);
    const link = links.get(reached?.id);
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    list.scrollTop = link ? link.offsetTop - list.clientHeight / 2 : 0;
  },
  { rootMargin: "0% 0% -70%" },
);
headings.forEach((each) => observer.observe(each));

/* Code has a button that copies it; the link to the page copies its address. */
const copies = (control, text) => {
  const label = control.textContent;
  control.ariaLive = "polite";
  control.onclick = async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(text());
    control.textContent = words.copied;
    setTimeout(() => (control.textContent = label), 2000);
  };
};
// Browsers have no clipboard for pages that came without TLS.
if (navigator.clipboard) {
  document.querySelectorAll(".prose :is(.highlight, pre:not(.highlight *))").forEach((code) => {
    const button = element("button", { type: "button", textContent: words.copy });
    copies(button, () => code.textContent);
    const frame = element("div", { className: "code" });
    code.replaceWith(frame);
    frame.append(code, button);
  });
  const page = document.querySelector("[data-copy-link]");
  if (page) copies(page, () => page.href);
}

/* A picture of the body leads to itself as large as the window. */
document.querySelectorAll(".prose :is(p, figure) > img:only-of-type").forEach((picture) => {
  const largest = picture.srcset.split(", ").pop().split(" ")[0] || picture.src;
  const link = element("a", { className: "zoom", href: largest, ariaLabel: `${words.enlarge}: ${picture.alt}` });
  picture.replaceWith(link);
  link.append(picture);
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const button = element("button", { type: "button", textContent: words.close });
    const large = Object.assign(picture.cloneNode(), { sizes: "100vw" });
    const dialog = element("dialog", { className: "enlarged", ariaLabel: picture.alt || words.enlarge }, button, large);
    dialog.onclick = () => dialog.close();
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
  };
});
