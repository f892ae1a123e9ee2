// schema_check.mjs SCHEMA FILE…: validates JSON files against a JSON Schema (draft 2020-12). The schema itself must be
// strict: an unknown keyword or format in it is an error. Exit 0 all valid, 1 findings, 2 cannot run.
import { readFileSync } from "node:fs";
import { errors_of, validator_of } from "./schemas.mjs";

const [schema, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: schema_check.mjs SCHEMA FILE…");
  process.exit(2);
}

function findings(validate, file) {
  let value;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") throw error;
    return [error.message];
  }
  return validate(value) ? [] : errors_of(validate);
}

const validate = validator_of(schema);
let bad = 0;
for (const file of files) {
  for (const finding of findings(validate, file)) {
    console.log(`${file}: ${finding}`);
    bad += 1;
  }
}
console.log(`schema: ${files.length} files, ${bad} findings`);
process.exit(bad ? 1 : 0);
