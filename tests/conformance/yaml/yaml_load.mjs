// yaml_load.mjs FILE…: prints, as JSON, the values that the npm package `yaml` reads from each file as YAML 1.1 and as
// YAML 1.2: [{"1.1": value, "1.2": value}, …], or {"error": message} in place of a value. yaml_roundtrip.py compares
// them.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

function load(text, version) {
  const documents = parseAllDocuments(text, { version, uniqueKeys: true, stringKeys: true });
  if (documents.length !== 1) return { error: `${documents.length} documents` };
  const [document] = documents;
  const trouble = [...document.errors, ...document.warnings];
  return trouble.length ? { error: trouble[0].message } : { value: document.toJS() };
}

const loaded = process.argv.slice(2).map((file) => {
  const text = readFileSync(file, "utf8");
  return { 1.1: load(text, "1.1"), 1.2: load(text, "1.2") };
});
console.log(JSON.stringify(loaded));
