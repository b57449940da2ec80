// Sorts the table of regions by a click or a key on a heading; without it the table is as it was.
"use strict";
(() => {
  const table = document.querySelector("table[data-sortable]");
  if (!table) return;
  const heads = Array.from(table.tHead.rows[0].cells);
  const valueOf = (body, column) => {
    const cell = body.rows[0].cells[column];
    return "value" in cell.dataset ? cell.dataset.value : cell.textContent.trim();
  };
  const compare = (left, right, isNumber) =>
    isNumber ? Number(left) - Number(right) : left.localeCompare(right, undefined, { numeric: true });
  const sort = (column) => {
    const head = heads[column];
    const isNumber = head.classList.contains("tk-number");
    const before = head.getAttribute("aria-sort");
    // figures begin with the largest, words with A
    const first = isNumber ? "descending" : "ascending";
    const second = isNumber ? "ascending" : "descending";
    const order = before === first ? second : first;
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    const keyed = Array.from(table.tBodies, (body) => ({ body, value: valueOf(body, column) }));
    keyed.sort((a, b) => {
      // what is missing stands last, whatever the order
      if (a.value === "" || b.value === "") return (a.value === "") - (b.value === "");
      return compare(a.value, b.value, isNumber) * (order === "ascending" ? 1 : -1);
    });
    keyed.forEach(({ body }) => table.append(body));
  };
  heads.forEach((head, column) => {
    if (!head.hasAttribute("data-sort")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tk-sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });
})();
