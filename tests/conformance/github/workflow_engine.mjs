// Runs a GitHub workflow on this machine: its jobs in the order of `needs`, one after the other, their steps with bash,
// expressions with GitHub's own evaluator. Does not depend on maps.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Evaluator, Lexer, Parser, data } from "@actions/expressions";

const status_functions = ["success", "failure", "always", "cancelled"];

function evaluate(expression, inputs, status = {}) {
  const tokens = new Lexer(expression).lex().tokens;
  const info = status_functions.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const tree = new Parser(tokens, ["inputs"], info).parse();
  const context = new data.Dictionary({
    key: "inputs",
    value: new data.Dictionary(
      ...Object.entries(inputs).map(([key, text]) => ({ key, value: new data.StringData(text) })),
    ),
  });
  const functions = new Map(
    info.map((one) => [one.name, { ...one, call: () => new data.BooleanData(status[one.name]) }]),
  );
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

// success() depends on all ancestors of a job: a skipped one makes it false at any distance
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

function run_step(script_text, folder, path, env) {
  const script = join(folder, "script.sh");
  const work = join(folder, "work");
  writeFileSync(script, script_text);
  mkdirSync(work);
  for (const name of ["summary", "output", "env", "path"]) writeFileSync(join(folder, name), "");
  const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
    cwd: work,
    encoding: "utf8",
    env: {
      PATH: path,
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
  for (const name of ["output", "env", "path"])
    if (read(name)) findings.push(`writes to GITHUB_${name.toUpperCase()}: ${read(name)}`);
  for (const line of (done.stdout + done.stderr).split(/\r\n|\r|\n/)) {
    if (/^\s*(::|##\[)/.test(line)) findings.push(`prints a command: ${line}`);
  }
  return { status: done.status, output: done.stdout + done.stderr, summary: read("summary"), findings };
}

function condition_holds(condition, inputs) {
  return (
    condition === undefined ||
    evaluate(String(condition).replace(/^\$\{\{(.*)\}\}$/s, "$1"), inputs).coerceString() === "true"
  );
}

function run_job(workflow, job, inputs, path) {
  const findings = [];
  let summary = "";
  let output = "";
  for (const step of job.steps) {
    if (!condition_holds(step.if, inputs)) continue;
    const folder = mkdtempSync(join(tmpdir(), "workflow-run-"));
    const done = run_step(
      substitute(step.run, inputs),
      folder,
      path,
      environment(inputs, workflow.env, job.env, step.env),
    );
    rmSync(folder, { recursive: true, force: true });
    findings.push(...done.findings.map((finding) => `step ${step.name}: ${finding}`));
    summary += done.summary;
    output += done.output;
    if (done.status !== 0)
      return {
        result: "failure",
        findings,
        summary,
        output,
        failure: `step ${step.name}: exit ${done.status}: ${done.output}`,
      };
  }
  return { result: "success", findings, summary, output };
}

/// Runs a workflow; `inputs` has only the given ones (a trigger other than a person gives none), `path` is the PATH of
/// its commands. Findings are a step that leaves anything but its summary, a line of output that a runner takes for a
/// command, and a skipped job although one of its needs ran and its condition uses no input.
export function run_workflow(workflow, inputs, path = process.env.PATH) {
  const { jobs } = workflow;
  // without a prototype, because a job may be called `constructor`
  const by_job = () => Object.create(null);
  const run = { results: by_job(), spans: by_job(), lines: by_job(), summary: "", findings: [], failures: [] };
  const { results, findings } = run;
  const visit = (id) => {
    if (id in results) return;
    const needs = [jobs[id].needs ?? []].flat();
    needs.forEach(visit);
    if (!should_run(jobs, id, results, inputs)) {
      results[id] = "skipped";
      const ran = needs.filter((need) => results[need] === "success");
      if (ran.length && !/\binputs\b/.test(jobs[id].if ?? ""))
        findings.push(`job ${id} is skipped, although ${ran} ran`);
      return;
    }
    const begin = performance.now();
    const done = run_job(workflow, jobs[id], inputs, path);
    run.spans[id] = [begin, performance.now()];
    run.lines[id] = done.output.split("\n");
    run.summary += done.summary;
    results[id] = done.result;
    findings.push(...done.findings.map((finding) => `job ${id}: ${finding}`));
    if (done.result === "failure") run.failures.push(`job ${id}: ${done.failure}`);
  };
  Object.keys(jobs).forEach(visit);
  return run;
}
