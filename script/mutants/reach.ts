import { basename, dirname } from "node:path";
import { cruise } from "dependency-cruiser";

/** For each file, those that import it. */
export type Importers = ReadonlyMap<string, readonly string[]>;

/** Reads who imports whom in the folders of a project. */
export async function readImporters(root: string, folders: readonly string[]): Promise<Importers> {
  const { output } = await cruise(
    [...folders],
    { baseDir: root, doNotFollow: { path: "node_modules" } },
    { alias: { "@": root } },
  );
  if (typeof output === "string") throw new Error("The imports could not be read.");
  const importers = new Map<string, string[]>();
  for (const { source, dependencies } of output.modules)
    for (const { resolved } of dependencies) importers.set(resolved, [...(importers.get(resolved) ?? []), source]);
  return importers;
}

/** The test files that run a file, the nearest first: its own, then by the imports between. */
export function testsReaching(file: string, importers: Importers): string[] {
  const distances = new Map([[file, 0]]);
  for (const [reached, distance] of distances)
    for (const importer of importers.get(reached) ?? [])
      if (!distances.has(importer)) distances.set(importer, distance + 1);

  const own = file.replace(/\.tsx?$/, ".test.ts");
  const rank = (test: string): number[] => [
    test === own ? 0 : 1,
    distances.get(test) ?? 0,
    dirname(test) === dirname(file) ? 0 : 1,
  ];
  return [...distances.keys()]
    .filter((path) => /\.test\.tsx?$/.test(basename(path)))
    .sort((one, other) => compare(rank(one), rank(other)) || one.localeCompare(other));
}

function compare(one: readonly number[], other: readonly number[]): number {
  const differing = one.findIndex((part, index) => part !== other[index]);
  return differing < 0 ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}
