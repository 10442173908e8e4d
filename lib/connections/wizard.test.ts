import { expect, test } from "vitest";
import { type ConnectionStatus, connectionStatuses, type SetupPermissions } from "@/lib/crossaccount/status";
import { nextStepOf, type WizardStep, wizardSteps } from "./wizard";

const [pending, opened] = [null, new Date("2026-11-26T12:00:00Z")];
const allSetup: SetupPermissions[] = ["unknown", "present", "gone", "never-granted"];
const anySetup = (step: WizardStep | null) => [step, step, step, step];

/** Where a wizard that was left goes on: for each status with setup permissions that are unknown, present, gone and never granted. */
const table: [ConnectionStatus, launchedAt: Date | null, roleNamed: boolean, (WizardStep | null)[]][] = [
  ["pending", pending, false, anySetup("launch")],
  ["pending", opened, false, anySetup("role")],
  // The role may have been named without the launch link.
  ["pending", pending, true, anySetup("verify")],
  ["pending", opened, true, anySetup("verify")],
  ...[pending, opened].flatMap((launchedAt) =>
    [false, true].flatMap((roleNamed): typeof table => [
      ["insecure", launchedAt, roleNamed, anySetup("verify")],
      ["broken", launchedAt, roleNamed, anySetup("verify")],
      ["setup", launchedAt, roleNamed, anySetup("drop-setup")],
      ["degraded", launchedAt, roleNamed, ["verify", "drop-setup", "verify", "verify"]],
      ["active", launchedAt, roleNamed, anySetup(null)],
      ["paused", launchedAt, roleNamed, anySetup(null)],
      ["disconnected", launchedAt, roleNamed, anySetup(null)],
    ]),
  ),
];

test.each(table)("a connection that is %s, opened in AWS %s, role named %s, goes on at %j", (...row) => {
  const [status, launchedAt, roleNamed, steps] = row;
  const found = allSetup.map((setupPermissions) => nextStepOf({ status, launchedAt, roleNamed, setupPermissions }));
  expect(found).toEqual(steps);
});

test("the table has every status with all that was and was not done, and leads to every step but the first", () => {
  expect(new Set(table.map(([status]) => status))).toEqual(new Set(connectionStatuses));
  expect(table).toHaveLength(connectionStatuses.length * 4);
  const steps = new Set(table.flatMap(([, , , led]) => led));
  expect(steps).toEqual(new Set([null, ...wizardSteps.slice(1)]));
});
