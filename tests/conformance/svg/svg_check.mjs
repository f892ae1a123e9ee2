// svg_check.mjs DRAWING.svg ...: lays each drawing out in a browser and compares the measurements with the rules for
// maps.
//
// The XML is well-formed and has only elements of drawings: no script, no link, no external resource. Boxes do not
// overlap, texts stay in their box and in the picture, texts and bursts do not overlap, every arrow begins and ends on
// a border, and each piece of the timeline is below its element. The pieces add up to the lead time and the process
// time that ../metrics/*.json has for the stream. With --png FOLDER, also takes screenshots, light and dark. Exit 0 no
// findings, 1 findings, 2 cannot run.
import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const TAGS = new Set(["svg", "title", "desc", "style", "g", "rect", "path", "text", "circle"]);
const ATTRIBUTES = new Set([
  "xmlns",
  "class",
  "role",
  "viewBox",
  "width",
  "height",
  "x",
  "y",
  "rx",
  "d",
  "cx",
  "cy",
  "r",
  "transform",
  "data-seconds",
]);

/// Runs in the page. Returns findings, and for each picture the seconds on its timeline.
function measure({ tags, attributes }) {
  const problems = [];
  const root = document.querySelector("svg");
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (!tags.includes(element.localName)) problems.push(`a <${element.localName}> element`);
    for (const { name } of element.attributes)
      if (!attributes.includes(name)) problems.push(`an attribute ${name} of <${element.localName}>`);
  }
  const box = (element) => {
    const { x, y, width, height } = element.getBBox();
    const { e, f } = element.getCTM();
    return { x: x + e, y: y + f, right: x + e + width, bottom: y + f + height };
  };
  const shown = (element) => (element.textContent || element.getAttribute("class") || element.localName).slice(0, 40);
  const overlap = (a, b, slack) =>
    Math.min(a.right, b.right) - Math.max(a.x, b.x) > slack &&
    Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > slack;
  const holds = (outer, inner, slack) =>
    inner.x >= outer.x - slack &&
    inner.right <= outer.right + slack &&
    inner.y >= outer.y - slack &&
    inner.bottom <= outer.bottom + slack;
  const pairs = (items, slack, visit) => {
    const sorted = [...items].sort((a, b) => a.at.x - b.at.x);
    sorted.forEach((one, i) => {
      for (let j = i + 1; j < sorted.length && sorted[j].at.x < one.at.right; ++j)
        if (overlap(one.at, sorted[j].at, slack)) visit(one, sorted[j]);
    });
  };

  const shapes = [...root.querySelectorAll(".box, .data, .tri, .bar, .gate")].map((element) => ({
    element,
    at: box(element),
  }));
  if (shapes.length === 0) problems.push("nothing is drawn");
  pairs(shapes, 0.5, (a, b) =>
    problems.push(`${shown(a.element.parentNode)} and ${shown(b.element.parentNode)} overlap`),
  );

  const picture = { x: 0, y: 0, right: root.viewBox.baseVal.width, bottom: root.viewBox.baseVal.height };
  const texts = [...root.querySelectorAll("text")].map((element) => ({ element, at: box(element) }));
  for (const text of texts)
    if (!holds(picture, text.at, 0.5)) problems.push(`the words ${shown(text.element)} leave the picture`);
  pairs(texts, 1.5, (a, b) => problems.push(`the words ${shown(a.element)} lie on ${shown(b.element)}`));
  const stars = [...root.querySelectorAll(".star")].map((element) => ({ element, at: box(element) }));
  pairs([...stars, ...texts], 1.5, (a, b) => {
    if (a.element.parentNode === b.element.parentNode || !(stars.includes(a) || stars.includes(b))) return;
    problems.push(`a burst and ${shown(a.element.localName === "text" ? a.element : b.element)} lie on one another`);
  });
  for (const frame of root.querySelectorAll("rect.box, rect.data, rect.band, rect.pill, rect.sum")) {
    const outer = box(frame);
    for (const text of frame.parentNode.querySelectorAll(":scope > text")) {
      const at = box(text);
      const middle = (at.y + at.bottom) / 2;
      const inside =
        middle > outer.y &&
        middle < outer.bottom &&
        (at.x + at.right) / 2 > outer.x &&
        (at.x + at.right) / 2 < outer.right;
      if (inside && !holds(outer, at, 0.5)) problems.push(`the words ${shown(text)} leave their box`);
    }
  }

  const bands = [...root.querySelectorAll("rect.band")].map(box);
  for (const { element, at } of texts)
    if (element.classList.contains("bt") && !bands.some((band) => holds(band, at, 0.5)))
      problems.push(`the words ${shown(element)} are in no stage`);

  for (const { element } of shapes) Object.assign(element.style, { strokeWidth: "3", strokeDasharray: "none" });
  const on_border = (point) =>
    shapes.some(({ element, at }) => {
      if (point.x < at.x - 3 || point.x > at.right + 3 || point.y < at.y - 3 || point.y > at.bottom + 3) return false;
      const inner = element.getCTM().inverse();
      return element.isPointInStroke(new DOMPoint(point.x, point.y).matrixTransform(inner));
    });
  for (const arrow of root.querySelectorAll("path.a")) {
    for (const [end, length] of [
      ["begins", 0],
      ["ends", arrow.getTotalLength()],
    ]) {
      const point = arrow.getPointAtLength(length).matrixTransform(arrow.getCTM());
      if (!on_border(point))
        problems.push(`an arrow ${end} at ${point.x.toFixed(1)}, ${point.y.toFixed(1)}, on no border`);
    }
  }

  const lefts = shapes.map(({ at }) => at.x),
    rights = shapes.map(({ at }) => at.right);
  const triangles = shapes
    .filter(({ element }) => element.classList.contains("tri"))
    .map(({ at }) => (at.x + at.right) / 2);
  const near = (all, x) => all.some((one) => Math.abs(one - x) <= 0.6);
  const pictures = [...root.children]
    .filter((child) => child.localName === "g")
    .map((group) => {
      const sums = { hi: 0, lo: 0, mi: 0 },
        ends = [];
      for (const rung of group.querySelectorAll("g[data-seconds]")) {
        const line = rung.querySelector("path");
        const at = box(line);
        const kind = line.getAttribute("class");
        sums[kind] += Number(rung.dataset.seconds);
        // work is below its box, or starts halfway where a wait without a triangle ends; a choose shows its mean as two
        // such halves
        if (kind === "lo" && !near(rights, at.right)) problems.push(`the work ${shown(rung)} ends under no box`);
        if (kind === "lo" && !near(lefts, at.x) && !near(ends, at.x))
          problems.push(`the work ${shown(rung)} begins under no box`);
        const under_triangle = triangles.some((x) => x > at.x && x < at.right);
        if (kind === "hi" && !under_triangle && !near(lefts, at.x))
          problems.push(`the wait ${shown(rung)} is under nothing`);
        ends.push(at.right);
      }
      return sums;
    });
  return { problems, pictures };
}

