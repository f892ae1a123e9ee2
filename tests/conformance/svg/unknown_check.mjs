// unknown_check.mjs VSM [--prove] [--png FOLDER]: draws maps with every combination of unknown, zero and known times
// and reads data boxes, timeline and table as displayed. An unknown time is `?` or `≥ …`, never `0s` and never rework;
// a known time is the one in `vsm metrics`. With --prove, zeros replace every `?` of the pages, and each must be found.
// Exit 0 no findings, 1 findings, 2 cannot run.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const args = process.argv.slice(2);
const at = args.indexOf("--png");
const pictures = at < 0 ? "" : args.splice(at, 2)[1];
const prove = args.includes("--prove");
const [vsm] = args.filter((one) => one !== "--prove");
if (!vsm) process.exit(2);
if (pictures) fs.mkdirSync(pictures, { recursive: true });

const VALUES = ["?", "0s", "45min"];
const PAIRS = [
  ["process", "wait"],
  ["process", "lead"],
  ["wait", "lead"],
];
// a process or wait time cannot be longer than the lead time
const sound = ([, second], a, b) => second !== "lead" || b !== "0s" || a !== "45min";

function maps() {
  const found = [];
  for (const pair of PAIRS) {
    for (const a of VALUES) {
      for (const b of VALUES) {
        if (!sound(pair, a, b)) continue;
        const times = `${pair[0]}: ${a}, ${pair[1]}: ${b}`;
        const before = 'step a "Astep" { process: 1h, wait: 2h }',
          after = 'step z "Zstep" { process: 3h, lead: 2d }';
        const name = `${pair.join("-")}-${a}-${b}`.replaceAll("?", "unknown");
        found.push([name, `stream s {\n ${before}\n step x "Xstep" { ${times} }\n ${after}\n}\n`]);
        found.push([
          `${name}-rework`,
          `stream s {\n ${before}\n step x "Xstep" { ${times} rework 20% to a }\n ${after}\n}\n`,
        ]);
        found.push([
          `${name}-names`,
          `stream s {\n timings: unknown\n step n "Nstep"\n step x "Xstep" { ${times} }\n ${after}\n}\n`,
        ]);
      }
    }
  }
  return found;
}

/// Runs in the page. Returns the texts of a step's data box, of the timeline pieces below it, and of its row in the
/// table.
function read(title) {
  const svg = document.querySelector("svg.vsm");
  const name = [...svg.querySelectorAll("text.n")].find((text) => text.textContent === title);
  if (!name) return null;
  const group = name.parentElement,
    box = group.querySelector("rect.box").getBBox();
  const labels = [...group.querySelectorAll("text.l")],
    values = [...group.querySelectorAll("text.v")];
  const data = {};
  for (const label of labels) {
    const value = values.find((one) => one.getAttribute("y") === label.getAttribute("y"));
    data[label.textContent] = value.textContent;
  }
  const ends = [box.x, box.x + box.width];
  const rungs = {};
  for (const rung of svg.querySelectorAll("g[data-seconds]")) {
    const line = rung.querySelector("path"),
      at = line.getBBox();
    if (!ends.some((end) => Math.abs(end - at.x - at.width) < 0.6) || at.x > box.x + 0.6) continue;
    rungs[line.getAttribute("class")] = rung.querySelector("text").textContent;
  }
  const row = [...document.querySelectorAll("section tr")].find(
    (tr) => tr.querySelector("th[scope=row]")?.textContent === title && tr.querySelector("svg.spent"),
  );
  const columns = row ? [...row.closest("table").querySelectorAll("thead th")].map((th) => th.textContent) : [];
  const cells = row ? [...row.children].map((cell) => cell.textContent) : [];
  return { data, rungs, table: Object.fromEntries(columns.map((column, i) => [column, cells[i]])) };
}

/// Runs in the page. Shows zeros for unknown times, as a careless program would.
function forget() {
  for (const text of document.querySelectorAll("svg.vsm text, td"))
    if (text.textContent === "?") text.textContent = "0s";
}

function differences(element, seen, reworked) {
  const wrong = [];
  const expect = (what, cell, key, optional = false) => {
    const time = element[key];
    if (cell === undefined) return optional || wrong.push(`${what} does not show ${key}`);
    if (time !== null && cell !== time.text) wrong.push(`${what} shows ${cell} for ${key}, which is ${time.text}`);
    if (time === null && !/^(\?|≥ .*|at least .*)$/.test(cell))
      wrong.push(`${what} shows ${cell} for ${key}, which is unknown`);
    if (time === null && /0s/.test(cell)) wrong.push(`${what} shows a zero for ${key}, which is unknown`);
    return true;
  };
  const { process_time: process, wait_time: wait, lead_time: lead } = element;
  const { data, rungs, table } = seen;
  expect("the box", data.PT, "process_time");
  if (data.Wait === undefined && data.LT === undefined) wrong.push("the box shows neither wait nor lead time");
  expect("the box", data.Wait, "wait_time", true);
  expect("the box", data.LT, "lead_time", true);
  const divided = lead === null || (process !== null && wait !== null);
  if (divided) {
    expect("the timeline", rungs.lo, "process_time", process !== null && process.seconds === 0 && wait?.seconds !== 0);
    expect("the timeline", rungs.hi, "wait_time", wait !== null && wait.seconds === 0);
  } else if (!rungs.mi?.startsWith(`${lead.text}, `) || !rungs.mi.endsWith(" ?")) {
    wrong.push(`the timeline shows ${JSON.stringify(rungs)} for a lead time of ${lead.text} with unknown parts`);
  }
  if (lead !== null && lead.seconds === 0) return wrong;
  expect("the table", table.Waiting, "wait_time");
  expect("the table", table.Work, "process_time");
  if (!divided) expect("the table", table.Together, "lead_time");
  if (!reworked && table.Rework) wrong.push(`the table shows rework of ${table.Rework} where there is none`);
  return wrong;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vsm-unknown-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
let problems = 0,
  count = 0;
for (const [name, text] of maps()) {
  const map = path.join(folder, "map.vsm");
  fs.writeFileSync(map, text);
  const { streams } = JSON.parse(execFileSync(vsm, ["metrics", "--format", "json", map], { encoding: "utf8" }));
  const elements = streams[0].elements;
  execFileSync(vsm, ["build", "-t", "html", "-o", folder, "--force", map], { stdio: "ignore" });
  await page.goto(`file://${path.join(folder, "s.html")}`);
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  if (prove) await page.evaluate(forget);
  for (const [title, key] of [
    ["Xstep", "x"],
    ["Zstep", "z"],
  ]) {
    ++count;
    const seen = await page.evaluate(read, title);
    const findings =
      seen === null
        ? ["it is not drawn"]
        : differences(
            elements.find((one) => one.name === key),
            seen,
            name.endsWith("-rework"),
          );
    if (prove) {
      const unknown = key === "x" && name.includes("unknown");
      if (unknown !== findings.length > 0) ++problems;
      continue;
    }
    for (const finding of findings) {
      ++problems;
      console.log(`${name}: ${title}: ${finding}`);
    }
  }
}
await browser.close();
fs.rmSync(folder, { recursive: true });
console.log(`unknown: ${count} steps, ${problems} findings`);
process.exit(problems > 0 ? 1 : 0);
