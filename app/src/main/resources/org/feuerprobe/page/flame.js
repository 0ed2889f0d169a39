/* Draws the flame graph. Without it the page still has the table of functions. */
(() => {
  "use strict";
  const root = document.documentElement;
  const source = document.getElementById("flame-data");
  if (!source) return;
  const data = JSON.parse(source.textContent);
  root.classList.add("scripted");
  const box = document.getElementById("flame");
  const readout = document.getElementById("readout");
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const ROW = 1.35;
  const KINDS = ["kernel", "user", "none"];

  const number = (sum) => {
    const mean = sum / data.samples;
    return (Number.isInteger(mean) ? String(mean) : mean.toFixed(2)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  };
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  const tone = (name) => {
    let hash = 0;
    for (const c of name) hash = (hash * 31 + c.codePointAt(0)) % 997;
    return (hash / 997).toFixed(2);
  };

  /* Each frame with its sum over itself and what it calls, and where that begins. */
  const frames = [];
  const place = (raw, parent, from) => {
    const frame = { name: raw.n, self: raw.s, file: raw.f, kind: KINDS[raw.k], parent, from, depth: parent ? parent.depth + 1 : 0, children: [], total: raw.s };
    frames.push(frame);
    let at = from + raw.s;
    for (const child of raw.c) {
      const placed = place(child, frame, at);
      frame.children.push(placed);
      at += placed.total;
      frame.total += placed.total;
    }
    return frame;
  };
  const all = place(data.root, null, 0);
  let zoomed = all;
  let chosen = all;
  let words = "";

  const matches = (frame) => words !== "" && frame.name.toLowerCase().includes(words);
  const within = (frame, other) => {
    for (let f = frame; f; f = f.parent) if (f === other) return true;
    return false;
  };

  const describe = (frame) => {
    const place = frame.file ? ` (${frame.file})` : "";
    readout.textContent = `${frame.name}${place}: ${number(frame.total)} ${data.metric}, ${percent(frame.total, all.total)}; itself ${number(frame.self)}`;
  };

  const draw = () => {
    const above = [];
    for (let f = zoomed.parent; f; f = f.parent) above.push(f);
    let deepest = zoomed.depth;
    const parts = document.createDocumentFragment();
    const add = (frame, left, width, extra) => {
      const element = document.createElement("div");
      element.className = `frame ${frame.kind}${extra}${words && !matches(frame) ? " miss" : ""}${matches(frame) ? " hit" : ""}${frame === chosen ? " chosen" : ""}`;
      element.style.cssText = `left:${left}%;width:${width}%;top:${frame.depth * ROW}rem;--tone:${tone(frame.name)}`;
      element.textContent = frame.name;
      element.title = `${frame.name}: ${number(frame.total)} (${percent(frame.total, all.total)})`;
      element.frame = frame;
      parts.append(element);
      deepest = Math.max(deepest, frame.depth);
    };
    above.forEach((frame) => add(frame, 0, 100, " above"));
    const below = (frame) => {
      const width = (100 * frame.total) / zoomed.total;
      if (width < 0.08) return;
      add(frame, (100 * (frame.from - zoomed.from)) / zoomed.total, width, "");
      frame.children.forEach(below);
    };
    below(zoomed);
    box.replaceChildren(parts);
    box.style.height = `${(deepest + 1) * ROW + 0.1}rem`;
    describe(chosen);
  };

  const zoom = (frame) => {
    zoomed = frame;
    chosen = frame;
    draw();
  };
  const look = (text) => {
    words = text.trim().toLowerCase();
    if (!words) {
      found.textContent = "";
    } else {
      let sum = 0;
      const count = (frame) => {
        if (matches(frame)) sum += frame.total;
        else frame.children.forEach(count);
      };
      count(all);
      found.textContent = `${percent(sum, all.total)} in ${frames.filter(matches).length} frames`;
    }
    draw();
  };
  const next = (step) => {
    const hits = frames.filter(matches);
    if (!hits.length) return;
    chosen = hits[(hits.indexOf(chosen) + step + hits.length) % hits.length];
    if (!within(chosen, zoomed)) zoomed = all;
    draw();
  };
  const sibling = (step) => {
    const row = frames.filter((f) => f.depth === chosen.depth && within(f, zoomed));
    const at = row.indexOf(chosen) + step;
    if (at >= 0 && at < row.length) chosen = row[at];
  };
  const largest = (frame) => frame.children.reduce((best, child) => (!best || child.total > best.total ? child : best), null);

  box.addEventListener("click", (event) => {
    if (event.target.frame) zoom(event.target.frame);
    box.focus();
  });
  box.addEventListener("mouseover", (event) => event.target.frame && describe(event.target.frame));
  box.addEventListener("mouseleave", () => describe(chosen));
  box.addEventListener("keydown", (event) => {
    const keys = {
      ArrowDown: () => { chosen = largest(chosen) ?? chosen; },
      ArrowUp: () => { chosen = chosen.parent ?? chosen; if (!within(chosen, zoomed)) zoomed = chosen; },
      ArrowLeft: () => sibling(-1),
      ArrowRight: () => sibling(1),
      Enter: () => { zoomed = chosen; },
      Escape: () => { zoomed = chosen = all; },
      n: () => next(1),
      N: () => next(-1),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
    draw();
  });
  search.addEventListener("input", () => look(search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { next(event.shiftKey ? -1 : 1); event.preventDefault(); }
    if (event.key === "Escape") { search.value = ""; look(""); box.focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target === search || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  document.getElementById("reset").addEventListener("click", () => zoom(all));
  document.querySelectorAll(".hot button").forEach((button) => button.addEventListener("click", () => {
    search.value = button.textContent;
    look(search.value);
    box.scrollIntoView({ block: "nearest" });
  }));
  const theme = document.getElementById("theme");
  theme.addEventListener("click", () => {
    const order = { auto: "light", light: "dark", dark: "auto" };
    const now = order[root.dataset.theme ?? "auto"];
    if (now === "auto") delete root.dataset.theme;
    else root.dataset.theme = now;
    theme.textContent = `theme: ${now}`;
  });
  draw();
})();
