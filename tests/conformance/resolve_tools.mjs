// Lets the drivers of this folder import packages by name from the folder that scripts/test-tools filled (VSM_TOOLS).
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const tools = pathToFileURL(`${process.env.VSM_TOOLS}/`).href;

registerHooks({
  resolve(specifier, context, next) {
    const bare = !/^[./]|^[a-z]+:/.test(specifier);
    const from_here = bare && context.parentURL?.startsWith(new URL(".", import.meta.url).href);
    return next(specifier, from_here ? { ...context, parentURL: tools } : context);
  },
});
