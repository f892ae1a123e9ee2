// What a run of a workflow must show, according to vsm's other outputs for the same map: its model, its metrics and its
// diagram, which outputs.py wrote beside the workflow's folder. The workflow is only compared with these.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const read_json = (file) => JSON.parse(readFileSync(file, "utf8"));

/// The expected results for the stream of OUTPUTS/<map>/<target>/<stream>.github.yml.
export function truth_of(file) {
  const folder = dirname(dirname(file));
  const map = basename(folder);
  const name = basename(file).split(".")[0];
  const stream_in = (what) =>
    read_json(join(folder, what, `${map}.json`)).streams.find((stream) => stream.name === name);
  const diagram = readFileSync(join(folder, "mermaid", `${name}.mmd`), "utf8");
  const target = basename(dirname(file));
  const requested = {
    plain: target === "github",
    environments: target === "github-environments",
    event: /-on-(push)$/.exec(target)?.[1],
  };
  return { stream: stream_in("ir"), figures: stream_in("metrics"), diagram, ...requested };
}

const steps_of = (stream) => stream.elements.filter((element) => element.kind === "step");
const word_of = (element) => element.label.replace("@", "");

function ancestors_of(stream, element) {
  const found = [];
  for (let at = element; at.parent !== null; at = stream.elements[at.parent]) found.push(stream.elements[at.parent]);
  return found;
}

/// Each choose with its input, the words for its branches, and the branch with the largest share.
function choices_of(stream) {
  return stream.elements
    .filter((element) => element.kind === "choose")
    .map((choose) => {
      const branches = choose.children.map((id) => stream.elements[id]);
      const usual = branches.reduce((most, branch) => (branch.share > most.share ? branch : most));
      return { input: word_of(choose), words: branches.map(word_of), usual: word_of(usual), id: choose.id };
    });
}

/// Each rework with its word, the step that finds the defect, and the element it goes back to.
function defects_of(stream) {
  return steps_of(stream).flatMap((step) =>
    step.step.reworks.map((rework) => {
      const target = rework.to === null || typeof rework.to !== "number" ? null : stream.elements[rework.to];
      return { word: target ? `${step.label}-to-${target.label}` : `${step.label}-repair`, step, target };
    }),
  );
}

/// The pairs `a b` of steps such that b cannot begin before a has ended, from the order of the elements.
function order_of(stream) {
  const next = new Map();
  const edge = (from, to) => next.set(from, [...(next.get(from) ?? []), to]);
  const body = (ids, entry, exit) => {
    for (const id of ids) {
      const { predecessors } = stream.elements[id];
      if (predecessors.length === 0) edge(entry, `in ${id}`);
      for (const before of predecessors) edge(`out ${before}`, `in ${id}`);
      edge(`out ${id}`, exit);
    }
  };
  body(stream.body, "begin", "end");
  for (const { id, kind, children } of stream.elements) {
    if (children.length === 0) edge(`in ${id}`, `out ${id}`);
    if (kind === "stage" || kind === "branch") body(children, `in ${id}`, `out ${id}`);
    else children.forEach((child) => (edge(`in ${id}`, `in ${child}`), edge(`out ${child}`, `out ${id}`)));
  }
  const pairs = new Set();
  for (const step of steps_of(stream)) {
    const seen = new Set();
    const open = [`out ${step.id}`];
    while (open.length) {
      for (const node of next.get(open.pop()) ?? []) if (!seen.has(node)) (seen.add(node), open.push(node));
    }
    for (const other of steps_of(stream)) if (seen.has(`in ${other.id}`)) pairs.add(`${step.name} ${other.name}`);
  }
  return pairs;
}

function needs_in(workflow) {
  const pairs = new Set();
  const before = (id, found = new Set()) => {
    for (const need of [workflow.jobs[id].needs ?? []].flat()) if (!found.has(need)) before(need, found.add(need));
    return found;
  };
  for (const id of Object.keys(workflow.jobs)) for (const need of before(id)) pairs.add(`${need} ${id}`);
  return pairs;
}

/// The time that the jobs of the map's own steps and waits take on the longest path, in working days.
function days_played(workflow) {
  const known = new Map();
  const end = (id) => {
    if (known.has(id)) return known.get(id);
    const job = workflow.jobs[id];
    const own = id.startsWith("rework-") ? 0 : job.steps.reduce((sum, step) => sum + Number(step.env?.DAYS ?? 0), 0);
    known.set(id, own + Math.max(0, ...[job.needs ?? []].flat().map(end)));
    return known.get(id);
  };
  return Math.max(...Object.keys(workflow.jobs).map(end));
}

