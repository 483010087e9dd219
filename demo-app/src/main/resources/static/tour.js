// The guided tour: six things that go wrong, and what both clients made of each.

import { $, get, html, millis, post, say } from "./api.js";

const NAMES = { SCALES: "Scales", NAIVE: "naive" };

const ROWS = [
  ["calls", column => column.calls.toLocaleString("en")],
  ["failures", column => column.failed.toLocaleString("en"), column => column.failed],
  ["wrong replies", column => column.wrong.toLocaleString("en"), column => column.wrong],
  ["p50", column => millis(column.p50Millis), column => column.p50Millis],
  ["p99", column => millis(column.p99Millis), column => column.p99Millis],
  ["requests the servers saw", column => column.requests.toLocaleString("en"), column => column.requests],
];

const table = result => {
  const sides = Object.keys(NAMES);
  const better = value => {
    const [ours, naive] = sides.map(side => value(result.sides[side]));
    return ours * 1.2 < naive ? "SCALES" : naive * 1.2 < ours ? "NAIVE" : undefined;
  };
  return html("table", { class: "result" },
    html("caption", {}, `${result.seconds} seconds of trouble, ${result.rate} calls a second`),
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, html("span", { class: "unseen" }, "what")),
      ...sides.map(side => html("th", { scope: "col", class: `number ${side}` }, NAMES[side])))),
    html("tbody", {}, ...ROWS.map(([name, text, value]) => {
      const best = value && better(value);
      return html("tr", {}, html("th", { scope: "row" }, name),
        ...sides.map(side => html("td", { class: `number ${side === best ? "better" : ""}` }, text(result.sides[side]))));
    })));
};

const run = async (stop, card) => {
  const buttons = document.querySelectorAll("#tour button");
  buttons.forEach(button => { button.disabled = true; });
  card.classList.add("running");
  card.setAttribute("aria-busy", "true");
  try {
    const seconds = new URLSearchParams(location.search).get("seconds") ?? "10";
    const result = await post(`/api/tour/${stop.id}?seconds=${seconds}`);
    card.querySelector(".columns").replaceChildren(table(result));
    say(`${stop.title}: Scales ${result.sides.SCALES.failed} failures, naive ${result.sides.NAIVE.failed}`);
  }
  catch (error) {
    card.querySelector(".columns").textContent = error.message;
  }
  card.classList.remove("running");
  card.removeAttribute("aria-busy");
  buttons.forEach(button => { button.disabled = false; });
};

export const tour = async () => {
  const stops = await get("/api/tour");
  const cards = stops.map((stop, i) => {
    const card = html("article", { class: "card", id: stop.id },
      html("h3", {}, `${i + 1}. ${stop.title}`), html("p", {}, stop.story),
      html("p", {}, html("strong", {}, "Watch: "), stop.watch),
      html("button", { onclick: () => run(stop, card) }, "Run", html("span", { class: "unseen" }, ` ${stop.title}`)),
      html("div", { class: "columns" }));
    return card;
  });
  $("#stops").replaceChildren(...cards);
  $("#whole").onclick = async () => {
    for (const [i, stop] of stops.entries()) await run(stop, cards[i]);
  };
};
