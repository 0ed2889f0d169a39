// Opens real and synthetic reports in a headless Chromium, from file://, as a reader would.
// Usage: node report.test.mjs REPORTS SCREENSHOTS, where REPORTS/NAME/report.html are the pages.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [reports, shots] = process.argv.slice(2).map((path) => resolve(path));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = readdirSync(reports).filter((name) => existsSync(join(reports, name, "report.html")));
assert.ok(pages.includes("real") && pages.includes("rich"), `reports in ${reports}: ${pages}`);
mkdirSync(shots, { recursive: true });

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--lang=en-US", "--disable-background-networking", "--disable-quic"],
  env: { ...process.env, LANG: "en_US.UTF-8", LANGUAGE: "en_US" },
});
let failures = 0;

async function test(name, body) {
  try {
    await body();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures++;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}

/** A page with its console errors and requests recorded. */
async function open(name, { width = 1600, scheme = "light", script = true, file = "report.html" } = {}) {
  const page = await browser.newPage();
  const errors = [];
  const requests = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("dialog", (dialog) => { errors.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => requests.push(request.url()));
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(script);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(pathToFileURL(join(reports, name, file)).href);
  return { page, errors, requests };
}

/** Scrolls through the page until every chart has been drawn. */
async function drawAll(page) {
  await page.evaluate(async () => {
    for (const figure of document.querySelectorAll("figure.plot")) {
      if (!figure.querySelector(".cell")) {
        figure.scrollIntoView();
        for (let i = 0; i < 200 && !figure.querySelector("canvas"); i++) await new Promise((r) => setTimeout(r, 20));
      }
    }
    scrollTo(0, 0);
  });
}

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const pixels = (page, selector) => page.$eval(selector, (canvas) => {
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + data[i + 1] * 3 + data[i + 2] * 7 + data[i + 3]) % 1000003;
  return sum;
});

for (const name of pages) {
  await test(`${name}: no error, no request, every chart drawn`, async () => {
    const { page, errors, requests } = await open(name);
    await drawAll(page);
    const missing = await page.$$eval("figure.plot", (figures) => figures.filter((f) => !f.querySelector(".cell") && !f.querySelector("canvas")).map((f) => f.id));
    assert.deepEqual(missing, []);
    assert.deepEqual(errors, []);
    assert.deepEqual(requests.filter((url) => !url.startsWith("file:")), []);
    assert.equal(requests.length, 1);
    await page.close();
  });
  for (const width of [360, 1600]) {
    for (const scheme of ["light", "dark"]) {
      await test(`${name}: ${width} px, ${scheme}: no horizontal scroll, no axe violation`, async () => {
        const { page, errors } = await open(name, { width, scheme });
        if (name !== "large") await drawAll(page);
        assert.equal(await overflow(page), 0);
        if (name !== "large") {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => axe.run());
          assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.length}x ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].any.map((c) => c.message).join("; ").slice(0, 200)}`), []);
          const height = Math.min(12000, await page.evaluate(() => document.documentElement.scrollHeight)); // Chromium refuses longer pictures
          await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), clip: { x: 0, y: 0, width, height } });
        }
        assert.deepEqual(errors, []);
        await page.close();
      });
    }
  }
  await test(`${name}: everything is there without script`, async () => {
    const { page } = await open(name, { script: false });
    const facts = await page.evaluate(() => ({
      verdicts: document.querySelectorAll(".matrix .verdict-link").length,
      explained: [...document.querySelectorAll(".matrix .verdict-link")].filter((a) => document.querySelector(a.getAttribute("href") + " ol, .verdict li" + a.getAttribute("href"))).length,
      figures: document.querySelectorAll("figure.plot").length,
      pictures: [...document.querySelectorAll("figure.plot svg")].filter((svg) => svg.getBoundingClientRect().width > 100).length,
      rows: document.querySelectorAll("details table tbody tr").length,
    })).catch(() => null);
    if (facts) {
      assert.ok(facts.verdicts > 0 && facts.verdicts === facts.explained, JSON.stringify(facts));
      assert.ok(facts.figures > 0 && facts.figures === facts.pictures, JSON.stringify(facts));
      assert.ok(facts.rows > 6, JSON.stringify(facts));
    } else {
      assert.fail("the page could not be looked at");
    }
    assert.equal(await overflow(page), 0);
    await page.close();
  });
}

await test("real: says first what is not as claimed, and what changed since the campaign before", async () => {
  const { page } = await open("real", { script: false });
  const facts = await page.evaluate(() => ({
    first: document.querySelector("main h2").textContent,
    violated: [...document.querySelectorAll("[aria-labelledby=findings] th[scope=row]")].map((th) => th.textContent),
    headings: [...document.querySelectorAll("h2")].map((h) => h.textContent),
    top: document.querySelector("[aria-labelledby=findings] tbody tr").getBoundingClientRect().bottom,
    changes: document.querySelector("[aria-labelledby=changes]")?.textContent ?? "",
  }));
  assert.equal(facts.first, "Not as claimed");
  assert.ok(facts.violated.includes("cap_table_alloc/target"), JSON.stringify(facts.violated));
  assert.ok(facts.top < 900, `the first violated bound ends at ${facts.top} px`);
  assert.match(facts.changes, /cap_table_alloc\/target[^]*HOLDS[^]*VIOLATED/);
  assert.ok(facts.headings.includes("Documents that contradict each other"), facts.headings.join());
  await page.close();
});

for (const width of [360, 1600]) {
  for (const scheme of ["light", "dark"]) {
    await test(`history page: ${width} px, ${scheme}: steps drawn, no horizontal scroll, no axe violation`, async () => {
      const { page, errors } = await open("history", { width, scheme, file: "history.html" });
      await page.waitForSelector("details[open] canvas");
      assert.equal(await overflow(page), 0);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`), []);
      await page.screenshot({ path: join(shots, `history-page-${width}-${scheme}.png`) });
      assert.deepEqual(errors, []);
      await page.close();
    });
  }
}

