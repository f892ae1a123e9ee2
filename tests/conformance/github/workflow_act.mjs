// workflow_act.mjs FILE…: runs GitHub workflows with act, an independent runner, on this machine: started by a person
// with the default answers and with the last answer to each question, or by a push. Compares the runs with the map, its
// metrics and its diagram (workflow_truth.mjs). Exit 0 no findings, 1 findings, 2 cannot run.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { findings_of_run, truth_of, ways } from "./workflow_truth.mjs";

const machines = ["ubuntu-latest", "self-hosted", "linux"].flatMap((label) => ["-P", `${label}=-self-hosted`]);

// every bash of a step saves its part of the summary and the names of leftover files, both of which act discards
const collector = (summary, left) => `before=$(wc -c <"$GITHUB_STEP_SUMMARY" 2>/dev/null || echo 0)
trap 'tail -c "+$((before + 1))" "$GITHUB_STEP_SUMMARY" >>${summary}; find . -mindepth 1 -maxdepth 1 ! -name ".git*" >>${left}' EXIT
`;

function act(text, event, inputs) {
  const folder = mkdtempSync(join(tmpdir(), "workflow-act-"));
  const at = (name) => join(folder, name);
  for (const name of ["home", "repository", "repository/.github", "repository/.github/workflows"]) mkdirSync(at(name));
  writeFileSync(at("repository/.github/workflows/map.yml"), text);
  writeFileSync(at("event.json"), JSON.stringify(event === "push" ? {} : { inputs }));
  writeFileSync(at("summary"), "");
  writeFileSync(at("left"), "");
  writeFileSync(at("collect.sh"), collector(at("summary"), at("left")));
  const options = [
    "-W",
    ".github/workflows/map.yml",
    "-e",
    at("event.json"),
    "--env",
    `BASH_ENV=${at("collect.sh")}`,
    "--json",
  ];
  const env = { PATH: process.env.PATH, HOME: at("home"), XDG_CACHE_HOME: at("home"), XDG_CONFIG_HOME: at("home") };
  spawnSync("git", ["init", "-q"], { cwd: at("repository"), env });
  const done = spawnSync("act", [event, ...machines, ...options], {
    cwd: at("repository"),
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  const summary = readFileSync(at("summary"), "utf8");
  const left = new Set(readFileSync(at("left"), "utf8").split("\n").filter(Boolean));
  rmSync(folder, { recursive: true, force: true });
  return { status: done.status, log: done.stdout + done.stderr, summary, left };
}

/// Converts act's log, which has a line of JSON for each event, to the form that findings_of_run expects.
function run_from({ log, summary }) {
  const by_job = () => Object.create(null);
  const run = { results: by_job(), spans: by_job(), lines: by_job(), summary };
  for (const [at, text] of log.split("\n").entries()) {
    if (!text.startsWith("{")) continue;
    const { jobID, jobResult, msg, raw_output } = JSON.parse(text);
    if (!jobID) continue;
    run.spans[jobID] ??= [at, at];
    run.lines[jobID] ??= [];
    if (raw_output) run.lines[jobID].push(msg.trimEnd());
    if (jobResult) {
      run.results[jobID] = jobResult;
      run.spans[jobID][1] = at;
    }
  }
  return run;
}

function findings_of(file) {
  const text = readFileSync(file, "utf8");
  const workflow = parse(text);
  const truth = truth_of(file);
  const [usual] = ways(workflow);
  const last = Object.fromEntries(
    Object.entries(workflow.on.workflow_dispatch.inputs).map(([name, input]) => [
      name,
      input.options?.at(-1) ?? input.default,
    ]),
  );
  const clock = { seconds_per_day: "0.002" };
  const starts =
    truth.event === "push"
      ? [["push", {}]]
      : [usual, last].map((inputs) => ["workflow_dispatch", { ...inputs, ...clock }]);
  return starts.flatMap(([event, inputs]) => {
    const done = act(text, event, inputs);
    const found = findings_of_run(truth, workflow, inputs, run_from(done));
    if (done.status !== 0) found.push(`exit ${done.status}: ${done.log.slice(-2000)}`);
    for (const name of done.left) found.push(`leaves the file ${name}`);
    return found.map((finding) => `${event} ${JSON.stringify(inputs)}: ${finding}`);
  });
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: workflow_act.mjs FILE…");
  process.exit(2);
}
let bad = 0;
for (const file of files) {
  for (const finding of findings_of(file)) {
    console.log(`${file}: ${finding}`);
    bad += 1;
  }
}
console.log(`workflows run by act: ${files.length} files, ${bad} findings`);
process.exit(bad ? 1 : 0);
