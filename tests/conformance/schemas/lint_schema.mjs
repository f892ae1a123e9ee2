// lint_schema.mjs SCHEMA PROJECT VSM: validates the JSON of `vsm lint` for the samples and the maps of the golden tests
// against the published schema, and checks that the schema refuses wrong documents. PROJECT: the root of the project.
// Exit 0 no findings, 1 findings, 2 cannot run.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changed, errors_of, mutants, validator_of } from "./schemas.mjs";

const [schema, project, vsm] = process.argv.slice(2);
if (vsm === undefined) {
  console.error("usage: lint_schema.mjs SCHEMA PROJECT VSM");
  process.exit(2);
}
const validate = validator_of(schema);
let problems = 0,
  documents = 0;
const wrong = (text) => (++problems, console.log(text));

const folders = ["samples", "tests/golden/lint", "tests/golden/json"];
const targets = "codepipeline,github,gitlab,svg,html,mermaid,dot,markdown,json,csv";

/// The findings of a document, validated.
function findings_of(what, text) {
  let document;
  try {
    document = JSON.parse(text);
  } catch (error) {
    wrong(`${what}: ${error.message}`);
    return [];
  }
  ++documents;
  if (!validate(document)) errors_of(validate).forEach((error) => wrong(`${what}: ${error}`));
  return document.diagnostics ?? [];
}

function lint(cwd, flags, input) {
  const words = ["lint", "--no-config", "--quiet", "--format", "json", ...flags];
  const done = spawnSync(vsm, words, { cwd, input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  const what = `lint ${flags.join(" ")}`;
  if (done.stderr || ![0, 1].includes(done.status)) wrong(`${what}: exit ${done.status}: ${done.stderr}`);
  return findings_of(what, done.stdout);
}

/// The findings of each map by itself, and of all with more rules.
function findings_of_maps() {
  const found = lint(project, ["-"], "stream s {\n");
  for (const folder of folders) {
    for (const map of readdirSync(join(project, folder)).filter((name) => name.endsWith(".vsm")))
      found.push(...lint(project, [join(folder, map)]));
    found.push(...lint(project, [folder, "--process"]));
    found.push(...lint(project, [folder, "--process", "--as-of", "2030-01-01", "-t", targets]));
  }
  return found;
}

/// Checks the findings that a baseline leaves, those after fixes, and a report beside the output.
function check_other_ways(work) {
  for (const folder of folders) cpSync(join(project, folder), join(work, folder), { recursive: true });
  const all = lint(work, ["."]);
  const known = ["--baseline", "known.json"];
  lint(work, [".", ...known, "--write-baseline"]);
  const fresh = lint(work, [".", ...known]);
  if (fresh.length === 0 || fresh.length >= all.length) wrong(`a baseline leaves ${fresh.length} of ${all.length}`);
  const left = lint(work, [".", "--fix", "--report", "json=report.json"]);
  const fixes = (findings) => findings.filter((one) => one.fix !== null).length;
  if (left.length === 0 || fixes(left) >= fixes(all)) wrong(`of ${fixes(all)} fixes, ${fixes(left)} are still offered`);
  const reported = findings_of("a report", readFileSync(join(work, "report.json"), "utf8"));
  if (JSON.stringify(reported) !== JSON.stringify(left)) wrong("the report is not what is printed");
}

const forms = {
  "an error": (one) => one.severity === "error",
  "a warning": (one) => one.severity === "warning",
  "a note": (one) => one.severity === "note",
  "standard input": (one) => one.path === "<stdin>",
  "a finding without help": (one) => one.help === null,
  "several labels": (one) => one.labels.length > 1,
  "a label without text": (one) => one.labels.some((label) => label.text === ""),
  "a label in another file": (one) => one.labels.some((label) => label.path !== one.path),
  "a fix that inserts": ({ fix }) => fix && fix.line === fix.end_line && fix.column === fix.end_column,
  "a fix that removes": (one) => one.fix?.replacement === "",
};

/// Checks that the maps show each form of a finding, and most diagnostics.
function check_coverage(found) {
  for (const [form, is_shown] of Object.entries(forms)) if (!found.some(is_shown)) wrong(`no map shows ${form}`);
  const codes = new Set(found.map((one) => one.code));
  if (codes.size < 90) wrong(`the maps show only ${codes.size} diagnostics`);
}

/// Places in a document of one finding, and values that they cannot have.
function* wrong_values() {
  const finding = ["diagnostics", 0],
    label = [...finding, "labels", 0],
    fix = [...finding, "fix"];
  yield [["version"], [0, 2, "1", null]];
  yield [["diagnostics"], [null]];
  yield [finding, [null, "VSM0101"]];
  yield [
    [...finding, "code"],
    ["", "VSM12", "VSM12345", "vsm0101", "0101", 101, null],
  ];
  yield [
    [...finding, "name"],
    ["", "Missing-Ca", "missing ca", "missing-", "-ca", "missing_ca", null],
  ];
  yield [
    [...finding, "severity"],
    ["", "Error", "info", "off", "grave", 2, null],
  ];
  yield [
    [...finding, "message"],
    ["", 1, null],
  ];
  yield [
    [...finding, "help"],
    ["", 1],
  ];
  yield [
    [...finding, "labels"],
    [null, [null]],
  ];
  yield [
    [...label, "text"],
    [1, null],
  ];
  yield [fix, [[], "text", false]];
  yield [
    [...fix, "replacement"],
    [1, null],
  ];
  for (const place of [finding, label, fix]) {
    yield [
      [...place, "path"],
      ["", 1, null],
    ];
    for (const key of ["line", "column", "end_line", "end_column"])
      yield [
        [...place, key],
        [0, -1, 1.5, "1", null],
      ];
  }
}

function* wrong_documents(finding) {
  const whole = { version: 1, diagnostics: [finding] };
  yield ["a list", [whole]];
  yield ["nothing", null];
  yield* mutants(whole);
  for (const [way, values] of wrong_values()) {
    const above = way.slice(0, -1),
      key = way.at(-1);
    for (const value of values)
      yield [`${way.join("/")}: ${JSON.stringify(value)}`, changed(whole, above, (here) => (here[key] = value))];
  }
}

const found = findings_of_maps();
const work = mkdtempSync(join(tmpdir(), "vsm-lint-"));
check_other_ways(work);
rmSync(work, { recursive: true });
check_coverage(found);
const complete = found.find((one) => one.labels.length > 0 && one.help !== null && one.fix !== null);
const bad = complete ? [...wrong_documents(complete)] : [];
for (const [how, document] of bad) if (validate(document)) wrong(`a wrong document is accepted: ${how}`);
if (bad.length < 100) wrong(`only ${bad.length} wrong documents were made`);
console.log(`schema of findings: ${documents} documents, ${bad.length} wrong ones refused; ${problems} findings`);
process.exit(problems > 0 ? 1 : 0);
