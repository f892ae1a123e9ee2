// change_schemas.mjs SCHEMAS MAPS VSM: validates the JSON of `vsm diff` and `vsm history` against the published
// schemas, and checks that the schemas refuse wrong documents. SCHEMAS: their folder; MAPS: maps to compare with one
// another. Exit 0 no findings, 1 findings, 2 cannot run.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errors_of, mutants, validator_of } from "./schemas.mjs";

const [schemas, maps, vsm] = process.argv.slice(2);
if (vsm === undefined) {
  console.error("usage: change_schemas.mjs SCHEMAS MAPS VSM");
  process.exit(2);
}
let problems = 0;
const wrong = (text) => (++problems, console.log(text));

function run(program, words, cwd) {
  const done = spawnSync(program, words, { cwd, encoding: "utf8" });
  if (done.error) throw done.error;
  return done;
}

let checked = 0,
  refused = 0;
function check(validate, what, text, prove) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return wrong(`${what}: ${error.message}`);
  }
  ++checked;
  if (!validate(value)) for (const error of errors_of(validate)) wrong(`${what}: ${error}`);
  if (!prove) return;
  for (const [how, mutant] of mutants(value)) {
    if (validate(mutant)) wrong(`${what} is accepted with ${how}`);
    else ++refused;
  }
}

const work = mkdtempSync(join(tmpdir(), "vsm-changes-"));
const files = readdirSync(maps).filter((name) => name.endsWith(".vsm"));
const diff = validator_of(join(schemas, "diff.schema.json"));
const history = validator_of(join(schemas, "history.schema.json"));
for (const before of files)
  for (const after of files) {
    const done = run(vsm, ["diff", "--format", "json", before, after], maps);
    // a new version that does not compile is reported, and fails
    const expected = after === "broken.vsm" && before !== after ? 1 : 0;
    if (done.status !== expected) wrong(`diff ${before} ${after}: exit ${done.status}: ${done.stderr}`);
    else check(diff, `diff ${before} ${after}`, done.stdout, before === "old.vsm");
  }

const git = (...words) => {
  const done = run(
    "git",
    [
      "-c",
      "user.name=Ada",
      "-c",
      "user.email=ada@example.com",
      "-c",
      "commit.gpgsign=false",
      "-c",
      "init.defaultBranch=main",
      ...words,
    ],
    work,
  );
  if (done.status !== 0) throw new Error(`git ${words.join(" ")}: ${done.stderr}`);
};
git("init", "-q");
for (const name of files) {
  copyFileSync(join(maps, name), join(work, "map.vsm"));
  git("add", "map.vsm");
  git("commit", "-q", "--allow-empty", "-m", `"${name}" \\ ü`);
}
const told = run(vsm, ["history", "--format", "json", "map.vsm"], work);
if (told.status !== 0) wrong(`history: exit ${told.status}: ${told.stderr}`);
else check(history, "history", told.stdout, true);
rmSync(work, { recursive: true });

if (refused < 100) wrong(`only ${refused} mutants were made`);
console.log(`schemas of changes: ${checked} documents, ${refused} mutants refused; ${problems} findings`);
process.exit(problems > 0 ? 1 : 0);
