// config_schema.mjs SCHEMA VSM: checks that the schema of .vsm.yaml and vsm's reader accept and refuse the same files.
// Exit 0 they do, 1 findings, 2 cannot run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

const [schema_file, vsm] = process.argv.slice(2);
if (vsm === undefined) {
  console.error("usage: config_schema.mjs SCHEMA VSM");
  process.exit(2);
}
const schema = JSON.parse(readFileSync(schema_file, "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

const good = [
  "",
  "rules: {}",
  "rules: { missing-ca: off, unused-allow: 'note' }",
  "rules:\n  missing-ca: error\nprocess: true\nfail_on: never\n",
  "process: False",
  "outputs: []",
  "targets: [svg]",
  'outputs: [svg, "mermaid"]',
  "overrides: []",
  "overrides:\n  - files: ['old/**', '!old/a.vsm', 'a..b', '..c']\n    process: false\n",
  "overrides:\n  - { files: [a], rules: { missing-ca: note }, outputs: [csv], thresholds: {} }\n",
];
const bad = [
  "version: 1.5",
  "process: yes",
  "process: 'true'",
  "process: 1",
  "process:",
  "fail_on: off",
  "fail_on: [error]",
  "Rules: {}",
  "rules: [missing-ca]",
  "rules: { missing-ca: true }",
  "rules: { missing-ca: fatal }",
  "rules: { missing-ca: Off }",
  "rules: { missing-ca: }",
  "rules: { VSM2001: off }",
  "rules: { nothing-such: off }",
  "rules: { cycle: off }",
  "thresholds: 3",
  "thresholds: { missing-ca: {} }",
  "outputs: svg",
  "outputs: [svg]\ntargets: [csv]",
  "outputs: [svgg]",
  "outputs: [svg, svg]",
  "outputs: [3]",
  "overrides: {}",
  "overrides: [a]",
  "overrides: [{ rules: {} }]",
  "overrides: [{ files: [a] }]",
  "overrides: [{ files: [], rules: {} }]",
  "overrides: [{ files: a, rules: {} }]",
  "overrides: [{ files: [''], rules: {} }]",
  "overrides: [{ files: [a, a], rules: {} }]",
  "overrides: [{ files: [7], rules: {} }]",
  "overrides: [{ files: [true], rules: {} }]",
  "overrides: [{ files: [../a], rules: {} }]",
  "overrides: [{ files: [a/../b], rules: {} }]",
  "overrides: [{ files: [..], rules: {} }]",
  "overrides: [{ files: [a], rules: {}, fail_on: note }]",
  "overrides: [{ files: [a], rules: {}, version: 1 }]",
];
// Each number of the schema at its limits and beyond them.
for (const [rule, { properties }] of Object.entries(schema.$defs.thresholds.properties)) {
  for (const [key, { minimum, maximum }] of Object.entries(properties)) {
    for (const number of [minimum, maximum]) good.push(`thresholds: { ${rule}: { ${key}: ${number} } }`);
    for (const other of [minimum - 1, maximum + 1, "1.5", "'3'", "3d", "", "[3]"])
      bad.push(`thresholds: { ${rule}: { ${key}: ${other} } }`);
    bad.push(`thresholds: { ${rule}: { x-${key}: ${minimum} } }`);
  }
}
const whole = (text) => [text.startsWith("version") ? text : `version: 1\n${text}\n`];
const cases = [
  ...good.map((text) => [whole(text)[0], true]),
  ...bad.map((text) => [whole(text)[0], false]),
  ...["rules: {}\n", "version: 2\n", "version: '1'\n", "version: true\n", "- version\n", "version\n", ""].map(
    (text) => [text, false],
  ),
];

const folder = mkdtempSync(join(tmpdir(), "config-"));
const map = join(folder, "map.vsm"),
  config = join(folder, "config.yaml");
writeFileSync(map, "stream s { step a { process: 1h, lead: 2h } }\n");
let findings = 0;
for (const [text, expected] of cases) {
  writeFileSync(config, text);
  const read = spawnSync(vsm, ["lint", "--config", config, "--fail-on", "never", "-q", map]);
  const by_schema = validate(parse(text)),
    by_vsm = read.status === 0;
  if (by_schema === expected && by_vsm === expected && (by_vsm || read.status === 2)) continue;
  findings += 1;
  console.log(
    `${JSON.stringify(text)}: the schema says ${by_schema}, vsm ${by_vsm} (${read.status}), expected ${expected}\n${read.stderr}`,
  );
}
rmSync(folder, { recursive: true });
console.log(`configuration: ${cases.length} cases, ${findings} findings`);
process.exit(findings ? 1 : 0);
