// schema_check.mjs SCHEMA FILE…: validates JSON files against a JSON Schema (draft 2020-12). The schema itself must be
// strict: an unknown keyword or format in it is an error. Exit 0 all valid, 1 findings, 2 cannot run.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import add_formats from "ajv-formats";

const [schema, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: schema_check.mjs SCHEMA FILE…");
  process.exit(2);
}
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
add_formats.default(ajv);

function findings(validate, file) {
  let value;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") throw error;
    return [error.message];
  }
  if (validate(value)) return [];
  return validate.errors.map((error) => `${error.instancePath || "/"}: ${error.message} ${JSON.stringify(error.params)}`);
}

const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
let bad = 0;
for (const file of files) {
  for (const finding of findings(validate, file)) {
    console.log(`${file}: ${finding}`);
    bad += 1;
  }
}
console.log(`schema: ${files.length} files, ${bad} findings`);
process.exit(bad ? 1 : 0);
