// Begins the page's one script: everything below adds to a page that is complete without it.
"use strict";
const given = JSON.parse(document.getElementById("page-data").textContent);
const words = given.words;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// The page's colours and its sans serif, as the light or dark scheme has them now.
function palette() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

function number(value) {
  const notation = value !== 0 && value < 0.001 ? "scientific" : "standard";
  return new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2, notation }).format(value);
}

function fill(template, fields) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? fields[name] : whole));
}

// A canvas as sharp as the screen, drawn again when its size or the colours change.
function sheet(label, height, draw) {
  const canvas = make("canvas", { role: "img", "aria-label": label });
  let pending = false;
  const paint = () => {
    pending = false;
    const scale = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    if (!width) return;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.style.height = `${height}px`;
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    draw(pen, width, height, palette());
  };
  const again = () => {
    if (!pending) { pending = true; requestAnimationFrame(paint); }
  };
  new ResizeObserver(again).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  return { canvas, again };
}

// The button that puts an explorer in the place of a drawing, and back.
function toggle(figure, build) {
  const drawing = figure.querySelector(".drawing");
  let explorer = null;
  const button = make("button", { type: "button", class: "explore", "aria-expanded": "false", onclick: () => {
    explorer = explorer || figure.insertBefore(build(), drawing);
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    button.textContent = isOpen ? words.explore : words.close;
    explorer.hidden = isOpen;
    drawing.hidden = !isOpen;
  } }, words.explore);
  figure.insertBefore(button, figure.firstChild);
}

// Details of what was chosen; a key stops there only where there are any.
function show(details, ...children) {
  details.replaceChildren(...children);
  if (children.length) details.tabIndex = 0; else details.removeAttribute("tabindex");
}

function rowsTable(caption, headings, rows) {
  return make("table", {},
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...headings.map((text) => make("th", { scope: "col" }, text)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((text) => make("td", { class: "name" }, make("bdi", {}, text)))))));
}
