// Loaded before each driver of this folder: resolves packages by name from the folder that scripts/test-tools filled
// (VSM_TOOLS), and turns uncaught errors, such as a missing file, into exit code 2.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const tools = pathToFileURL(`${process.env.VSM_TOOLS}/`).href;
const drivers = new URL(".", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const is_package = !/^[./]|^[a-z]+:/.test(specifier);
    const from_driver = context.parentURL?.startsWith(drivers);
    return next(specifier, is_package && from_driver ? { ...context, parentURL: tools } : context);
  },
});

process.on("uncaughtException", (error) => {
  console.error(error.code === "ENOENT" ? `error: ${error.message}` : error);
  process.exit(2);
});
