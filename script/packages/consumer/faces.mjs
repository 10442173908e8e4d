// What each face exports, and which modules loading it brought: one line of JSON.
import { registerHooks } from "node:module";

const brought = new Set();
registerHooks({
  load(url, context, next) {
    const packages = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url);
    if (packages) brought.add(packages[1]);
    return next(url, context);
  },
});
const face = await import(process.argv[2]);
console.log(JSON.stringify({ exports: Object.keys(face), packages: [...brought] }));
