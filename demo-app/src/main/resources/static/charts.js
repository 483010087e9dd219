// Charts of the last two minutes, as SVG that is drawn anew every second.

const NS = "http://www.w3.org/2000/svg";
const WIDTH = 300;
const HEIGHT = 72;
const SECONDS = 120;

const element = (name, attributes, text) => {
  const made = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
};

const x = (i, count) => WIDTH - (count - 1 - i) * WIDTH / (SECONDS - 1);

// A round number, not below what is to be seen.
export const ceiling = value => {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].map(step => step * power).find(step => step >= value);
};

const begin = (svg, label) => {
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.replaceChildren();
};

const grid = (svg, y, text) => svg.append(
  element("line", { x1: 0, x2: WIDTH, y1: y, y2: y, class: "grid" }),
  element("text", { x: 3, y: y < 10 ? y + 8 : y - 2, class: "tick" }, text));

// Layers upon each other. layers: [{ name, css, values }], the lowest first.
export const stacked = (svg, label, layers, top) => {
  begin(svg, label);
  const count = layers[0]?.values.length ?? 0;
  const y = value => HEIGHT - value / top * (HEIGHT - 6);
  let floor = new Array(count).fill(0);
  for (const layer of layers) {
    const roof = floor.map((under, i) => under + layer.values[i]);
    if (layer.values.some(value => value > 0)) {
      const points = [...roof.map((value, i) => `${x(i, count).toFixed(1)},${y(value).toFixed(1)}`),
        ...floor.map((value, i) => `${x(i, count).toFixed(1)},${y(value).toFixed(1)}`).reverse()];
      const area = element("polygon", { points: points.join(" "), class: `area ${layer.css}` });
      area.append(element("title", {}, layer.name));
      svg.append(area);
    }
    floor = roof;
  }
  grid(svg, y(top), top);
  grid(svg, y(top / 2), top / 2);
};

// Milliseconds from 1 to 10 000 on a logarithmic scale.
export const latencies = (svg, label, lines) => {
  begin(svg, label);
  const y = millis => HEIGHT - Math.log10(Math.max(1, Math.min(millis, 10000))) / 4 * (HEIGHT - 6);
  [10, 100, 1000].forEach(millis => grid(svg, y(millis), millis < 1000 ? `${millis} ms` : "1 s"));
  for (const { css, values } of lines) {
    const points = values.map((value, i) => value > 0 ? `${x(i, values.length).toFixed(1)},${y(value).toFixed(1)}` : "")
      .filter(point => point);
    svg.append(element("polyline", { points: points.join(" "), class: `curve ${css}` }));
  }
};

// From the balancer down to its members, each as thick as its share. parts: [{ share, css }]
export const fan = (svg, parts) => {
  svg.setAttribute("viewBox", "0 0 100 30");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.replaceChildren(...parts.map(({ share, css }, i) => {
    const to = (i + 0.5) * 100 / parts.length;
    return element("path", { d: `M50,0 C50,18 ${to},12 ${to},30`, class: `wire ${css}`,
      "stroke-width": (1 + share * 14).toFixed(1) });
  }));
};
