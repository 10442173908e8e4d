import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const shared = {
  resolve: {
    alias: [
      // Its package.json names what is built, for those who install it; tests run what is written.
      { find: /^@\/lib\/crossaccount$/, replacement: `${root}lib/crossaccount/index.ts` },
      { find: /^@\//, replacement: root },
      // As Next itself has it in code of the server.
      { find: "next/navigation", replacement: "next/dist/client/components/navigation.react-server.js" },
    ],
  },
  ssr: { resolve: { conditions: ["react-server", "node", "default"], externalConditions: ["react-server", "node"] } },
};
// Nothing waits for so long: it is for machines that do much else beside.
const runs = { testTimeout: 180_000, hookTimeout: 180_000, execArgv: ["--conditions=react-server"] };

/** Two kinds of tests: those of code that stands alone, and those of the portal, which have a database and a sandbox each. */
export default defineConfig({
  test: {
    // Most of them wait for a database, a sandbox or a process longer than they compute.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        ...shared,
        test: {
          name: "alone",
          include: [
            "lib/crossaccount/**/*.test.ts",
            "sandbox/**/*.test.ts",
            "components/**/*.test.ts",
            "script/**/*.test.ts",
            "dev/local/**/*.test.ts",
            "prisma/**/*.test.ts",
          ],
          ...runs,
        },
      },
      {
        ...shared,
        test: {
          name: "portal",
          include: ["lib/**/*.test.ts"],
          exclude: ["lib/crossaccount/**"],
          globalSetup: ["dev/testing/global-setup.ts"],
          setupFiles: ["dev/testing/setup-portal.ts"],
          ...runs,
        },
      },
    ],
  },
});
