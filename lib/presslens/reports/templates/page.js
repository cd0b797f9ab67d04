/* Comfort only: tables that sort and filter. Without scripts every page has all its content. */
"use strict";
for (const table of document.querySelectorAll(".table > table:not(.kwic)")) {
  const body = table.tBodies[0], rows = [...body.rows];
  if (rows.length < 3) continue;
  const key = (row, at) => {
    const text = row.cells[at] ? row.cells[at].textContent.trim() : "";
    const number = parseFloat(text.replace(/,/g, "").replace(/\u2212/g, "-").replace(/^under /, ""));
    return /^[+\u2212-]?[\d.,]/.test(text) && !isNaN(number) ? number : text.toLowerCase();
  };
  const compare = (a, b) => typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...[...rows].sort((a, b) => (up ? 1 : -1) * compare(key(a, at), key(b, at))));
    });
  });
  if (rows.length < 12 || table.closest("footer")) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "filter";
  field.placeholder = "Filter these rows";
  field.setAttribute("aria-label", "Filter: " + table.caption.textContent);
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  table.parentElement.before(field);
}
