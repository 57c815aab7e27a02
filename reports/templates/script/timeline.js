// The timeline explorer: choose a stretch of time by dragging or with two sliders; its acts are listed below.
function timeline(data) {
  for (const dot of data.dots) dot[2] += data.start;
  const [first, last] = [data.dots[0][2], data.dots[data.dots.length - 1][2]];
  const whole = Math.max(last - first, 1);
  const view = { from: first, to: first + whole };
  const details = make("div", { class: "details", role: "region", "aria-live": "polite", "aria-label": `${words.details}: ${data.label}` });
  const left = Math.min(150, 12 + 7 * Math.max(...data.rows.map((name) => name.length)));
  const step = Math.max(3, Math.min(16, 520 / data.rows.length));
  const height = Math.round(step * data.rows.length + 44);
  const names = ["accent", "blue", "gold", "violet"];
  const clock = (seconds) => new Date(seconds * 1000).toISOString().replace("T", " ").slice(0, 19);
  const inside = () => data.dots.filter((dot) => dot[2] >= view.from && dot[2] <= view.to);
  let drag = null;

  const { canvas, again } = sheet(data.label, height, (pen, width, _height, color) => {
    const across = (time) => left + (width - left - 10) * (time - view.from) / (view.to - view.from);
    pen.font = `${Math.min(12, step)}px ${color("sans")}`;
    pen.textBaseline = "middle"; pen.textAlign = "right"; pen.fillStyle = color("ink");
    if (step >= 9) data.rows.forEach((name, row) => pen.fillText(name, left - 8, 10 + step * (row + 0.5), left - 12));
    pen.font = `12px ${color("sans")}`; pen.textAlign = "center"; pen.fillStyle = color("muted"); pen.strokeStyle = color("line");
    const ticks = width < 560 ? 2 : 4;
    for (let tick = 0; tick <= ticks; tick += 1) {
      const time = view.from + (view.to - view.from) * tick / ticks, x = across(time);
      pen.beginPath(); pen.moveTo(x, 6); pen.lineTo(x, height - 34); pen.stroke();
      pen.textAlign = tick === 0 ? "left" : tick === ticks ? "right" : "center";
      pen.fillText(clock(time).slice(view.to - view.from > 259200 ? 0 : 5, view.to - view.from > 259200 ? 10 : 19), x, height - 20);
    }
    const colors = names.map(color);
    pen.globalAlpha = 0.8;
    for (const [row, series, time] of inside()) {
      pen.fillStyle = colors[Math.min(series, colors.length - 1)];
      pen.beginPath(); pen.arc(across(time), 10 + step * (row + 0.5), Math.max(1.6, Math.min(4, step / 3)), 0, 7); pen.fill();
    }
    if (drag) {
      pen.globalAlpha = 0.18; pen.fillStyle = color("blue");
      pen.fillRect(Math.min(drag[0], drag[1]), 6, Math.abs(drag[1] - drag[0]), height - 40);
    }
    pen.globalAlpha = 1;
  });
  const timeAt = (x) => view.from + (view.to - view.from) * Math.max(0, Math.min(1, (x - left) / (canvas.clientWidth - left - 10)));

  function choose(from, to) {
    view.from = Math.max(first, Math.min(from, to));
    view.to = Math.min(first + whole, Math.max(from, to, view.from + 1));
    start.value = Math.round((view.from - first) / whole * 1000);
    end.value = Math.round((view.to - first) / whole * 1000);
    for (const [slider, time] of [[start, view.from], [end, view.to]]) slider.setAttribute("aria-valuetext", `${clock(time)} UTC`);
    const acts = inside();
    show(details, rowsTable(
      fill(words.stretch, { from: clock(view.from), to: clock(view.to), count: acts.length, shown: Math.min(40, acts.length) }),
      words.stretch_headings,
      acts.slice(0, 40).map(([row, series, time, thing]) => [data.rows[row], clock(time), data.series[series], data.things[thing]])));
    again();
  }
  canvas.addEventListener("pointerdown", (event) => { drag = [event.offsetX, event.offsetX]; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => { if (drag) { drag[1] = event.offsetX; again(); } });
  canvas.addEventListener("pointerup", () => {
    const [a, b] = drag || [0, 0];
    drag = null;
    if (Math.abs(a - b) > 5) choose(timeAt(a), timeAt(b)); else again();
  });
  const slider = (value) => make("input", { type: "range", min: 0, max: 1000, value, oninput: () =>
    choose(first + whole * Math.min(start.value, end.value) / 1000, first + whole * Math.max(start.value, end.value) / 1000) });
  const start = slider(0), end = slider(1000);
  return make("div", { class: "explorer" },
    make("div", { class: "tools" },
      make("label", {}, words.from, " ", start), make("label", {}, words.to, " ", end),
      make("button", { type: "button", onclick: () => choose(first, first + whole) }, words.reset)),
    canvas, make("p", { class: "small" }, words.timeline_keys), details);
}

for (const [anchor, data] of Object.entries(given.figures)) {
  const figure = document.getElementById(anchor);
  if (figure) toggle(figure, () => (data.kind === "network" ? network(data) : timeline(data)));
}
