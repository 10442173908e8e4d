// Prints the path of a Chromium that Playwright can drive; fails when there is none.
import { accessSync, constants } from "node:fs";
import { pathToFileURL } from "node:url";

/** The one without windows first: it does the same for a third less of the processor. */
const system = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export async function findChromium(): Promise<string | undefined> {
  const { chromium } = await import("@playwright/test");
  return [...system, chromium.executablePath()].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = await findChromium();
  if (!found) process.exit(1);
  console.log(found);
}
