// Tables as Markdown knows them: one row of headings, the same number of cells in each row, a cell of one line.

import { isBlock, unwrap } from "./elements.js";

const MOST_COLUMNS = 60;
const cellsOf = (row) => [...row.cells];
const span = (cell, name, most) => Math.min(Math.max(parseInt(cell.getAttribute(name), 10) || 1, 1), most);

/** The cells by row and column; one that spans several stands in the first, and the others are empty. */
function gridOf(table) {
  const rows = [...table.rows].filter((row) => row.closest("table") === table);
  const grid = rows.map(() => []);
  rows.forEach((row, down) => {
    let across = 0;
    for (const cell of cellsOf(row)) {
      while (grid[down][across] !== undefined) across += 1;
      if (across >= MOST_COLUMNS) break;
      fill(grid, cell, down, across);
    }
  });
  const width = Math.max(0, ...grid.map((row) => row.length));
  const filled = grid.filter((row) => row.some((cell) => cell));
  return filled.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? null));
}

function fill(grid, cell, down, across) {
  const height = span(cell, "rowspan", grid.length - down);
  const width = span(cell, "colspan", MOST_COLUMNS - across);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) grid[down + y][across + x] = y || x ? null : cell;
  }
}

/** Blocks in a cell become lines of it. */
function flatten(cell) {
  const document = cell.ownerDocument;
  cell.querySelectorAll("li").forEach((item) => item.prepend("• "));
  cell.querySelectorAll("pre").forEach(unwrap);
  for (const block of [...cell.querySelectorAll("*")].filter(isBlock)) {
    if (block.textContent.trim()) block.before(document.createElement("br"));
    if (block.textContent.trim()) block.after(document.createElement("br"));
    unwrap(block);
  }
  trim(cell);
}

const isBreak = (node) => node?.localName === "br";
const isBlank = (node) => node?.nodeType === 3 && !node.data.trim();

/** Without line breaks at the edges, or several on end. */
function trim(cell) {
  for (const node of [...cell.childNodes].filter(isBlank)) {
    if (isBreak(node.previousSibling) || isBreak(node.nextSibling)) node.remove();
  }
  for (const node of [...cell.childNodes].filter(isBreak)) {
    if (!node.previousSibling || !node.nextSibling || isBreak(node.nextSibling)) node.remove();
  }
}

const alignmentOf = (cell) => {
  const said = cell && [cell, ...cell.querySelectorAll("p,div")].map(
    (element) => element.getAttribute("align") ?? /text-align:\s*(\w+)/i.exec(element.dataset.style ?? "")?.[1],
  ).find(Boolean);
  return { right: "right", end: "right", center: "center" }[said?.toLowerCase()] ?? "";
};

/** How a column is aligned if all that stands in it, below the heading, is. */
function alignment(rows, column) {
  const said = new Set(rows.map((row) => row[column]).filter((cell) => cell?.textContent.trim()).map(alignmentOf));
  return said.size === 1 ? [...said][0] : "";
}

function rowOf(document, cells, name, alignments) {
  const row = document.createElement("tr");
  cells.forEach((cell, at) => {
    const plain = document.createElement(name);
    if (cell) plain.append(...cell.childNodes);
    if (alignments[at]) plain.setAttribute("align", alignments[at]);
    flatten(plain);
    row.append(plain);
  });
  return row;
}

function rebuilt(table, grid) {
  const document = table.ownerDocument;
  const [head, ...rows] = grid;
  const alignments = head.map((_, column) => alignment(rows, column));
  const plain = document.createElement("table");
  const [top, rest] = [document.createElement("thead"), document.createElement("tbody")];
  top.append(rowOf(document, head, "th", alignments));
  rest.append(...rows.map((cells) => rowOf(document, cells, "td", [])));
  plain.append(top, ...(rows.length ? [rest] : []));
  return plain;
}

/** What a table says that is none: one that only lays out a page, or has one cell. */
function opened(table, grid) {
  const box = table.ownerDocument.createElement("div");
  for (const cell of grid.flat().filter(Boolean)) {
    const part = table.ownerDocument.createElement("div");
    part.append(...cell.childNodes);
    box.append(part);
  }
  return box;
}

/** Makes each table one that Markdown can say, the innermost first. */
export function tidyTables(body) {
  for (const table of [...body.querySelectorAll("table")].reverse()) {
    const grid = gridOf(table);
    const isLayout = grid.flat().length <= 1 || table.matches("[role=presentation]") || table.parentElement.closest("table");
    const caption = table.caption;
    if (caption?.textContent.trim()) {
      const title = body.ownerDocument.createElement("p");
      title.append(...caption.childNodes);
      table.before(title);
    }
    table.replaceWith(isLayout ? opened(table, grid) : rebuilt(table, grid));
  }
}
