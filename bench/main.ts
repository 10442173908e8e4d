import { readdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Benchmark } from "./support/benchmark";
import { interruptible } from "./support/interruption";

/** `npm run bench`: every benchmark of this folder as a table; `-- NAME` one of them; `-- --json` for programs. */
const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });

const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(".ts") && file !== "main.ts");
const names = files.map((file) => file.replace(/\.ts$/, "")).sort();
process.exitCode = 1; // until all is done
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${names.join(", ")}`);
  process.exit();
}

await interruptible(async () => {
  const reports = [];
  for (const name of positionals.length > 0 ? positionals : names) {
    const benchmark = ((await import(`./${name}.ts`)) as { default: Benchmark }).default;
    const report = { name: benchmark.name, ...(await benchmark.run()) };
    reports.push(report);
    if (!values.json) print(report);
  }
  if (values.json) console.log(JSON.stringify(positionals.length === 1 ? reports[0] : reports, null, 2));
  process.exitCode = 0;
});
process.exit();

function print({ name, results, ratios }: { name: string } & Awaited<ReturnType<Benchmark["run"]>>): void {
  console.log(`\n${name}`);
  console.table(Object.fromEntries(results.map(({ case: label, ...figures }) => [label, figures])));
  console.table(ratios);
}