await test("history: the report links the page, which has a chart of every series and zooms", async () => {
  const { page, errors } = await open("history");
  await page.click('a[href="history.html"]');
  await page.waitForSelector("details[open] canvas");
  const facts = await page.evaluate(() => ({
    headline: document.querySelector("h1").textContent,
    series: document.querySelectorAll("details.series").length,
    changes: document.querySelectorAll("details.series li").length,
    first: document.querySelector("details.series ol").textContent,
    layers: JSON.parse(document.getElementById("plots").textContent)["series-1"].layers.map((l) => [l.n, l.x]),
  }));
  assert.match(facts.headline, /series of 12 runs: .* changes/);
  assert.equal(facts.series, 33);
  assert.match(facts.first, /Run run05.*worse[^]*Run run09.*better[^]*Run run10.*worse/);
  assert.deepEqual(facts.layers.filter(([name]) => name.startsWith("became")), [["became worse", [5, 10]], ["became better", [9]]]);
  assert.deepEqual(errors, []);
  const over = await page.$("details[open] .u-over");
  await over.scrollIntoView();
  const box = await over.boundingBox();
  const whole = await pixels(page, "details[open] canvas");
  await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await new Promise((r) => setTimeout(r, 100));
  assert.notEqual(await pixels(page, "details[open] canvas"), whole);
  await page.keyboard.press("/");
  await page.keyboard.type("N=16");
  assert.ok((await page.$$eval("details.series", (all) => all.filter((d) => d.getClientRects().length).length)) < 33);
  await page.close();
});

await test("side: metrics side by side, instructions flat and misses not", async () => {
  const { page, errors } = await open("side");
  await drawAll(page);
  const flat = await page.evaluate(() => {
    const plots = JSON.parse(document.getElementById("plots").textContent);
    const plot = Object.values(plots).find((p) => p.title === "cap_table_lookup/random: growth by target and metric");
    return plot.layers.map((l) => [l.n, Math.min(...l.y), Math.max(...l.y)]);
  });
  assert.ok(flat.some(([name, low, high]) => name.includes("instructions") && low === 1 && high === 1), JSON.stringify(flat));
  assert.ok(flat.some(([name, low, high]) => name.includes("misses") && low < 0.5 && high === 1), JSON.stringify(flat));
  assert.deepEqual(errors, []);
  await page.close();
});

