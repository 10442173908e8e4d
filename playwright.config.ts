import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./dev/local/chromium";

/** Chromium's background traffic would only be refused; sandboxing needs rights that root in a container does not have. */
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: ".data/playwright",
  globalSetup: "./e2e/fixtures/start-portal.ts",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: ".data/reports/playwright.json" }]],
  projects: [
    { name: "journeys", testIgnore: ["access.spec.ts", "secrets.spec.ts"] },
    // Starts and ends rounds of audits, of which there is one at a time.
    { name: "access", testMatch: "access.spec.ts", dependencies: ["journeys"] },
    // Searches what all the others left behind.
    { name: "secrets", testMatch: "secrets.spec.ts", dependencies: ["access"] },
  ],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-US",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: await findChromium(),
      args: process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet,
    },
  },
});
