import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { missingLogo } from "./configuration-faults";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "crossaccount-public-"));
  await mkdir(join(folder, "logos"));
  await writeFile(join(folder, "logos/acme.svg"), "<svg/>");
});
afterAll(() => rm(folder, { recursive: true }));

test("a logo that is not under public/ stops the start and says which; one that is there, or elsewhere, does not", async () => {
  expect(await missingLogo({ logoUrl: "/logos/acme.svg" }, folder)).toBeNull();
  expect(await missingLogo({ logoUrl: "https://acme.example/logo.svg" }, folder)).toBeNull();
  expect(await missingLogo({}, folder)).toBeNull();
  expect(await missingLogo({ logoUrl: "/logos/amce.svg" }, folder)).toContain("/logos/amce.svg");
});
