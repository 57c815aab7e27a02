// Tables: every heading sorts, and a table of many rows has a box that filters.
function compare(left, right, column) {
  const [a, b] = [left.cells[column], right.cells[column]];
  if (a.dataset.value !== undefined && b.dataset.value !== undefined) return a.dataset.value - b.dataset.value;
  if (a.dataset.value !== undefined) return -1;
  if (b.dataset.value !== undefined) return 1;
  return a.textContent.localeCompare(b.textContent, document.documentElement.lang, { numeric: true });
}

function sortable(table) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = make("button", { type: "button", class: "sort" }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const isUp = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      const sign = isUp ? 1 : -1;
      body.append(...[...body.rows].sort((left, right) => sign * compare(left, right, column)));
    });
  });
}

function filterable(table) {
  const rows = [...table.tBodies[0].rows];
  const count = make("output", { class: "count", "aria-live": "polite" });
  const box = make("input", { type: "search", autocomplete: "off", spellcheck: "false", oninput: () => {
    const wanted = box.value.toLocaleLowerCase();
    let n = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
      if (!row.hidden) n += 1;
    }
    count.textContent = wanted ? fill(words.filtered, { shown: n, total: rows.length }) : "";
  } });
  const region = table.closest(".scroll");
  region.parentNode.insertBefore(make("div", { class: "tools" }, make("label", {}, words.filter, " ", box), count), region);
}

for (const table of document.querySelectorAll("main table")) {
  if (table.tBodies[0].rows.length > 2) sortable(table);
  if (table.tBodies[0].rows.length > 8) filterable(table);
}
