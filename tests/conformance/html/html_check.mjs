// html_check.mjs PAGE.html ...: opens each page in a browser. The page shows its text with scripts off, logs nothing to
// the console, requests nothing but itself, has no script, event handler or link, violates no rule of axe-core in light
// or in dark mode, and prints on one landscape page. With --png FOLDER, also takes screenshots. Exit 0 no findings, 1
// findings, 2 cannot run.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const axe = fs.readFileSync(fileURLToPath(import.meta.resolve("axe-core")), "utf8");
const files = process.argv.slice(2);
const at = files.indexOf("--png");
const folder = at < 0 ? "" : files.splice(at, 2)[1];
if (folder) fs.mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

async function open(file, options, findings) {
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => findings.push(`in the console: ${message.text()}`));
  page.on("pageerror", (error) => findings.push(`in the page: ${error.message}`));
  page.on(
    "request",
    (request) => request.url() === `file://${path.resolve(file)}` || findings.push(`a request for ${request.url()}`),
  );
  await page.goto(`file://${path.resolve(file)}`);
  return { context, page };
}

function active() {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    if (
      ["script", "iframe", "object", "embed", "a", "img", "image", "form", "link", "base"].includes(element.localName)
    )
      found.push(`a <${element.localName}> element`);
    for (const { name } of element.attributes)
      if (/^(on|style$|src|href)/i.test(name)) found.push(`an attribute ${name} of <${element.localName}>`);
  }
  if (document.querySelectorAll("main").length !== 1 || document.querySelectorAll("h1").length !== 1)
    found.push("not one main part with one heading");
  if (document.querySelector("main svg") === null) found.push("no picture");
  return found;
}

async function check(file) {
  const findings = [];
  const still = await open(file, { javaScriptEnabled: false }, findings);
  const title = fs.readFileSync(file, "utf8").match(/<title>([^<]*)<\/title>/)[1];
  if (!(await still.page.locator("main").innerHTML()).includes(`<h1>${title}</h1>`))
    findings.push("without scripts it does not show its title");
  const sheet = await still.page.pdf({ landscape: true, preferCSSPageSize: true });
  const sheets = sheet.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
  if (sheets !== 1) findings.push(`prints on ${sheets} pages`);
  await still.context.close();
  await (await open(file, {}, findings)).context.close();
  const { context, page } = await open(file, { bypassCSP: true }, findings);
  findings.push(...(await page.evaluate(active)));
  await page.evaluate(axe);
  for (const [colorScheme, rules] of [
    ["light", {}],
    ["dark", { runOnly: ["color-contrast"] }],
  ]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate((options) => globalThis.axe.run(options), rules);
    for (const one of violations) findings.push(`${colorScheme}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
    if (folder)
      await page.screenshot({ path: path.join(folder, `${path.basename(file)}.${colorScheme}.png`), fullPage: true });
  }
  await context.close();
  return [...new Set(findings)];
}

let problems = 0;
for (const file of files) {
  for (const finding of await check(file)) {
    ++problems;
    console.log(`${file}: ${finding}`);
  }
}
await browser.close();
console.log(`html: ${files.length} pages, ${problems} findings`);
process.exit(problems > 0 ? 1 : 0);
