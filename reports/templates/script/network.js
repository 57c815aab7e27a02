// The network explorer: pan, zoom, point; filter by kind of act and by shared objects; choose a line to see its acts.
function network(data) {
  const view = { x: 0, y: 0, zoom: 1 };
  const shown = { layers: (1 << data.layers.length) - 1, least: 0, node: -1, line: -1, over: -1 };
  const details = make("div", { class: "details", role: "region", "aria-live": "polite", "aria-label": `${words.details}: ${data.label}` });
  const near = data.nodes.map(() => []);
  data.lines.forEach(([left, right], index) => { near[left].push(index); near[right].push(index); });

  const isShown = (line) => (line[2] & shown.layers) !== 0 && line[3] >= shown.least;
  const place = (node, width, height) => {
    const scale = Math.min(width, height) * 0.9 * view.zoom;
    return [width / 2 + (node[1] - view.x) * scale, height / 2 - (node[2] - view.y) * scale];
  };
  const most = Math.max(1, ...data.nodes.map((node) => node[3]));
  const radius = (node) => (2.5 + 5 * node[3] / most) * Math.max(0.6, Math.min(1, 14 / Math.sqrt(data.nodes.length)));

  const { canvas, again } = sheet(data.label, 460, (pen, width, height, color) => {
    const at = data.nodes.map((node) => place(node, width, height));
    const chosen = shown.node >= 0 ? shown.node : shown.over;
    const [accent, muted] = [color("accent"), color("muted")];
    for (const [index, line] of data.lines.entries()) {
      if (!isShown(line)) continue;
      const isLit = index === shown.line || line[0] === chosen || line[1] === chosen;
      pen.strokeStyle = isLit ? accent : muted;
      pen.globalAlpha = isLit ? 0.95 : chosen >= 0 ? 0.12 : 0.3;
      pen.lineWidth = index === shown.line ? 3 : isLit ? 1.4 : 0.8;
      pen.beginPath(); pen.moveTo(...at[line[0]]); pen.lineTo(...at[line[1]]); pen.stroke();
    }
    pen.globalAlpha = 1;
    pen.strokeStyle = color("paper");
    pen.fillStyle = color("accent");
    data.nodes.forEach((node, index) => {
      pen.beginPath(); pen.arc(...at[index], radius(node) + (index === chosen ? 2 : 0), 0, 7); pen.fill(); pen.stroke();
    });
    if (chosen >= 0) {
      const [x, y] = at[chosen];
      pen.font = `600 13px ${color("sans")}`;
      const text = data.nodes[chosen][0];
      const room = pen.measureText(text).width + 12;
      const left = Math.max(2, Math.min(width - room - 2, x + 10));
      pen.fillStyle = color("paper"); pen.globalAlpha = 0.9; pen.fillRect(left, y - 11, room, 22); pen.globalAlpha = 1;
      pen.fillStyle = color("ink"); pen.textBaseline = "middle"; pen.fillText(text, left + 6, y);
    }
  });

  function nodeAt(x, y) {
    let best = -1, least = 14 * 14;
    data.nodes.forEach((node, index) => {
      const [nx, ny] = place(node, canvas.clientWidth, canvas.clientHeight);
      const far = (nx - x) ** 2 + (ny - y) ** 2;
      if (far < least) { least = far; best = index; }
    });
    return best;
  }
  function lineAt(x, y) {
    let best = -1, least = 6;
    data.lines.forEach((line, index) => {
      if (!isShown(line)) return;
      const [ax, ay] = place(data.nodes[line[0]], canvas.clientWidth, canvas.clientHeight);
      const [bx, by] = place(data.nodes[line[1]], canvas.clientWidth, canvas.clientHeight);
      const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
      const far = Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y);
      if (far < least) { least = far; best = index; }
    });
    return best;
  }

  function lineName(line) {
    return fill(words.pair, { left: data.nodes[line[0]][0], right: data.nodes[line[1]][0], count: line[3] });
  }
  function showLine(index) {
    shown.line = index;
    const line = data.lines[index];
    const acts = data.acts[index] || [];
    show(details,
      make("p", {}, make("strong", {}, make("bdi", {}, lineName(line)))),
      make("p", {}, fill(words.pair_numbers, { close: line[4], window: data.window })),
      acts.length ? rowsTable(words.pair_acts, words.act_headings, acts) : make("p", {}, words.acts_elsewhere),
      make("p", { class: "small" }, fill(words.all_in, { file: data.file })));
    again();
  }
  function showNode(index) {
    shown.node = index; shown.line = -1;
    select.value = String(index);
    if (index < 0) { show(details); again(); return; }
    const own = near[index].filter((line) => isShown(data.lines[line]));
    show(details,
      make("p", {}, make("strong", {}, make("bdi", {}, data.nodes[index][0]))),
      make("p", {}, fill(words.account_pairs, { count: own.length })),
      make("ul", { class: "pairs" }, ...own.slice(0, 40).map((line) => make("li", {},
        make("button", { type: "button", onclick: () => showLine(line) }, make("bdi", {}, lineName(data.lines[line])))))));
    again();
  }

  const zoom = (factor) => { view.zoom = Math.max(0.5, Math.min(40, view.zoom * factor)); again(); };
  const pan = (x, y) => { view.x += x / view.zoom; view.y += y / view.zoom; again(); };
  const keys = { ArrowLeft: () => pan(-0.1, 0), ArrowRight: () => pan(0.1, 0), ArrowUp: () => pan(0, 0.1), ArrowDown: () => pan(0, -0.1), "+": () => zoom(1.25), "-": () => zoom(0.8), 0: reset };
  function reset() { Object.assign(view, { x: 0, y: 0, zoom: 1 }); again(); }
  canvas.tabIndex = 0;
  canvas.addEventListener("keydown", (event) => {
    if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
  });
  canvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas && !event.ctrlKey) return;
    event.preventDefault(); zoom(event.deltaY < 0 ? 1.15 : 0.87);
  }, { passive: false });
  let from = null, hasMoved = false;
  canvas.addEventListener("pointerdown", (event) => { from = [event.offsetX, event.offsetY]; hasMoved = false; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    const here = [event.offsetX, event.offsetY];
    if (!from) {
      const over = nodeAt(...here);
      if (over !== shown.over) { shown.over = over; again(); }
      return;
    }
    if (hasMoved || Math.hypot(here[0] - from[0], here[1] - from[1]) > 4) {
      const scale = Math.min(canvas.clientWidth, canvas.clientHeight) * 0.9;
      hasMoved = true; pan((from[0] - here[0]) / scale, (here[1] - from[1]) / scale); from = here;
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    from = null;
    if (hasMoved) return;
    const node = nodeAt(event.offsetX, event.offsetY);
    const line = node < 0 ? lineAt(event.offsetX, event.offsetY) : -1;
    if (line >= 0) { shown.node = -1; showLine(line); } else showNode(node);
  });
  canvas.addEventListener("pointerleave", () => { if (shown.over >= 0) { shown.over = -1; again(); } });

  const byName = data.nodes.map((node, index) => [node[0], index]).sort((left, right) => left[0].localeCompare(right[0]));
  const select = make("select", { onchange: () => showNode(Number(select.value)) },
    make("option", { value: "-1" }, words.choose), ...byName.map(([name, index]) => make("option", { value: index }, name)));
  const steps = [...new Set(data.lines.map((line) => line[3]))].sort((left, right) => left - right);
  const tally = make("output", {});
  const range = make("input", { type: "range", min: 0, max: Math.max(0, steps.length - 1), value: 0, oninput: () => {
    shown.least = steps[Number(range.value)];
    tally.textContent = fill(words.lines_shown, { count: data.lines.filter(isShown).length, total: data.lines.length });
    range.setAttribute("aria-valuetext", tally.textContent);
    again();
  } });
  const boxes = data.layers.map((name, index) => make("label", { class: "check" },
    make("input", { type: "checkbox", checked: true, onchange: (event) => {
      shown.layers = event.target.checked ? shown.layers | (1 << index) : shown.layers & ~(1 << index);
      range.dispatchEvent(new Event("input"));
    } }), " ", name));
  return make("div", { class: "explorer" },
    make("div", { class: "tools" },
      make("label", {}, words.account, " ", select),
      make("button", { type: "button", onclick: () => zoom(1.25), "aria-label": words.zoom_in }, "+"),
      make("button", { type: "button", onclick: () => zoom(0.8), "aria-label": words.zoom_out }, "−"),
      make("button", { type: "button", onclick: reset }, words.reset)),
    make("div", { class: "tools" }, ...boxes, make("label", {}, words.strongest, " ", range), tally),
    canvas, make("p", { class: "small" }, words.network_keys), details);
}
