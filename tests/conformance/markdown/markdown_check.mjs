// markdown_check.mjs METRICS.json MODEL.json...: reads the reports beside the metrics and the model of a map
// (OUTPUTS/<map>/markdown/<stream>.md) as GitHub does: a report begins with the name of the stream, nothing in it is
// live, mermaid's parser accepts its picture, every step of the stream has a row, and lead time, process time, activity
// ratio and rolled %C&A are those of `vsm metrics --format json`. Exit 0 no findings, 1 findings, 2 cannot run.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JSDOM } from "jsdom";
import { document_of, live_parts } from "./markdown.mjs";

const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });

const shown = (text) => text.replaceAll("\u2060", "").replaceAll("\u2003", " ").trim();
// other texts are written differently than in the map; texts.py checks those
const is_plain = (text) => /^[ -~]+$/.test(text);
const percent = (ratio) => (ratio === null ? null : `${(Math.floor(1000 * ratio + 0.5 + 1e-8) / 10).toFixed(1)}%`);

/// The cells of all rows of all tables inside a fold.
const rows_of = (document) =>
  [...document.querySelectorAll("details tr")].map((row) => [...row.children].map((cell) => shown(cell.textContent)));

function* figures_of(stream, rows) {
  const wanted = {
    "lead time": stream.lead_time?.text ?? null,
    "process time": stream.process_time?.text ?? null,
    "activity ratio": percent(stream.activity_ratio),
    "rolled %C&A": percent(stream.rolled_ca),
  };
  for (const [label, value] of Object.entries(wanted)) {
    const said = rows.filter((row) => row[0] === label).map((row) => row[1])[0];
    // `?`, at least, at most, or no row if no step states one
    const right =
      value === null ? said === undefined || !/^\d/.test(said) : said === value || said?.startsWith(`${value}, `);
    if (!right) yield `${label}: ${said}, not ${value ?? "unknown"}`;
  }
}

async function* findings_of(stream, model, markdown) {
  const document = document_of(markdown);
  yield* live_parts(document);
  const first = document.body.firstElementChild;
  const begin = shown(first?.querySelector("strong")?.textContent ?? "");
  if (is_plain(model.title || model.name) && begin !== shown(model.title || model.name))
    yield `begins with ${JSON.stringify(first?.textContent)}`;
  const diagrams = [...document.querySelectorAll("pre > code.language-mermaid")];
  if (diagrams.length !== 1) yield `${diagrams.length} diagrams`;
  for (const code of diagrams) {
    try {
      await mermaid.parse(code.textContent);
    } catch (error) {
      yield `mermaid: ${String(error.message ?? error).split("\n")[0]}`;
    }
  }
  const rows = rows_of(document);
  const cells = new Set(rows.flat());
  for (const { kind, name, title } of model.elements)
    if (kind === "step" && is_plain(title || name) && !cells.has(shown(title || name))) yield `step ${name} has no row`;
  yield* figures_of(stream, rows);
}

const names = process.argv.slice(2);
if (names.length === 0 || names.length % 2 !== 0) {
  console.error("usage: markdown_check.mjs METRICS.json MODEL.json...");
  process.exit(2);
}
let bad = 0,
  read = 0;
const report = (line) => (console.log(line), (bad += 1));
const parsed = (name) => JSON.parse(readFileSync(name, "utf8"));
for (let i = 0; i < names.length; i += 2) {
  const models = new Map(parsed(names[i + 1]).streams.map((one) => [one.name, one]));
  for (const stream of parsed(names[i]).streams) {
    if (stream.of !== null) continue; // a future: built only on request
    const file = join(dirname(names[i]), "..", "markdown", `${stream.name}.md`);
    if (!existsSync(file)) {
      report(`${file}: there is none`);
      continue;
    }
    read += 1;
    for await (const finding of findings_of(stream, models.get(stream.name), readFileSync(file, "utf8")))
      report(`${file}: ${finding}`);
  }
}
if (read === 0) report("no report was read");
console.log(`markdown: ${read} reports, ${bad} findings`);
process.exit(bad ? 1 : 0);
