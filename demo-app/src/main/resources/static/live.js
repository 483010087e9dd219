// The live page: what the stream tells, second by second.

import { $, get, html, millis, post, say } from "./api.js";
import { ceiling, fan, latencies, stacked } from "./charts.js";
import { tour } from "./tour.js";

const SIDES = ["SCALES", "NAIVE"];
const KINDS = ["TIMEOUT", "REMOTE", "CONNECTION_LOST", "NOT_SENT", "NO_THREAD", "CANCELLED", "INTERNAL"];
const ACTIONS = [["WELL", "well"], ["SLOW", "slow"], ["FAILING", "fail"], ["FROZEN", "freeze"], ["DEAD", "kill"], ["AWAY", "drain"]];
const MANNERS = { WELL: "well", SLOW: "slow", STALLING: "stalling", FAILING: "failing", FROZEN: "frozen", DEAD: "killed", AWAY: "away" };

let frames = [];

const act = async url => {
  try { await post(url); say(""); }
  catch (error) { say(error.message, true); }
};

const sum = (list, value) => list.reduce((total, each) => total + value(each), 0);

// What became of calls: answered, answered wrongly, failed by kind.
const outcomes = side => {
  const of = value => frames.map(frame => value(frame.sides[side]));
  return [
    { name: "answered", css: "answered", values: of(c => c.calls - c.failed - c.wrong) },
    { name: "wrong reply", css: "wrong", values: of(c => c.wrong) },
    ...KINDS.map((kind, i) => ({ name: kind, css: `failed kind${i}`, values: of(c => c.failures[kind] ?? 0) })),
  ];
};

const requests = side => {
  const names = Object.keys(frames.at(-1).sides[side].requestsByServer);
  return names.map((name, i) => ({ name, css: `server${i + 1}`,
    values: frames.map(frame => frame.sides[side].requestsByServer[name] ?? 0) }));
};

const highest = (value, least) => ceiling(Math.max(least, ...frames.flatMap(frame => SIDES.map(side => value(frame.sides[side])))));

const numbers = side => {
  const last = frames.slice(-10).map(frame => frame.sides[side]);
  const calls = sum(last, c => c.calls);
  const failures = {};
  last.forEach(c => Object.entries(c.failures).forEach(([kind, count]) => { failures[kind] = (failures[kind] ?? 0) + count; }));
  const now = last.at(-1);
  const worst = Math.max(...last.map(c => c.p99Millis));
  const kinds = Object.entries(failures).map(([kind, count]) => `${kind.toLowerCase().replace("_", " ")} ${count}`).join(", ");
  const cell = (value, name, css) => html("div", { class: css ?? "" }, html("dd", {}, value), html("dt", {}, name));
  const failed = sum(last, c => c.failed);
  const wrong = sum(last, c => c.wrong);
  $(`#${side} .numbers`).replaceChildren(
    cell(Math.round(calls / last.length), "calls/s"), cell(failed, "failed", failed && "bad"), cell(wrong, "wrong replies", wrong && "bad"),
    cell(millis(now.p50Millis), "p50"), cell(millis(worst), "p99"),
    cell(calls ? (sum(last, c => c.requests) / calls).toFixed(2) : "-", "requests a call"));
  $(`#${side} .kinds`).textContent = kinds || "no failure";
};

const charts = () => {
  const calls = highest(c => c.calls, 10);
  const seen = highest(c => c.requests, 10);
  for (const side of SIDES) {
    const c = frames.at(-1).sides[side];
    numbers(side);
    stacked($(`#${side} .calls`), `calls a second: ${c.calls}, ${c.failed} failed, ${c.wrong} wrong`, outcomes(side), calls);
    latencies($(`#${side} .latency`), `latency: p50 ${millis(c.p50Millis)}, p99 ${millis(c.p99Millis)}`, [
      { css: "p50", values: frames.map(frame => frame.sides[side].p50Millis) },
      { css: "p99", values: frames.map(frame => frame.sides[side].p99Millis) }]);
    stacked($(`#${side} .requests`), `requests a second by server: ${Object.entries(c.requestsByServer).map(e => e.join(" ")).join(", ")}`,
      requests(side), seen);
  }
};

// A member as the client sees it, beside what the server does.
const members = frame => {
  const known = Object.fromEntries(frame.client.members.map(member => [member.address, member]));
  const recent = frames.slice(-5);
  const share = (name, side) => sum(recent, f => f.sides[side].requestsByServer[name] ?? 0)
    / Math.max(1, sum(recent, f => f.sides[side].requests));
  return frame.servers.map((server, i) => {
    const member = known[server.address];
    const state = !member ? "gone" : member.problem ? "out" : member.state;
    return { ...server, member, state, number: i + 1, ours: share(server.name, "SCALES"), naive: share(server.name, "NAIVE"),
      perSecond: sum(recent, f => f.sides.SCALES.requestsByServer[server.name] ?? 0) / recent.length };
  });
};

