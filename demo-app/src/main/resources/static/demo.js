// What the pages of the demo have in common.

// Fills the table of that id: a list of rows, each a list of texts, numbers and nodes.
const rows = (id, list) => document.querySelector(`#${id} tbody`).replaceChildren(...list.map(cells => {
  const row = document.createElement("tr");
  row.append(...cells.map(cell => {
    const td = document.createElement("td");
    if (cell instanceof Node) td.append(cell); else td.textContent = cell ?? "";
    if (typeof cell === "number" || /^[\d.]+ EUR$/.test(cell)) td.className = "number";
    return td;
  }));
  return row;
}));

const json = async (url, options) => {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
};
