// workflow_run.mjs [--alone] FILE…: runs GitHub workflows (workflow_engine.mjs), once for each way that its questions
// offer, and once as each other event starts it. A finding is
//   - a finding of the engine, or a step that fails
//   - a difference from the map, its metrics or its diagram (workflow_truth.mjs); not checked with --alone
//   - an answer that is accepted although it is not a number of seconds or not one of the question's words
//   - a wait whose length differs from the workflow's
// Exit 0 no findings, 1 findings, 2 cannot run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { run_workflow } from "./workflow_engine.mjs";
import { findings_of_run, findings_of_workflow, truth_of, ways } from "./workflow_truth.mjs";

const clock = "seconds_per_day";
const hostile_clocks = ["$(touch PWNED)", "1; touch PWNED", "`touch PWNED`", "1\n::error::x", "-1"];
const hostile_words = ["$(touch PWNED)", "*", "none none", "(", "-n", "::error::x"];

function findings_of_inputs(truth, workflow, inputs) {
  const run = run_workflow(workflow, inputs);
  const found = [...run.findings, ...run.failures, ...(truth ? findings_of_run(truth, workflow, inputs, run) : [])];
  return found.map((finding) => `${JSON.stringify(inputs)}: ${finding}`);
}

function is_refused(workflow, inputs, what, text) {
  const { findings, failures } = run_workflow(workflow, inputs);
  const about = `${what} ${JSON.stringify(text)}`;
  const found = findings.map((finding) => `${about}: ${finding}`);
  return failures.length === 0 ? [...found, `${about} is not refused`] : found;
}

// GitHub does not check the answers that another workflow passes
function findings_of_call(truth, workflow, usual) {
  const asked = Object.entries(workflow.on.workflow_dispatch.inputs).filter(([, input]) => input.options);
  const declared = Object.entries(workflow.on.workflow_call.inputs);
  const given = Object.fromEntries(declared.map(([name, input]) => [name, input.default]));
  const refused = asked.flatMap(([name]) =>
    hostile_words.flatMap((word) => is_refused(workflow, { ...usual, [name]: word }, name, word)),
  );
  return [...findings_of_inputs(truth, workflow, { ...given, [clock]: "0" }), ...refused];
}

// with waits, on a clock that is fast enough for a test; a fake `sleep` records the times
function findings_of_clock(workflow, usual) {
  const seconds_per_day = 0.005;
  const folder = mkdtempSync(join(tmpdir(), "workflow-clock-"));
  const log = join(folder, "slept");
  writeFileSync(log, "");
  writeFileSync(join(folder, "sleep"), `#!/bin/sh\necho "$1" >>${log}\nPATH=\${PATH#*:} exec sleep "$1"\n`, {
    mode: 0o755,
  });
  const run = run_workflow(workflow, { ...usual, [clock]: String(seconds_per_day) }, `${folder}:${process.env.PATH}`);
  const slept = readFileSync(log, "utf8").split("\n");
  rmSync(folder, { recursive: true, force: true });
  const steps = Object.keys(run.spans).flatMap((id) => workflow.jobs[id].steps);
  const asked = steps
    .filter((step) => /\bsleep\b|\bDAYS\b/.test(step.run))
    .map((step) => Number(step.env.DAYS) * seconds_per_day);
  return asked.flatMap((seconds, i) =>
    Math.abs(Number(slept[i] || NaN) - seconds) <= 0.0006 ? [] : [`slept ${slept[i]} s, not ${seconds}`],
  );
}

function findings_of_answers(truth, workflow, usual, others) {
  const found = others.flatMap((way) => findings_of_inputs(truth, workflow, way));
  // with another trigger, inputs may be missing, and an empty one counts as missing
  const refused = Object.keys(workflow.on).length === 1 ? [...hostile_clocks, ""] : hostile_clocks;
  found.push(...refused.flatMap((text) => is_refused(workflow, { ...usual, [clock]: text }, clock, text)));
  return [...found, ...findings_of_clock(workflow, usual)];
}

function findings_of(file, alone) {
  const workflow = parse(readFileSync(file, "utf8"));
  const truth = alone ? null : truth_of(file);
  const [usual, ...others] = ways(workflow).map((way) => ({ ...way, [clock]: "0" }));
  const found = truth ? findings_of_workflow(truth, workflow) : [];
  found.push(...findings_of_inputs(truth, workflow, usual));
  // other build options have the same questions: the answers are checked once
  if (truth?.plain !== false) found.push(...findings_of_answers(truth, workflow, usual, others));
  if (workflow.on.workflow_call) found.push(...findings_of_call(truth, workflow, usual));
  const without_inputs = Object.keys(workflow.on).some((event) => !event.startsWith("workflow_"));
  if (without_inputs) found.push(...findings_of_inputs(truth, workflow, {}));
  return [...new Set(found)];
}

const [first, ...rest] = process.argv.slice(2);
const alone = first === "--alone";
const files = alone ? rest : process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: workflow_run.mjs [--alone] FILE…");
  process.exit(2);
}
let bad = 0;
for (const file of files) {
  for (const finding of findings_of(file, alone)) {
    console.log(`${file}: ${finding}`);
    bad += 1;
  }
}
console.log(`workflows run: ${files.length} files, ${bad} findings`);
process.exit(bad ? 1 : 0);
