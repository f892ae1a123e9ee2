// markdown_page.mjs IN.md OUT.png [--open]: takes a screenshot of Markdown as a reader of a pull request sees it:
// rendered as on GitHub, with its style and the Mermaid diagrams drawn, without network access. With --open, folds are
// open. Exit 0 drawn, 1 findings, 2 cannot run. CHROMIUM names the browser; default /usr/bin/chromium.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { html_of } from "./markdown.mjs";

const [source, target, open] = process.argv.slice(2);
if (!target || (open !== undefined && open !== "--open")) {
  console.error("usage: markdown_page.mjs IN.md OUT.png [--open]");
  process.exit(2);
}
const path_of = (name) => fileURLToPath(import.meta.resolve(name));
const style = readFileSync(path_of("github-markdown-css/github-markdown-light.css"), "utf8");
const body = html_of(readFileSync(source, "utf8"));

// in the page: replaces every block of Mermaid by its picture
async function draw_in_page() {
  globalThis.mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });
  let count = 0;
  for (const code of document.querySelectorAll("pre > code.language-mermaid")) {
    const { svg } = await globalThis.mermaid.render(`m${++count}`, code.textContent);
    const figure = document.createElement("figure");
    figure.innerHTML = svg;
    code.parentElement.replaceWith(figure);
  }
  return count;
}

process.env.TMPDIR = mkdtempSync(join(tmpdir(), "markdown-page-"));
const findings = [];
let browser;
let drawn = 0;
try {
  const args = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
  const page = await browser.newPage({ viewport: { width: 1012, height: 800 } });
  page.on("dialog", (dialog) => (findings.push(`a script ran: ${dialog.message()}`), dialog.dismiss()));
  await page.route("**", (route) => {
    if (route.request().url().startsWith("file:")) return route.continue();
    findings.push(`a request for ${route.request().url()}`);
    return route.abort();
  });
  await page.goto(`file://${fileURLToPath(new URL("../mermaid/draw_mermaid.html", import.meta.url))}`);
  await page.addStyleTag({ content: style + " body { padding: 24px } figure { margin: 0 0 16px }" });
  await page.evaluate((html) => ((document.body.className = "markdown-body"), (document.body.innerHTML = html)), body);
  await page.addScriptTag({ path: path_of("mermaid/dist/mermaid.min.js") });
  try {
    drawn = await page.evaluate(draw_in_page);
  } catch (error) {
    findings.push(error.message.split("\n    at ")[0]);
  }
  if (open) await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await page.screenshot({ path: target, fullPage: true });
} finally {
  await browser?.close();
  rmSync(process.env.TMPDIR, { recursive: true, force: true, maxRetries: 5 });
}
for (const finding of findings) console.log(`${source}: ${finding}`);
console.log(`page: ${drawn} diagrams, ${findings.length} findings`);
process.exit(findings.length ? 1 : 0);
