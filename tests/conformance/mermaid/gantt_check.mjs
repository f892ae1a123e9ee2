// gantt_check.mjs METRICS.json…: reads the Gantt charts beside each metrics file with mermaid's own parser and compares
// the result with the model and its metrics. For each stream of OUTPUTS/<map>/metrics/<map>.json, the chart
// OUTPUTS/<map>/mermaid-gantt/<stream>.gantt.mmd
//   - ends at the lead time
//   - has, for each step, wait and queue of OUTPUTS/<map>/json/<stream>.json, bars under its title as long as its
//     process and its wait, a diamond if one is unknown, and a diamond for each rework
//   - states the lead time in its title
// Exit 0 no findings, 1 findings, 2 cannot run.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });

// the displayed text: mermaid's marks for codes decoded, word joiners removed
const shown = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code)).replaceAll("\u2060", "");

// the display form of a map's text: on one line, invisible characters escaped
const expected = (text) =>
  text
    .replace(/[\n\r\t]/g, " ")
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) => `\\u{${one.codePointAt().toString(16).toUpperCase()}}`);

// as many characters of a title as identify it; labels may cut longer ones
const known_by = 15;

const seconds_in = ({ hours_per_day }) => ({ d: hours_per_day * 3600, h: 3600, min: 60, s: 1 });

async function* differences(chart, model, figures) {
  let diagram;
  try {
    diagram = await mermaid.mermaidAPI.getDiagramFromText(chart);
  } catch (error) {
    yield String(error.message ?? error).trim();
    return;
  }
  const tasks = diagram.db.getTasks().map((task) => ({
    text: shown(task.task),
    wait: !!task.done,
    work: !!task.active,
    point: !!task.milestone,
    start: task.startTime.getTime(),
    length: task.endTime - task.startTime,
  }));
  const unit = seconds_in(figures.calendar)[diagram.db.getAxisFormat().trim().split(" ")[1]];
  const clock = (seconds) => Math.round((seconds / unit) * 1000);

  const lead = (figures.lead_time ?? figures.lead_time_at_least).seconds;
  if (tasks.at(-1).start !== clock(lead)) yield `it ends at ${tasks.at(-1).start}, not ${clock(lead)}`;

  const title = shown(diagram.db.getDiagramTitle());
  const total = figures.lead_time
    ? figures.lead_time.text
    : lead > 0
      ? `at least ${figures.lead_time_at_least.text}`
      : "?";
  if (!/lead time( without rework)? /.test(title) || !title.includes(`${total},`))
    yield `the title does not say ${total}: ${title}`;

  const figures_of = new Map(figures.elements.map((one) => [one.name, one]));
  for (const element of model.elements) {
    if (!["step", "wait", "queue"].includes(element.kind)) continue;
    const name = [...expected(element.title ?? element.name ?? `A ${element.kind}`)].slice(0, known_by).join("");
    const own = tasks.filter(({ text }) => text.includes(name));
    const { process_time: process, wait_time: wait, lead_time: all } = figures_of.get(element.label);
    const bar = (seconds, wanted) =>
      own.some((task) => !task.point && wanted(task) && Math.abs(task.length - clock(seconds)) <= 1);
    const lead_alone = all && bar(all.seconds, (task) => !task.wait && !task.work);
    const point = own.some((task) => task.point && task.text.includes(" ?"));
    if (process?.seconds > 0 && !lead_alone && !bar(process.seconds, (task) => task.work))
      yield `no bar for the process of ${name}`;
    if (wait?.seconds > 0 && !lead_alone && !bar(wait.seconds, (task) => task.wait))
      yield `no bar for the wait of ${name}`;
    if ((!process || !wait) && !lead_alone && !point) yield `nothing says that a time of ${name} is unknown`;
    if (own.length === 0) yield `no bar for ${name}`;
    for (const { rate } of element.step?.reworks ?? []) {
      const percent = `${Number((rate * 100).toFixed(9))}%`;
      if (!tasks.some((task) => task.point && task.text.includes(percent)))
        yield `no diamond for ${percent} of ${name}`;
    }
  }
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: gantt_check.mjs METRICS.json…");
  process.exit(2);
}
const read_json = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));
let bad = 0;
let charts = 0;
for (const file of files) {
  const outputs = dirname(dirname(file));
  for (const stream of read_json(file).streams) {
    if (stream.of !== null) continue; // a future: built only on request
    const chart = join(outputs, "mermaid-gantt", `${stream.name}.gantt.mmd`);
    const [model] = read_json(outputs, "json", `${stream.name}.json`).streams;
    charts += 1;
    for await (const finding of differences(readFileSync(chart, "utf8"), model, stream)) {
      console.log(`${chart}: ${finding}`);
      bad += 1;
    }
  }
}
console.log(`gantt: ${charts} charts, ${bad} findings`);
process.exit(bad ? 1 : 0);