/// Checks the workflow without running it: the order of its jobs, its questions, its times.
export function findings_of_workflow(truth, workflow) {
  const { stream, figures } = truth;
  const found = [];
  const names = new Set(steps_of(stream).map((step) => step.name));
  for (const name of names) if (!workflow.jobs[name]) found.push(`step ${name} has no job`);
  const wanted = order_of(stream);
  const all_needs = needs_in(workflow);
  const needed = new Set([...all_needs].filter((pair) => pair.split(" ").every((id) => names.has(id))));
  for (const pair of wanted) if (!needed.has(pair)) found.push(`order: ${pair.replace(" ", " does not come before ")}`);
  for (const pair of needed) if (!wanted.has(pair)) found.push(`order: ${pair.replace(" ", " comes before ")}`);

  const asked = workflow.on.workflow_dispatch.inputs;
  for (const { input, words, usual } of choices_of(stream)) {
    const is = `${asked[input]?.default} of ${asked[input]?.options}`;
    if (is !== `${usual} of ${words}`) found.push(`input ${input}: ${is}, not ${usual} of ${words}`);
  }
  const defects = defects_of(stream).map(({ word }) => word);
  const defect_words = defects.length ? ["none", ...defects].join() : undefined;
  if (asked.defect?.options?.join() !== defect_words)
    found.push(`input defect: ${asked.defect?.options}, not ${defect_words}`);

  for (const step of steps_of(stream)) {
    const environment = truth.environments && step.step.done === "approval" ? `vsm-mock-${step.name}` : undefined;
    const is = workflow.jobs[step.name]?.environment;
    if (is !== environment) found.push(`step ${step.name}: environment ${is}, not ${environment}`);
    if (environment && workflow.jobs[step.name]?.steps.length !== 1)
      found.push(`step ${step.name}: its reviewers are asked before what comes before it`);
  }
  for (const { word, step } of defects_of(stream)) {
    const pass = `rework-${word}`;
    const after = [...wanted].filter((pair) => pair.startsWith(`${step.name} `)).map((pair) => pair.split(" ")[1]);
    if (!all_needs.has(`${step.name} ${pass}`)) found.push(`${pass} does not need ${step.name}`);
    for (const name of after) if (!all_needs.has(`${pass} ${name}`)) found.push(`${name} does not need ${pass}`);
  }
  return [...found, ...findings_of_times(truth, workflow)];
}

function findings_of_times({ stream, figures }, workflow) {
  const found = [];
  const day = figures.calendar.hours_per_day * 3600;
  const leaves = figures.elements.filter(({ kind }) => ["step", "wait", "queue"].includes(kind));
  // for an unknown time, the part of it that is known
  const known = ({ lead_time, process_time, wait_time }) =>
    lead_time?.seconds ?? (process_time?.seconds ?? 0) + (wait_time?.seconds ?? 0);
  const in_map = leaves.reduce((sum, element) => sum + known(element), 0);
  const jobs = Object.entries(workflow.jobs).filter(([id]) => !id.startsWith("rework-"));
  const played = jobs.flatMap(([, job]) => job.steps).reduce((sum, step) => sum + Number(step.env?.DAYS ?? 0), 0) * day;
  if (Math.abs(played - in_map) > 0.01)
    found.push(`the jobs play ${played} s of working time, and the map has ${in_map} s`);
  const seconds = days_played(workflow) * day;
  if (figures.lead_time && choices_of(stream).length === 0 && Math.abs(seconds - figures.lead_time.seconds) > 0.01)
    found.push(`the jobs take ${seconds} s of working time, and the lead time is ${figures.lead_time.seconds} s`);
  return found;
}

const percent = (ratio) => `${(Math.floor(1000 * ratio + 0.5 + 1e-8) / 10).toFixed(1)}%`;