const drawing = (frame, all) => {
  fan($("#fan"), all.map(server => ({ share: server.ours, css: server.state })));
  $("#members").style.setProperty("--members", all.length);
  $("#members").replaceChildren(...all.map(server => html("li", { class: server.state, title: server.member?.problem ?? "" },
    html("b", {}, server.name.replace("pricing-", "№ ")), html("span", {}, `${server.perSecond.toFixed(0)}/s`),
    html("span", {}, server.member?.latencyMillis ? millis(server.member.latencyMillis) : "-"))));
  const minute = frame.client.lastMinute ?? {};
  $("#budget").textContent = `retries in hand: ${Math.round(frame.client.retryBudget ?? 0)}, made in the last minute: ${minute.retries ?? 0}`;
  $("#source").textContent = frame.zooKeeper ? `ZooKeeper: ${frame.client.source?.members ?? 0} servers registered`
    : `ZooKeeper is stopped: ${frame.client.source?.members ?? 0} servers are remembered`;
  $("#source").classList.toggle("bad", !frame.zooKeeper);
};

// Another client, whose one member spring-cloud-zookeeper-discovery has registered: this process.
const shops = frame => {
  const { members, lastMinute, source } = frame.shops;
  const failed = sum(Object.values(lastMinute?.failures ?? {}), count => count);
  const asked = lastMinute?.calls ? `asked ${lastMinute.calls} times in the last minute, p50 ${millis(lastMinute.p50Millis)}, ${failed} failed` : "not asked yet";
  $("#shops").textContent = `discovery://shop is ${members.map(member => member.address).join(", ") || "nobody yet"}, ${asked}`
    + (source?.lastError ? "; the registry does not answer, its members are remembered" : "");
};

const bar = (side, share) => html("div", { class: `bar ${side}` },
  html("span", { style: `width:${(share * 100).toFixed(0)}%` }), html("small", {}, `${(share * 100).toFixed(0)} %`));

// Rows are kept, so that a button keeps its focus.
const rows = all => {
  const body = $("#servers tbody");
  for (const server of all) {
    let row = document.getElementById(server.name);
    if (!row) {
      row = html("tr", { id: server.name }, html("th", { scope: "row" }, html("i", { class: `dot server${server.number}` }), server.name),
        html("td", { "data-name": "does" }), html("td", { "data-name": "seen by Scales" }), html("td", { "data-name": "share" }),
        html("td", {}, html("div", { class: "buttons" }, ...ACTIONS.map(([manner, text]) => html("button", { "data-manner": manner,
          "aria-label": `${text} ${server.name}`, onclick: () => act(`/api/live/servers/${server.name}?manner=${manner}`) }, text)))));
      body.append(row);
    }
    const [, does, seen, share] = row.children;
    does.textContent = MANNERS[server.manner];
    does.className = server.manner === "WELL" ? "" : "bad";
    seen.replaceChildren(html("span", { class: `state ${server.state}` }, server.state),
      html("small", {}, server.member?.problem ?? (server.member ? `${server.member.connections ?? 0} connection, ${server.member.load} in flight` : "left the set")));
    share.replaceChildren(bar("SCALES", server.ours), bar("NAIVE", server.naive));
    row.querySelectorAll("button").forEach(button => {
      button.setAttribute("aria-pressed", button.dataset.manner === server.manner);
      if (button.dataset.manner === "WELL") button.textContent = ["DEAD", "AWAY"].includes(server.manner) ? "start" : "well";
    });
  }
};

const draw = frame => {
  frames = [...frames, frame].slice(-120);
  charts();
  const all = members(frame);
  drawing(frame, all);
  shops(frame);
  rows(all);
  $("#tour-now").textContent = frame.tour ?? "";
  $("#zookeeper").textContent = frame.zooKeeper ? "stop ZooKeeper" : "start ZooKeeper";
  $("#zookeeper").onclick = () => act(`/api/live/zookeeper?running=${!frame.zooKeeper}`);
  if (document.activeElement !== $("#rate")) $("#rate").value = frame.rate;
  $("#rate-now").textContent = `${frame.rate} calls/s each`;
  document.body.dataset.live = frames.length;
};

const follow = () => {
  const stream = new EventSource("/api/live/stream");
  stream.addEventListener("past", event => { frames = JSON.parse(event.data); });
  stream.onmessage = event => { $("#waiting").hidden = true; draw(JSON.parse(event.data)); };
  stream.onerror = () => { $("#waiting").hidden = false; $("#waiting").textContent = "The demo does not answer; the page goes on when it does."; };
};

// They are calls like all others, so the page does not ask often.
const prices = async () => {
  let again = 60_000;
  try {
    const offers = await get("/api/prices");
    $("#prices").replaceChildren(...offers.map(offer => html("li", {}, html("span", {}, offer.sku), html("b", {}, offer.price),
      html("small", {}, offer.server ?? "no answer"))));
  }
  catch (error) {
    $("#prices").replaceChildren(html("li", {}, `No prices yet: the pricing service does not answer (${error.message}); asked again every 3 seconds.`));
    again = 3000;
  }
  setTimeout(prices, again);
};

$("#rate").oninput = event => act(`/api/live/rate?value=${event.target.value}`);
$("#add").onclick = () => act("/api/live/servers");
get("/api/live/stages").then(stages => $("#stages").replaceChildren(
  ...["caller", ...stages].map(stage => html("li", {}, stage.replaceAll("-", " ")))));
follow();
prices();
tour();
