// Talking to the demo.

export const get = async url => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
};

// What is refused is said, by whoever refuses it.
export const post = async url => {
  const response = await fetch(url, { method: "POST" });
  const text = await response.text();
  if (!response.ok) {
    let detail = response.status;
    try { detail = JSON.parse(text).detail ?? detail; } catch { /* no JSON */ }
    throw new Error(`${detail}`);
  }
  return text ? JSON.parse(text) : undefined;
};

export const $ = selector => document.querySelector(selector);

// html("td", { class: "number" }, "12", otherNode)
export const html = (name, attributes, ...content) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content.map(part => part ?? ""));
  return made;
};

export const millis = value => value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const say = (text, wrong) => {
  $("#said").textContent = text;
  $("#said").className = wrong ? "bad" : "";
};