function plain(markdown) {
  const entities = { "&lt;": "<", "&amp;": "&", "&#64;": "@" };
  return markdown.replace(/\\(.)/g, "$1").replace(/&(lt|amp|#64);/g, (entity) => entities[entity]);
}

/// The cells of a table row; `\|` does not separate cells.
const cells_of = (row) => row.match(/(?:\\.|[^|\\])+/g)?.map((cell) => plain(cell).trim()) ?? [];

function findings_of_summary({ figures, diagram }, summary) {
  const found = [];
  const drawn = summary.match(/^(`{3,})mermaid\n([^]*?)^\1$/m)?.[2];
  if (drawn !== diagram)
    found.push(`summary: ${drawn === undefined ? "no diagram" : "another diagram than the flowchart of the map"}`);

  const table = summary.slice(summary.indexOf("## Figures of the map"));
  const expect = (what, value, wanted) => {
    const right =
      wanted === null
        ? /^(\?|at least |at most )/.test(value) || (what === "rolled %C&A" && value === "nothing")
        : value === wanted;
    if (!right) found.push(`summary: ${what}: ${value}, not ${wanted ?? "unknown"}`);
  };
  const stated = (label) =>
    plain(table.match(new RegExp(`^- ${label}(?: without rework)?: \\*\\*(.*)\\*\\*$`, "m"))?.[1] ?? "nothing");
  expect("lead time", stated("lead time"), figures.lead_time?.text ?? null);
  expect("process time", stated("process time"), figures.process_time?.text ?? null);
  expect(
    "activity ratio",
    stated("activity ratio"),
    figures.activity_ratio === null ? null : percent(figures.activity_ratio),
  );
  expect("rolled %C&A", stated("rolled %C&amp;A"), figures.rolled_ca === null ? null : percent(figures.rolled_ca));

  const rows = table.split("\n").filter((line) => /^\| (?!Step \|)/.test(line));
  const leaves = figures.elements.filter(({ kind }) => ["step", "wait", "queue"].includes(kind));
  if (rows.length !== leaves.length) found.push(`summary: ${rows.length} rows, not ${leaves.length}`);
  for (const [i, row] of rows.entries()) {
    const lead = row.replace(/\|\|/g, "| |").replace(/\|\|/g, "| |");
    // a mean may be followed by its range in brackets, and a guess is marked
    const cell = cells_of(lead)[6]
      ?.replace(/ \(.*\)$/, "")
      .replace(/^~/, "");
    expect(`lead time of ${leaves[i]?.name ?? `row ${i + 1}`}`, cell, leaves[i]?.lead_time?.text ?? null);
  }
  return found;
}

/// The steps that run with these inputs; a missing input has its default, and a choose without an input runs all
/// branches.
function running(stream, asked, inputs) {
  const choices = new Map(choices_of(stream).map((choice) => [choice.id, choice]));
  return steps_of(stream).filter((step) =>
    [step, ...ancestors_of(stream, step)].every((element) => {
      const choice = choices.get(element.parent);
      return !choice || !asked[choice.input] || (inputs[choice.input] || choice.usual) === word_of(element);
    }),
  );
}

/// `run`: `results` (job → success, failure or skipped), `spans` (job → [begin, end]), `lines` (job → its log),
/// `summary`.
export function findings_of_run(truth, workflow, inputs, run) {
  const { stream } = truth;
  const found = findings_of_summary(truth, run.summary);
  const runs = running(stream, workflow.on.workflow_dispatch.inputs, inputs);
  const names = new Set(runs.map((step) => step.name));
  const defect = defects_of(stream).find(({ word, step }) => word === inputs.defect && names.has(step.name));
  const succeeds = (id) => run.results[id] === "success";
  for (const { name } of steps_of(stream)) {
    if (succeeds(name) !== names.has(name))
      found.push(`job ${name}: ${run.results[name]}, and ${names.has(name) ? "should" : "should not"} run`);
  }
  for (const { word } of defects_of(stream)) {
    const id = `rework-${word}`;
    if (succeeds(id) !== (word === defect?.word))
      found.push(`job ${id}: ${run.results[id]}, and the defect is ${inputs.defect}`);
  }
  for (const pair of order_of(stream)) {
    const [first, second] = pair.split(" ");
    if (succeeds(first) && succeeds(second) && run.spans[first][1] > run.spans[second][0])
      found.push(`job ${second} begins before ${first} is over`);
  }
  for (const { name, title } of runs) {
    const says = (title ?? name).replace(/\s/g, " ").slice(0, 20);
    if (succeeds(name) && !run.lines[name].some((line) => line.startsWith(`> ${says}`)))
      found.push(`job ${name} does not say ${says}`);
  }
  if (defect) found.push(...findings_of_pass(stream, defect, run, names));
  return found;
}

function findings_of_pass(stream, { word, step, target }, run, names) {
  const again = (run.lines[`rework-${word}`] ?? []).filter((line) => /^> (Again: |Repair)/.test(line));
  const called = (element) => element.title ?? element.name;
  const is_of = (line, element) => line?.startsWith(`> ${target ? "Again: " : "Repair at "}${called(element)}`);
  const found = [];
  if (!is_of(again.at(-1), step)) found.push(`the second pass of ${word} ends with ${again.at(-1)}`);
  if (target?.kind === "step" && !again.some((line) => is_of(line, target)))
    found.push(`the second pass of ${word} leaves out ${target.name}`);
  const follows = [...order_of(stream)]
    .filter((pair) => pair.startsWith(`${step.name} `))
    .map((pair) => pair.split(" ")[1]);
  const end = run.spans[`rework-${word}`]?.[1];
  for (const name of follows) {
    if (names.has(name) && run.results[name] === "success" && end > run.spans[name][0])
      found.push(`job ${name} begins before the second pass of ${word} is over`);
  }
  return found;
}

/// The inputs to start a workflow with: the defaults, then one set for each other word of each question.
export function ways(workflow) {
  const asked = workflow.on.workflow_dispatch.inputs;
  const usual = Object.fromEntries(Object.entries(asked).map(([name, input]) => [name, String(input.default ?? "")]));
  const others = Object.entries(asked).flatMap(([name, input]) =>
    (input.options ?? []).filter((word) => word !== input.default).map((word) => ({ ...usual, [name]: word })),
  );
  return [usual, ...others];
}
