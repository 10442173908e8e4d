import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^generated/.test(name));
}

test("a status, and what it follows from, is written in one file", async () => {
  const writers: string[] = [];
  for (const folder of ["lib", "app", "prisma", "script"]) {
    for (const name of await sources(folder)) {
      const text = await readFile(join(folder, name), "utf8");
      const writes =
        text.match(/\bconnection\.(update|updateMany|updateManyAndReturn|upsert)\(\{[\s\S]*?\n\s*\}\)/g) ?? [];
      const columns =
        /\b(status: to|statusChangedAt|lastOutcome|checkFailed|heldByCustomerAt|heldByStaffAt|disconnectedAt):?/;
      const isWriter = writes.some((call) => columns.test(call.replace(/where: \{[\s\S]*?\}/, "")));
      if (isWriter) writers.push(`${folder}/${name}`);
    }
  }
  // The demo dates its own past.
  expect(writers).toEqual(["lib/connection-status/change-facts.ts", "prisma/seed.ts"]);
});
