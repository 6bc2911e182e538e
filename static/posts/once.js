// A form that may take its time is sent once, and says meanwhile that it is on its way: `data-once` has the words.
// Without it the browser alone shows that something goes on.

function sendOnce(form) {
  const told = document.createElement("p");
  told.className = "help";
  told.setAttribute("role", "status");
  form.append(told);
  const show = (busy) => {
    form.setAttribute("aria-busy", String(busy));
    told.textContent = busy ? form.dataset.once : "";
  };
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") event.preventDefault();
    else show(true);
  });
  window.addEventListener("pageshow", () => show(false)); // also for who came back to it
  window.navigation?.addEventListener("navigateerror", () => show(false)); // and for who stopped it
}

document.querySelectorAll("[data-once]").forEach(sendOnce);
