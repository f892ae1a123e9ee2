// mermaid_parse.mjs FILE…: reads each file with mermaid's own parser. Exit 0 all accepted, 1 findings, 2 cannot run.
// By default mermaid draws at most 500 edges, checked by its parser, and 50,000 characters, checked here.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

// DOMPurify inside mermaid needs a window before mermaid is loaded
const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });

const max_text = 50_000;

async function findings(text) {
  if (text.length > max_text) return [`${text.length} characters, and mermaid draws at most ${max_text}`];
  try {
    await mermaid.parse(text);
    return [];
  } catch (error) {
    return [String(error.message ?? error).trim()];
  }
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: mermaid_parse.mjs FILE…");
  process.exit(2);
}
let bad = 0;
for (const file of files) {
  for (const finding of await findings(readFileSync(file, "utf8"))) {
    console.log(`${file}: ${finding}`);
    bad += 1;
  }
}
console.log(`mermaid: ${files.length} files, ${bad} findings`);
process.exit(bad ? 1 : 0);
