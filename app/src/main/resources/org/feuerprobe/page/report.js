/* Makes the page's charts interactive. Without it every figure and table is still there. */
(() => {
  "use strict";
  const root = document.documentElement;
  const source = document.getElementById("plots");
  if (!source || typeof uPlot === "undefined") return;
  const plots = JSON.parse(source.textContent);
  /* Names of the runs on x, where x counts runs: of[chart] is the place of its list in lists. */
  const runs = JSON.parse(document.getElementById("runs")?.textContent ?? '{"of":{},"lists":[]}');
  const charts = new Map();
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  root.classList.add("scripted");

  /* Colours of the page's style sheet, as a canvas understands them. */
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };

  const number = (v) => {
    if (v == null || !Number.isFinite(v)) return "";
    const size = Math.abs(v);
    if (size !== 0 && (size >= 1e6 || size < 1e-3)) return v.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
    return Number.isInteger(v) || size >= 1000 ? Math.round(v).toString().replace(/\B(?=(\d{3})+$)/g, ",") : String(+v.toPrecision(4));
  };

  const OWN = new Set(["spread", "vertical", "horizontal", "bars"]);
  const line = uPlot.paths.linear();
  const steps = uPlot.paths.stepped({ align: 1 });

  /* All layers on one ascending x column; a layer without a value in a row is undefined there. */
  const table = (plot, log) => {
    const columns = [];
    plot.layers.forEach((layer) => {
      if (layer.s === "vertical" || layer.s === "horizontal") return;
      const xs = layer.s === "bars" ? layer.x.map((x, i) => (x + layer.z[i]) / 2) : layer.x;
      columns.push({ layer, xs, ys: layer.s === "spread" ? layer.z : layer.y });
      if (layer.s === "band") columns.push({ layer, xs, ys: layer.z, upper: true });
    });
    const events = [];
    columns.forEach((column, c) => column.xs.forEach((x, i) => {
      const y = column.ys[i];
      if ((log.x && !(x > 0)) || y == null || (log.y && !(y > 0))) return;
      events.push([x, c, y]);
    }));
    events.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const data = [[], ...columns.map(() => [])];
    events.forEach(([x, c, y]) => {
      const last = data[0].length - 1;
      if (last < 0 || data[0][last] !== x || data[c + 1][last] !== undefined) {
        data.forEach((column) => column.push(undefined));
        data[0][last + 1] = x;
        data[c + 1][last + 1] = y;
      } else {
        data[c + 1][last] = y;
      }
    });
    return { columns, data };
  };

  /* The row closest on x in which a series has a value. */
  const nearest = (u, series, at) => {
    const xs = u.data[0], ys = u.data[series];
    let left = at, right = at;
    while (left >= 0 && ys[left] == null) left--;
    while (right < ys.length && ys[right] == null) right++;
    if (left < 0) return right < ys.length ? right : null;
    if (right >= ys.length) return left;
    return xs[at] - xs[left] < xs[right] - xs[at] ? left : right;
  };

  class Chart {
    constructor(figure) {
      this.figure = figure;
      this.plot = plots[figure.id];
      this.log = { x: this.plot.x.log, y: this.plot.y.log };
      this.hidden = new Set();
      this.live = document.createElement("div");
      this.live.className = "live";
      this.live.tabIndex = 0;
      this.live.setAttribute("role", "group");
      this.live.setAttribute("aria-roledescription", "chart");
      this.live.setAttribute("aria-label", `${this.plot.title}. Arrow keys read values, plus and minus zoom, Escape shows all.`);
      this.readout = document.createElement("p");
      this.readout.className = "readout";
      this.readout.setAttribute("aria-live", "polite");
      this.controls = document.createElement("div");
      this.controls.className = "controls";
      figure.querySelector(".static").after(this.live, this.controls);
      figure.append(this.readout);
      figure.classList.add("drawn");
      this.buttons();
      this.draw();
      this.live.addEventListener("keydown", (e) => this.key(e));
      new ResizeObserver(() => {
        const width = Math.floor(this.live.clientWidth);
        if (width > 0 && this.u && width !== this.u.width) this.u.setSize({ width, height: this.height(width) });
      }).observe(this.live);
    }

    height(width) { return Math.round(Math.min(340, Math.max(220, width * 0.58))); }

    buttons() {
      const add = (text, pressed, act) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = text;
        if (pressed !== null) button.setAttribute("aria-pressed", pressed);
        button.addEventListener("click", () => act(button));
        this.controls.append(button);
        return button;
      };
      for (const axis of ["x", "y"]) {
        if (this.plot.layers.some((l) => l.s === "bars") && axis === "x") continue;
        const button = add(`log ${axis}`, this.log[axis], () => {
          this.log[axis] = !this.log[axis];
          button.setAttribute("aria-pressed", this.log[axis]);
          this.draw();
        });
        button.dataset.axis = axis;
      }
      add("whole range", null, () => this.draw());
      this.figure.querySelectorAll(".legend li").forEach((item, i) => {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("aria-pressed", "true");
        button.append(...item.childNodes);
        button.addEventListener("click", () => {
          const on = this.hidden.delete(i) || (this.hidden.add(i), false);
          button.setAttribute("aria-pressed", on);
          this.draw();
        });
        item.append(button);
      });
    }

    draw() {
      if (this.u) this.u.destroy();
      const plot = { ...this.plot, layers: this.plot.layers.filter((_, i) => !this.hidden.has(i)) };
      const { columns, data } = table(plot, this.log);
      const log = this.log;
      const grid = { stroke: colour("line"), width: 1 };
      const series = [{ label: plot.x.label }];
      const bands = [];
      columns.forEach(({ layer, upper }, c) => {
        const stroke = colour(layer.r);
        const points = layer.s === "points";
        series.push({
          label: layer.s === "band" ? (upper ? "band above" : "band below") : layer.s === "spread" ? "largest" : layer.n,
          stroke: layer.s === "band" ? "transparent" : stroke,
          width: points ? 0 : 2,
          dash: layer.s === "dashed" ? [6, 4] : undefined,
          spanGaps: true,
          pxAlign: 0,
          auto: layer.r !== "bound",
          paths: points || OWN.has(layer.s) ? () => null : layer.s === "steps" ? steps : line,
          points: points ? { show: true, size: layer.r === "median" ? 7 : 4, fill: layer.r === "median" ? colour("paper") : stroke, stroke, width: layer.r === "median" ? 1.6 : 0 } : { show: false },
        });
        if (upper) bands.push({ series: [c + 1, c], fill: colour("band") });
      });
      const extra = plot.layers.filter((l) => l.s === "horizontal").flatMap((l) => l.y)
        .concat(plot.layers.filter((l) => l.s === "spread").flatMap((l) => l.y)).filter((v) => !log.y || v > 0);
      const range = (u, low, high) => {
        const values = [low, high].concat(extra).filter((v) => v != null && Number.isFinite(v) && (!log.y || v > 0));
        if (!values.length) return log.y ? [1, 10] : [0, 1];
        let from = Math.min(...values), to = Math.max(...values);
        if (log.y) return [from / 1.3, to * 1.3];
        if (plot.layers.some((l) => l.s === "bars")) from = 0;
        const pad = (to - from || Math.abs(to) || 1) * 0.06;
        return [from >= 0 && (from < 0.7 * to || from === to) ? 0 : from - pad, from === to ? to * 1.5 || 1 : to + pad];
      };
      const width = Math.max(220, Math.floor(this.live.clientWidth));
      const axis = (extraAxis) => ({ stroke: colour("soft"), font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif", grid, ticks: grid, labelSize: 18, values: (u, vs) => vs.map((v) => (v == null ? "" : number(v))), ...extraAxis });
      const xAxis = axis({ label: plot.x.label + (log.x ? " (log)" : ""), size: 34 });
      if (plot.x.ticks.length) {
        xAxis.splits = (u, i, min, max) => {
          let last = -Infinity;
          return plot.x.ticks.filter((t) => {
            if (t < min || t > max) return false;
            const at = u.valToPos(t, "x");
            if (at - last < 56) return false;
            last = at;
            return true;
          });
        };
        xAxis.filter = (u, splits) => splits;
      }
      const wide = (u, values) => Math.max(44, 20 + 7.5 * Math.max(0, ...(values ?? []).map((v) => v.length)));
      const yAxis = axis({ label: plot.y.label + (log.y ? " (log)" : ""), size: wide });
      if (log.y) {
        yAxis.splits = (u, i, min, max) => {
          const decades = Math.log10(max / min), steps = decades > 3 ? [1] : decades > 1.2 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7], ticks = [];
          for (let p = Math.floor(Math.log10(min)); p <= Math.log10(max); p++) for (const s of steps) {
            const tick = Number(`${s}e${p}`);
            if (tick >= min && tick <= max && (decades <= 7 || p % Math.ceil(decades / 7) === 0)) ticks.push(tick);
          }
          return ticks.length > 1 ? ticks : [min, max];
        };
        yAxis.filter = (u, splits) => splits;
      }
      const xs = data[0];
      const edges = plot.layers.filter((l) => l.s === "bars" || l.s === "vertical").flatMap((l) => [...l.x, ...l.z]).filter((v) => !log.x || v > 0);
      const whole = [Math.min(...edges, ...xs.slice(0, 1)), Math.max(...edges, ...xs.slice(-1))];
      this.whole = this.padded(whole);
      this.u = new uPlot({
        width, height: this.height(width), series, bands,
        legend: { show: false },
        cursor: { drag: { x: true, y: false }, dataIdx: (u, s, at) => (s === 0 ? at : nearest(u, s, at)), points: { size: 8 } },
        scales: { x: { time: false, distr: log.x ? 3 : 1, range: (u, low, high) => (this.zoomed ? [low, high] : this.whole) }, y: { distr: log.y ? 3 : 1, range } },
        axes: [xAxis, yAxis],
        hooks: {
          drawAxes: [(u) => this.shapes(u, plot, false)],
          draw: [(u) => this.shapes(u, plot, true)],
          setCursor: [(u) => this.read(u, columns)],
          setSelect: [(u) => { if (u.select.width > 4) this.zoomed = true; }],
        },
      }, data, this.live);
      this.zoomed = false;
      this.u.over.addEventListener("dblclick", () => { this.zoomed = false; this.u.setScale("x", { min: this.whole[0], max: this.whole[1] }); });
      this.figure.dataset.points = data[0].length;
    }

    padded([from, to]) {
      if (this.log.x) {
        const pad = Math.pow(to / from, 0.02) || 1.1;
        return from < to ? [from / pad, to * pad] : [from / 2, to * 2];
      }
      const pad = (to - from) * 0.03 || 1;
      return [from - pad, to + pad];
    }

    /* What uPlot has no shape for: bars and spreads behind the lines, rules in front. */
    shapes(u, plot, front) {
      const { ctx, bbox } = u;
      const px = (v) => u.valToPos(v, "x", true), py = (v) => u.valToPos(this.log.y && !(v > 0) ? u.scales.y.min : v, "y", true);
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      for (const layer of plot.layers) {
        const rule = layer.s === "vertical" || layer.s === "horizontal";
        if (!OWN.has(layer.s) || rule !== front) continue;
        ctx.strokeStyle = ctx.fillStyle = colour(layer.r);
        ctx.lineWidth = (layer.s === "spread" && layer.r === "model" ? 8 : 2) * devicePixelRatio;
        ctx.globalAlpha = layer.s === "bars" || (layer.s === "spread" && layer.r === "model") ? 0.55 : 1;
        ctx.setLineDash(rule ? [2 * devicePixelRatio, 4 * devicePixelRatio] : []);
        ctx.beginPath();
        if (layer.s === "spread") layer.x.forEach((x, i) => { ctx.moveTo(px(x), py(layer.y[i])); ctx.lineTo(px(x), py(layer.z[i])); });
        if (layer.s === "vertical") layer.x.forEach((x) => { ctx.moveTo(px(x), bbox.top); ctx.lineTo(px(x), bbox.top + bbox.height); });
        if (layer.s === "horizontal") layer.y.forEach((y) => { ctx.moveTo(bbox.left, py(y)); ctx.lineTo(bbox.left + bbox.width, py(y)); });
        if (layer.s === "bars") layer.x.forEach((x, i) => { const left = px(x), top = py(layer.y[i]); ctx.rect(left, top, Math.max(1, px(layer.z[i]) - left), bbox.top + bbox.height - top); });
        if (layer.s === "bars") ctx.fill(); else ctx.stroke();
      }
      ctx.restore();
    }

    read(u, columns) {
      const at = u.cursor.idx;
      if (at == null) { this.readout.textContent = ""; return; }
      const x = u.data[0][at];
      const parts = [];
      columns.forEach((_, c) => {
        const i = nearest(u, c + 1, at);
        if (i != null && Math.abs(u.valToPos(u.data[0][i], "x") - u.valToPos(x, "x")) < 24) parts.push(`${u.series[c + 1].label} ${number(u.data[c + 1][i])}`);
      });
      const name = runs.lists[runs.of[this.figure.id]]?.[x - 1];
      this.readout.textContent = `${name ? `run ${name}` : `${this.plot.x.label} ${number(x)}`}: ${parts.join(", ")}`;
    }

    key(event) {
      const u = this.u, xs = u.data[0];
      const { min, max } = u.scales.x;
      let at = u.cursor.idx ?? -1;
      const move = (step) => {
        const from = xs[at];
        do at += step; while (xs[at] === from && at >= 0 && at < xs.length);
      };
      switch (event.key) {
        case "ArrowRight": at < 0 ? (at = 0) : move(1); break;
        case "ArrowLeft": at < 0 ? (at = xs.length - 1) : move(-1); break;
        case "Home": at = 0; break;
        case "End": at = xs.length - 1; break;
        case "Escape": this.draw(); event.preventDefault(); return;
        case "+": case "-": {
          const to = (v) => (this.log.x ? Math.log(v) : v), back = (v) => (this.log.x ? Math.exp(v) : v);
          const middle = to(at >= 0 ? xs[at] : back((to(min) + to(max)) / 2));
          const half = (to(max) - to(min)) * (event.key === "+" ? 0.25 : 1);
          this.zoomed = true;
          u.setScale("x", { min: Math.max(this.whole[0], back(middle - half)), max: Math.min(this.whole[1], back(middle + half)) });
          event.preventDefault();
          return;
        }
        default: return;
      }
      event.preventDefault();
      at = Math.max(0, Math.min(xs.length - 1, at));
      u.setCursor({ left: u.valToPos(xs[at], "x"), top: u.bbox.height / devicePixelRatio / 2 });
    }
  }

  const make = (figure) => { if (plots[figure.id] && !charts.has(figure.id)) charts.set(figure.id, new Chart(figure)); };
  const watcher = new IntersectionObserver((entries) => entries.forEach((e) => {
    if (e.isIntersecting) { watcher.unobserve(e.target); make(e.target); }
  }), { rootMargin: "400px" });
  document.querySelectorAll("figure.plot").forEach((figure) => watcher.observe(figure));

  const filter = document.getElementById("filter");
  if (filter) {
    const items = [...document.querySelectorAll("details.series")].map((item) => ({ item, text: item.querySelector("summary").textContent.toLowerCase() }));
    const shown = document.getElementById("shown");
    const apply = () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { item, text } of items) {
        item.hidden = !words.every((word) => text.includes(word));
        if (!item.hidden) count++;
      }
      document.querySelectorAll("section.series-list").forEach((section) => { section.hidden = !section.querySelector("details.series:not([hidden])"); });
      shown.textContent = `${number(count)} of ${number(items.length)} series`;
    };
    filter.addEventListener("input", apply);
    filter.addEventListener("keydown", (e) => { if (e.key === "Escape") { filter.value = ""; apply(); } });
    document.addEventListener("keydown", (e) => {
      if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && e.target !== filter) { e.preventDefault(); filter.focus(); }
    });
    apply();
  }

  const redraw = () => charts.forEach((chart) => chart.draw());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  const theme = document.getElementById("theme");
  theme.addEventListener("click", () => {
    const next = { auto: "dark", dark: "light", light: "auto" }[root.dataset.theme || "auto"];
    if (next === "auto") delete root.dataset.theme; else root.dataset.theme = next;
    theme.textContent = `theme: ${next}`;
    redraw();
  });
})();
