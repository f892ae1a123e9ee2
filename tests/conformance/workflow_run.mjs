// workflow_run.mjs FILE…: runs GitHub workflows here: their jobs in the order of `needs`, their steps with bash, expressions by
// GitHub's own evaluator; once for each way that a choice among the inputs offers. A finding is
//   - a step that fails, or that leaves anything behind but its summary
//   - a line of output that a runner would take for a command (`::…`)
//   - a job that does not run although one that it needs did, and no input says so
//   - input that is not a number of seconds, and is not refused
// Exit 0 nothing found, 1 findings, 2 cannot run.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Evaluator, Lexer, Parser, data } from "@actions/expressions";
import { parse } from "yaml";

const status_functions = ["success", "failure", "always", "cancelled"];

function evaluate(expression, inputs, status = {}) {
  const tokens = new Lexer(expression).lex().tokens;
  const info = status_functions.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const tree = new Parser(tokens, ["inputs"], info).parse();
  const context = new data.Dictionary({
    key: "inputs",
    value: new data.Dictionary(...Object.entries(inputs).map(([key, text]) => ({ key, value: new data.StringData(text) }))),
  });
  const functions = new Map(info.map((one) => [one.name, { ...one, call: () => new data.BooleanData(status[one.name]) }]));
  return new Evaluator(tree, context, functions).evaluate();
}

function substitute(text, inputs) {
  const embedded = /\$\{\{((?:'(?:[^']|'')*'|[^'}]|\}(?!\}))*)\}\}/g;
  return String(text).replace(embedded, (_, expression) => evaluate(expression.trim(), inputs).coerceString());
}

function environment(inputs, ...maps) {
  const merged = Object.assign({}, ...maps.map((map) => map ?? {}));
  return Object.fromEntries(Object.entries(merged).map(([name, text]) => [name, substitute(text, inputs)]));
}

// a job's ancestors decide success(): one that was skipped makes it false however far away it is
function ancestors(jobs, id, found = new Set()) {
  for (const need of [jobs[id].needs ?? []].flat()) {
    if (!found.has(need)) ancestors(jobs, need, found.add(need));
  }
  return found;
}

function should_run(jobs, id, results, inputs) {
  const before = [...ancestors(jobs, id)].map((need) => results[need]);
  const status = {
    success: before.every((result) => result === "success"),
    failure: before.includes("failure"),
    always: true,
    cancelled: false,
  };
  const condition = String(jobs[id].if ?? "success()").replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const names_status = status_functions.some((name) => condition.includes(`${name}(`));
  return evaluate(names_status ? condition : `success() && (${condition})`, inputs, status).coerceString() === "true";
}

function run_step(script_text, folder, env) {
  const script = join(folder, "script.sh");
  const work = join(folder, "work");
  writeFileSync(script, script_text);
  mkdirSync(work);
  for (const name of ["summary", "output", "env", "path"]) writeFileSync(join(folder, name), "");
  const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
    cwd: work,
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      HOME: work,
      ...env,
      GITHUB_STEP_SUMMARY: join(folder, "summary"),
      GITHUB_OUTPUT: join(folder, "output"),
      GITHUB_ENV: join(folder, "env"),
      GITHUB_PATH: join(folder, "path"),
    },
  });
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const findings = readdirSync(work).map((file) => `leaves the file ${file}`);
  for (const name of ["output", "env", "path"]) if (read(name)) findings.push(`writes to GITHUB_${name.toUpperCase()}: ${read(name)}`);
  for (const line of (done.stdout + done.stderr).split(/\r\n|\r|\n/)) {
    if (/^\s*(::|##\[)/.test(line)) findings.push(`prints a command: ${line}`);
  }
  return { status: done.status, output: done.stdout + done.stderr, findings };
}

function run_job(workflow, job, inputs) {
  const findings = [];
  for (const step of job.steps) {
    const folder = mkdtempSync(join(tmpdir(), "workflow-run-"));
    const done = run_step(substitute(step.run, inputs), folder, environment(inputs, workflow.env, job.env, step.env));
    rmSync(folder, { recursive: true, force: true });
    findings.push(...done.findings.map((finding) => `step ${step.name}: ${finding}`));
    if (done.status !== 0) return { result: "failure", findings, output: `step ${step.name}: exit ${done.status}: ${done.output}` };
  }
  return { result: "success", findings, output: "" };
}

function run_workflow(workflow, inputs) {
  const { jobs } = workflow;
  const results = {};
  const findings = [];
  const failures = [];
  const visit = (id) => {
    if (id in results) return;
    const needs = [jobs[id].needs ?? []].flat();
    needs.forEach(visit);
    if (!should_run(jobs, id, results, inputs)) {
      results[id] = "skipped";
      const ran = needs.filter((need) => results[need] === "success");
      if (ran.length && !/\binputs\b/.test(jobs[id].if ?? "")) findings.push(`job ${id} is skipped, although ${ran} ran`);
      return;
    }
    const done = run_job(workflow, jobs[id], inputs);
    results[id] = done.result;
    findings.push(...done.findings.map((finding) => `job ${id}: ${finding}`));
    if (done.result === "failure") failures.push(`job ${id}: ${done.output}`);
  };
  Object.keys(jobs).forEach(visit);
  return { findings, failures };
}

// the defaults, then each other option of each choice by itself
function ways(declared) {
  const defaults = Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, String(input.default ?? "")]));
  const other = Object.entries(declared).flatMap(([name, input]) =>
    (input.options ?? []).filter((option) => option !== input.default).map((option) => ({ ...defaults, [name]: option })),
  );
  return [defaults, ...other];
}

const clock = "seconds_per_day";
const hostile_clocks = ["$(touch PWNED)", "1; touch PWNED", "`touch PWNED`", "1\n::error::x", "-1", ""];

function findings_of(workflow) {
  const declared = workflow.on.workflow_dispatch.inputs;
  const found = [];
  for (const way of ways(declared)) {
    const { findings, failures } = run_workflow(workflow, { ...way, [clock]: "0" });
    found.push(...findings, ...failures);
  }
  const [defaults] = ways(declared);
  for (const text of hostile_clocks) {
    const { findings, failures } = run_workflow(workflow, { ...defaults, [clock]: text });
    found.push(...findings.map((finding) => `${clock} ${JSON.stringify(text)}: ${finding}`));
    if (failures.length === 0) found.push(`${clock} ${JSON.stringify(text)} is not refused`);
  }
  return [...new Set(found)];
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: workflow_run.mjs FILE…");
  process.exit(2);
}
let bad = 0;
for (const file of files) {
  for (const finding of findings_of(parse(readFileSync(file, "utf8")))) {
    console.log(`${file}: ${finding}`);
    bad += 1;
  }
}
console.log(`workflows run: ${files.length} files, ${bad} findings`);
process.exit(bad ? 1 : 0);
