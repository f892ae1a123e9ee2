// diff_markdown.mjs VSM: checks the comment that `vsm diff --format markdown` writes for maps whose texts are all
// hostile. Rendered as on GitHub, it has the structure of the same change with harmless texts, nothing in it is live,
// mermaid's parser accepts its picture, and it stays below the size limit for changes of any size. Exit 0 no findings,
// 1 findings, 2 cannot run.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { document_of, live_parts, skeleton_of } from "./markdown.mjs";

const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });

const vsm = process.argv[2];
if (!vsm) {
  console.error("usage: diff_markdown.mjs VSM");
  process.exit(2);
}

const hostile = [
  "@octocat and @github/team",
  "#123 GH-7 owner/repo#1",
  "| a | b |",
  "</details><h1>x</h1>",
  "<!-- x",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[click](javascript:alert(1))",
  "![x](https://example.com/x.png)",
  "https://example.com www.example.com a@example.com",
  "**bold** _it_ ~~s~~ `code`",
  "```mermaid",
  "~~~",
  "# heading",
  "- list",
  "> quote",
  "deadbeef1234567 0123456789abcdef0123456789abcdef01234567",
  ":shipit: :+1:",
  "${{ secrets.X }} ::error::x",
  "/close",
  "!12 ~bug %1 $3 &4",
  "\\\\| \\\\` \\\\<",
  "&lt;b&gt; &#64;octocat",
  "a\\nb\\n\\n# c",
  "%%{init: {}}%% click n1",
  "x\\u{202E}y\\u{1B}[31mz",
  "$$x^2$$ $`x`$",
  "[^1]: note",
];
const harmless = hostile.map((_, i) => `Words ${String.fromCharCode(65 + (i % 26))}`);

function map_of(texts, changed) {
  const text = (i) => `"${texts[i % texts.length].replaceAll('"', '\\"')}"`;
  const steps = texts.map((_, i) => {
    const title = changed && i % 4 === 1 ? text(i + 1) : text(i);
    const lead = changed && i % 4 === 0 ? "5h" : "4h";
    const name = changed && i % 4 === 2 ? `renamed${i}` : `step${i}`;
    return changed && i % 8 === 3
      ? ""
      : `  step ${name} ${title} { process: 1h, lead: ${lead}, ca: 90%, tool: ${text(i + (changed ? 2 : 3))}, note ${text(i)}, x_place: ${text(i)} }`;
  });
  const more = changed
    ? `  wait 2h ${text(5)}\n  step fresh ${text(6)} { process: 1h, lead: 2h }\n  target lead_time <= 2d ${text(7)}\n`
    : "";
  return `stream s ${text(0)} {\n  owner: ${text(changed ? 1 : 2)}\n  customer: ${text(3)}\n${steps.join("\n")}\n${more}  note ${text(changed ? 8 : 9)}\n}\n`;
}

const folder = mkdtempSync(join(tmpdir(), "diff-markdown-"));
const findings = [];

function comment_of(before, after, name = "map") {
  writeFileSync(join(folder, `${name}-old.vsm`), before);
  writeFileSync(join(folder, `${name}-new.vsm`), after);
  return execFileSync(vsm, ["diff", "--format", "markdown", `${name}-old.vsm`, `${name}-new.vsm`], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
}

async function check(what, markdown) {
  const document = document_of(markdown);
  for (const part of live_parts(document)) findings.push(`${what}: ${part}`);
  for (const code of document.querySelectorAll("pre > code.language-mermaid")) {
    try {
      await mermaid.parse(code.textContent);
    } catch (error) {
      findings.push(`${what}: mermaid: ${String(error.message ?? error).split("\n")[0]}`);
    }
  }
  if (Buffer.byteLength(markdown) > 65_000) findings.push(`${what}: ${Buffer.byteLength(markdown)} bytes`);
  return skeleton_of(document.body);
}

try {
  const tame = await check("harmless", comment_of(map_of(harmless, false), map_of(harmless, true)));
  if (!tame.includes("table(") || !tame.includes("details(") || !tame.includes("pre(code)"))
    findings.push(`harmless: no table, fold or picture: ${tame}`);
  // One text in every place, so that each meets itself as a neighbour; then all of them together.
  for (const text of [...hostile.map((one) => hostile.map(() => one)), hostile]) {
    const what = text[0] === text[1] ? JSON.stringify(text[0]) : "all";
    const same = text[0] === text[1] ? harmless.map(() => harmless[0]) : harmless;
    const expected = await check("harmless", comment_of(map_of(same, false), map_of(same, true)));
    const found = await check(what, comment_of(map_of(text, false), map_of(text, true)));
    if (found !== expected) findings.push(`${what}: another structure:\n  ${found}\n  ${expected}`);
  }
  const many = (lead) =>
    `stream s "@all" {\n${Array.from({ length: 3000 }, (_, i) => `step s${i} "</details> ${"#1 ".repeat(20)}" { process: 1h, lead: ${lead}, ca: 90% }`).join("\n")}\n}\n`;
  await check("3,000 steps", comment_of(many("2h"), many("3h")));
  const one_file = map_of(hostile, true);
  if (comment_of(one_file, one_file) !== "") findings.push("a comment although nothing changed");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const finding of findings) console.log(finding);
console.log(`comments: ${hostile.length} hostile texts, ${findings.length} findings`);
process.exit(findings.length ? 1 : 0);
