// On a phone a row of a list is a card. Each value is given its column's name, which the style sheet shows on cards, and
// a value that is none is marked as empty.

const NONE = new Set(["", "-", "–"]);

document.querySelectorAll("#result_list").forEach((list) => {
  const names = [...list.querySelectorAll("thead th")].map((head) => head.querySelector(".text")?.textContent.trim());
  list.querySelectorAll("tbody tr").forEach((row) => {
    [...row.cells].forEach((cell, at) => {
      cell.dataset.label = `${names[at]}: `;
      cell.classList.toggle("empty", NONE.has(cell.textContent.trim()) && !cell.querySelector("img, input"));
    });
  });
});
