// Validators of JSON Schemas, and documents with an error in them, which a schema has to refuse.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import add_formats from "ajv-formats";

/// The validator of a schema, which must be strict itself.
export function validator_of(file) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  add_formats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, "utf8")));
}

/// The errors of the last document that a validator refused, a line each.
export function errors_of(validate) {
  return validate.errors.map((one) => `${one.instancePath || "/"}: ${one.message} ${JSON.stringify(one.params)}`);
}

/// A copy of the document, changed at the place that the keys lead to.
export function changed(root, way, change) {
  const copy = structuredClone(root);
  change(way.reduce((here, key) => here[key], copy));
  return copy;
}

/// Yields the document with one error in it, and which: a key removed, a value of another type, an unknown key. Of a
/// list, only the first item is changed.
export function* mutants(root, value = root, way = []) {
  if (value === null || typeof value !== "object") return;
  const list = Array.isArray(value);
  if (!list) yield [`${way.join("/")}: a key that nobody knows`, changed(root, way, (here) => (here.unheard_of = 1))];
  for (const [key, one] of list ? [...value.entries()].slice(0, 1) : Object.entries(value)) {
    const where = [...way, key].join("/");
    if (!list) yield [`${where}: taken out`, changed(root, way, (here) => delete here[key])];
    yield [`${where}: of another type`, changed(root, way, (here) => (here[key] = { "of another": "type" }))];
    yield* mutants(root, one, [...way, key]);
  }
}
