// draw_mermaid.mjs IN.mmd OUT.png|OUT.svg, or draw_mermaid.mjs --beside IN.mmd… for a .png beside each: draws diagrams
// as a browser shows them, with mermaid's own bundle in headless Chromium and without network access. Exit 0 all drawn,
// 1 findings (not drawn; a script, handler or request in a diagram), 2 cannot run. CHROMIUM names the browser; default
// /usr/bin/chromium.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const bundle = fileURLToPath(import.meta.resolve("mermaid/dist/mermaid.min.js"));
const blank_page = fileURLToPath(new URL("draw_mermaid.html", import.meta.url));
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// in the page: draws and shows the picture; returns it with every construct that could run or leave the page
async function draw_in_page(text) {
  globalThis.mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });
  const { svg } = await globalThis.mermaid.render("map", text);
  document.body.innerHTML = svg;
  const active = [];
  for (const element of document.querySelectorAll("svg, svg *")) {
    const name = element.localName;
    if (["script", "iframe", "object", "embed", "a", "image", "img"].includes(name)) active.push(`a <${name}> element`);
    for (const { name: attribute } of element.attributes)
      if (/^on/i.test(attribute)) active.push(`${name} ${attribute}=`);
  }
  return { svg: new XMLSerializer().serializeToString(document.querySelector("svg")), active };
}

async function draw(browser, source, target) {
  const findings = [];
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: 2 });
  page.on("dialog", (dialog) => (findings.push(`a script ran: ${dialog.message()}`), dialog.dismiss()));
  await page.route("**", (route) => {
    const url = route.request().url();
    if (url.startsWith("file:")) return route.continue();
    findings.push(`a request for ${url}`);
    return route.abort();
  });
  await page.goto(`file://${blank_page}`);
  await page.addScriptTag({ path: bundle });
  try {
    const { svg, active } = await page.evaluate(draw_in_page, readFileSync(source, "utf8"));
    findings.push(...active);
    if (target.endsWith(".svg")) writeFileSync(target, svg + "\n");
    else await page.locator("svg").first().screenshot({ path: target });
  } catch (error) {
    if (error.code === "ENOENT") throw error;
    findings.push(error.message.split("\n    at ")[0].replace("page.evaluate: Error: ", ""));
  }
  await page.close();
  return findings;
}

const names = process.argv.slice(2);
const beside = names[0] === "--beside";
const jobs = beside ? names.slice(1).map((name) => [name, name.replace(/(\.mmd)?$/, ".png")]) : [names];
if (beside ? jobs.length === 0 : names.length !== 2) {
  console.error("usage: draw_mermaid.mjs IN.mmd OUT.png|OUT.svg, or draw_mermaid.mjs --beside IN.mmd…");
  process.exit(2);
}
// the browser keeps a fresh profile in the temporary folder and leaves parts of it behind
process.env.TMPDIR = mkdtempSync(join(tmpdir(), "draw-mermaid-"));
let browser;
let bad = 0;
try {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: quiet });
  for (const [source, target] of jobs) {
    for (const finding of await draw(browser, source, target)) {
      console.log(`${source}: ${finding}`);
      bad += 1;
    }
  }
} finally {
  await browser?.close();
  rmSync(process.env.TMPDIR, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`drawn: ${jobs.length} diagrams, ${bad} findings`);
process.exit(bad ? 1 : 0);