function metrics_of(file) {
  const folder = path.join(path.dirname(file), "..", "metrics");
  const streams = fs
    .readdirSync(folder)
    .flatMap((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")).streams);
  const name = path.basename(file, ".svg").split(".").pop();
  return streams.find((stream) => stream.name === name) ?? null;
}

function sums_differ(file, pictures) {
  const stream = metrics_of(file);
  if (stream === null) return [`no figures for ${path.basename(file)}`];
  if (stream.lead_time === null) return [];
  const { hi, lo, mi } = pictures.at(-1);
  const wrong = [];
  const differs = (found, wanted) => Math.abs(found - wanted) > 0.02 * Math.max(1, pictures.length) + 1e-9 * wanted;
  if (differs(hi + lo + mi, stream.lead_time.seconds))
    wrong.push(`the timeline adds up to ${hi + lo + mi} s, not ${stream.lead_time.seconds}`);
  if (mi === 0 && stream.process_time !== null && differs(lo, stream.process_time.seconds))
    wrong.push(`the work on it adds up to ${lo} s, not ${stream.process_time.seconds}`);
  return wrong;
}

async function check(page, file, folder) {
  const svg = fs.readFileSync(file, "utf8");
  const parsed = await page.evaluate((text) => {
    const found = new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror");
    return found === null ? "" : found.textContent;
  }, svg);
  if (parsed) return [`is no XML: ${parsed.split("\n")[0]}`];
  await page.goto("about:blank");
  await page.setContent(`<!DOCTYPE html><body style="margin:0">${svg}</body>`);
  if (folder) {
    const [, width, height] = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/);
    await page.setViewportSize({ width: Math.ceil(width), height: Math.min(16000, Math.ceil(height)) });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(folder, `${path.basename(file, ".svg")}.${colorScheme}.png`) });
    }
  }
  const { problems, pictures } = await page.evaluate(measure, { tags: [...TAGS], attributes: [...ATTRIBUTES] });
  return [...problems, ...sums_differ(file, pictures)];
}

const files = process.argv.slice(2);
const at = files.indexOf("--png");
const folder = at < 0 ? "" : files.splice(at, 2)[1];
if (folder) fs.mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
const requests = [];
page.on("request", (request) => /^(about|data):/.test(request.url()) || requests.push(request.url()));
let problems = 0;
for (const file of files) {
  const found = await check(page, file, folder);
  for (const url of requests.splice(0)) found.push(`a request for ${url}`);
  for (const problem of found) console.log(`${file}: ${problem}`);
  problems += found.length;
}
await browser.close();
console.log(`svg: ${files.length} drawings, ${problems} findings`);
process.exit(problems > 0 ? 1 : 0);
