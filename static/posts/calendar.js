// The publishing calendar: a post is dragged to another day, or picked up at its handle with the keyboard. Either sends
// the form that the page has for it; without this script the handle leads to a page with a date to fill in.

const form = document.getElementById("move");
const told = document.getElementById("calendar-told");
const days = [...document.querySelectorAll("[data-day]")];

const nameOf = (cell) => cell.querySelector("time").textContent.trim().replace(/\s+/g, " ");
const say = (text, item, cell) => {
  told.textContent = text.replace("{title}", item.dataset.title).replace("{day}", nameOf(cell));
};
const mark = (cell) => days.forEach((each) => each.classList.toggle("drop-here", each === cell));

function send(item, cell) {
  if (cell === item.closest("[data-day]")) return;
  form.action = form.dataset.address.replace("/0/", `/${item.dataset.post}/`);
  form.elements.day.value = cell.dataset.day;
  form.elements.revision.value = item.dataset.revision;
  form.submit();
}

function letDrag(item) {
  item.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", item.dataset.post);
    event.dataTransfer.effectAllowed = "move";
    item.classList.add("picked-up");
  });
  item.addEventListener("dragend", () => { item.classList.remove("picked-up"); mark(null); });
}

function letDrop(cell) {
  cell.addEventListener("dragover", (event) => { event.preventDefault(); mark(cell); });
  cell.addEventListener("drop", (event) => {
    event.preventDefault();
    const item = document.querySelector(`[data-post="${CSS.escape(event.dataTransfer.getData("text/plain"))}"]`);
    if (item) send(item, cell);
  });
}

/** Enter or Space picks up and drops, arrows choose the day, Escape and leaving the handle put it back. */
function letPickUp(handle) {
  const item = handle.closest("[data-post]");
  const home = item.closest("[data-day]");
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  let over = null;

  const pickUp = () => { over = home; item.classList.add("picked-up"); mark(over); say(form.dataset.picked, item, over); };
  const putBack = () => { over = null; item.classList.remove("picked-up"); mark(null); };

  handle.setAttribute("role", "button");
  handle.setAttribute("aria-pressed", "false");
  handle.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (over && over !== home) send(item, over);
      else if (over) putBack();
      else pickUp();
    } else if (over && event.key === "Escape") {
      putBack();
      say(form.dataset.back, item, home);
    } else if (over && event.key in steps) {
      event.preventDefault();
      over = days[days.indexOf(over) + steps[event.key]] || over;
      mark(over);
      over.scrollIntoView({ block: "nearest" });
      say(form.dataset.over, item, over);
    }
    handle.setAttribute("aria-pressed", String(Boolean(over)));
  });
  handle.addEventListener("blur", () => { if (over) { putBack(); handle.setAttribute("aria-pressed", "false"); } });
}

document.querySelectorAll("[data-post]").forEach(letDrag);
days.forEach(letDrop);
document.querySelectorAll("[data-post] .item-move").forEach(letPickUp);
