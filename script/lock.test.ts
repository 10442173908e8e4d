import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Entry> };
const installed = Object.entries(packages).filter(([place, { link }]) => place.includes("node_modules/") && !link);
const placesOf = (entries: [string, Entry][]) => entries.map(([place]) => place);

describe("the lock file", () => {
  test("has a hash for every package of every platform, so that none is installed unchecked", () => {
    expect(installed.length).toBeGreaterThan(500);
    const unchecked = installed.filter(([, { integrity, inBundle }]) => !inBundle && !/^sha512-/.test(integrity ?? ""));
    expect(placesOf(unchecked)).toEqual([]);
  });

  test("names no registry, so that each machine asks its own, and takes nothing from elsewhere", () => {
    expect(placesOf(installed.filter(([, { resolved }]) => resolved !== undefined))).toEqual([]);
  });

  test("pins every package to one version", () => {
    expect(placesOf(installed.filter(([, { version }]) => !/^\d+\.\d+\.\d+/.test(version ?? "")))).toEqual([]);
  });
});