await test("rich: hovering reads values and the axes switch", async () => {
  const { page, errors } = await open("rich");
  await drawAll(page);
  const over = await page.$("#op-0-b0-cost .u-over");
  await over.scrollIntoView();
  const box = await over.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  assert.match(await page.$eval("#op-0-b0-cost .readout", (p) => p.textContent), /^N [\d,.]+: .*model [\d,.]+/);
  const before = await pixels(page, "#op-0-b0-cost canvas");
  await page.click('#op-0-b0-cost button[data-axis="x"]');
  assert.equal(await page.$eval('#op-0-b0-cost button[data-axis="x"]', (b) => b.getAttribute("aria-pressed")), "false");
  const after = await pixels(page, "#op-0-b0-cost canvas");
  assert.notEqual(before, after);
  await page.click("#op-0-b0-cost .legend button");
  assert.notEqual(await pixels(page, "#op-0-b0-cost canvas"), after);
  assert.deepEqual(errors, []);
  await page.close();
});

await test("rich: dragging zooms, Escape shows all again", async () => {
  const { page } = await open("rich");
  await drawAll(page);
  const over = await page.$("#op-0-b0-cost .u-over");
  await over.scrollIntoView();
  const box = await over.boundingBox();
  const whole = await pixels(page, "#op-0-b0-cost canvas");
  await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await new Promise((r) => setTimeout(r, 100));
  assert.notEqual(await pixels(page, "#op-0-b0-cost canvas"), whole);
  await page.focus("#op-0-b0-cost .live");
  await page.keyboard.press("Escape");
  await new Promise((r) => setTimeout(r, 100));
  assert.equal(await pixels(page, "#op-0-b0-cost canvas"), whole);
  await page.close();
});

await test("rich: the keyboard alone reads a chart and changes the theme", async () => {
  const { page } = await open("rich");
  await drawAll(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  for (let i = 0; i < 120 && !(await page.evaluate(() => document.activeElement.classList.contains("live"))); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const second = await page.evaluate(() => document.activeElement.parentElement.querySelector(".readout").textContent);
  assert.match(second, /^N 1\d\.\d+: |^N 16: |^N 32: /);
  await page.keyboard.press("End");
  assert.match(await page.evaluate(() => document.activeElement.parentElement.querySelector(".readout").textContent), /^N 65,536: .*median/);
  await page.close();
});

await test("rich: prints the static charts", async () => {
  const { page } = await open("rich");
  await drawAll(page);
  await page.emulateMediaType("print");
  const shown = await page.$$eval("figure.plot", (figures) => figures.filter((f) => f.querySelector(".static").getBoundingClientRect().height > 50 && !f.querySelector("canvas")?.getBoundingClientRect().height).length);
  assert.equal(shown, (await page.$$("figure.plot")).length);
  await page.pdf({ path: join(shots, "rich.pdf"), format: "A4" });
  await page.close();
});

await test("dense: ten thousand points stay smooth", async () => {
  const { page } = await open("dense");
  await drawAll(page);
  const { points, each } = await page.evaluate(async () => {
    const figure = document.querySelector("figure.plot");
    figure.scrollIntoView();
    const over = figure.querySelector(".u-over");
    const box = over.getBoundingClientRect();
    const begun = performance.now();
    for (let i = 0; i < 60; i++) {
      over.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, clientX: box.x + (box.width * i) / 60, clientY: box.y + 40 }));
      await new Promise((r) => requestAnimationFrame(r));
    }
    return { points: Number(figure.dataset.points), each: (performance.now() - begun) / 60 };
  });
  console.log(`     ${points} rows, ${each.toFixed(1)} ms a frame`);
  assert.ok(points >= 5000, `${points} rows`);
  assert.ok(each < 100, `${each} ms a frame`);
  await page.close();
});

await browser.close();
console.log(failures === 0 ? `all passed; screenshots: ${shots}` : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
