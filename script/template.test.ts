import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import config from "../crossaccount.config";
import { renderTemplate } from "../lib/crossaccount/index";

const template = (more: Record<string, string>) =>
  spawnSync("npm", ["run", "-s", "template"], { encoding: "utf8", env: { ...process.env, ...more } });
const patience = 120_000;

test(
  "npm run -s template prints the template and nothing else, with what the environment changes of the config",
  () => {
    const { stdout, status } = template({ SERVICE_ACCOUNT_ID: "210987654321" });
    expect(status).toBe(0);
    expect(stdout).toBe(renderTemplate({ ...config, serviceAccountId: "210987654321" }));
    expect(stdout).not.toBe(renderTemplate(config));
  },
  patience,
);

test(
  "with a config that cannot be used it prints no template, says why, and ends with an error",
  () => {
    const { stdout, stderr, status } = template({ SESSION_DURATION: "60" });
    expect([stdout, status]).toEqual(["", 1]);
    expect(stderr).toContain("sessionDuration");
  },
  patience,
);
