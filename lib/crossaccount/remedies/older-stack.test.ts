import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseRoute } from "../../../sandbox/console/client/route";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { parseRoleArn } from "../aws/role-arn";
import { parseConfig } from "../config/config";
import { testConfig, testConfigInput } from "../testing/customer";
import { type CustomerWorld, customerWorld } from "../testing/customer-world";
import { followCommand } from "../testing/follow-command";
import { followPage } from "../testing/follow-page";
import { accountId } from "../testing/run-verification";
import type { DiagnosisCause, RemedyWay } from "../types";
import { externalIdPlaceholder, waysFor } from "./ways";

let sandbox: RunningSandbox;
let world: CustomerWorld;
beforeAll(async () => {
  sandbox = await createSandbox({ wait: async () => {} });
});
beforeEach(async () => {
  sandbox.reset();
  world = await customerWorld(sandbox);
});
afterAll(() => sandbox.close());

const feature = (id: string, chosen: boolean, action: string) => ({
  ...{ id, title: id, why: "To see.", default: chosen },
  ongoingPermissions: [{ sid: id, effect: "Allow", actions: [action], resources: ["*"], why: "To see.", risk: "low" }],
});
const kept = feature("Kept", false, "ce:GetCostAndUsage");
const gone = feature("Gone", true, "logs:FilterLogEvents");
const added = feature("Added", true, "rds:DescribeDBInstances");
const withFeatures = (...features: object[]) => parseConfig({ ...testConfigInput, features });
const newer = withFeatures(kept, added);

const parametersOf = async () => {
  const { Stacks } = await world.stacks.send(new DescribeStacksCommand({ StackName: world.stackName }));
  expect(Stacks?.[0]?.StackStatus).toBe("UPDATE_COMPLETE");
  return Object.fromEntries((Stacks?.[0]?.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue]));
};

/** Follows the first way of a finding whose label begins so, as a portal with the newer config prints it. */
async function follow(cause: DiagnosisCause, beginning: string): Promise<void> {
  const { roleArn, stackName, time, externalId } = world;
  const facts = {
    ...{ config: newer, role: parseRoleArn(roleArn), region: "us-east-1", stackName, now: time.clock() },
    ...{ templateUrl: await world.publish(newer), consoleUrl: `${sandbox.url}/console` },
  };
  const way = waysFor(cause, facts).find(({ label }) => label.startsWith(beginning));
  if (!way) throw new Error(`No way of ${cause} begins with ${beginning}`);
  const filled = JSON.parse(JSON.stringify(way).replaceAll(externalIdPlaceholder, externalId)) as RemedyWay;
  if (way.kind === "command") await followCommand(filled.value, { endpoint: sandbox.url, accountId });
  else await followPage(filled, { url: sandbox.url, accountId, parseRoute });
}

describe("a stack that is older than a parameter", () => {
  test.each<[DiagnosisCause, string, object]>([
    ["setup-lingers", "With the AWS CLI", { SetupPhase: "false" }],
    ["setup-lingers", "In the console", { SetupPhase: "false" }],
    ["setup-too-long", "With the AWS CLI", { SetupPhase: "true" }],
    ["setup-period-over", "In the console", { SetupPhase: "true" }],
  ])("keeps its template, and is updated by %s: %s", async (cause, way, changed) => {
    const chosen = { FeatureGone: "false", SetupExpiresAt: "2099-01-01T00:00:00Z" };
    await world.launch(chosen, world.stackName, withFeatures(gone));
    const { SetupExpiresAt: _before, ...before } = await stackParametersBefore();
    await follow(cause, way);
    const { SetupExpiresAt: _after, ...after } = await parametersOf();
    expect(after).toEqual({ ...before, ...changed });
  });

  test.each<[DiagnosisCause, string]>([
    ["template-outdated", "With the AWS CLI"],
    ["missing-permission", "Give the stack the current template"],
    ["role-unreadable", "Or, where a stack made it, give the stack"],
    ["session-too-short", "Give the stack the current template"],
    ["boundary-gone", "Give the stack the current template"],
  ])(
    "gets the current template by %s: %s, keeps what was chosen, and gets no feature that is new",
    async (cause, way) => {
      await world.launch({ FeatureKept: "true" }, world.stackName, withFeatures(kept, gone));
      const { FeatureGone: _gone, ...before } = await stackParametersBefore();
      await follow(cause, way);
      expect(await parametersOf()).toEqual({ ...before, FeatureKept: "true", FeatureAdded: "false" });
      const report = await world.verify({}, { config: newer });
      expect(report.features).toEqual(["Kept"]);
      expect(report.checks.filter(({ status }) => status === "failed" || status === "warning")).toEqual([]);
    },
  );

  test.each<[DiagnosisCause, string]>([
    ["wrong-external-id", "Give the stack the right external ID"],
    ["wrong-external-id", "In the console: keep the template"],
  ])("gets the right external ID by %s: %s", async (cause, way) => {
    await world.launch({ ExternalId: `acme-${"0".repeat(32)}` }, world.stackName, testConfig);
    await follow(cause, way);
    expect(await parametersOf()).toMatchObject({ ExternalId: world.externalId });
  });
});

async function stackParametersBefore(): Promise<Record<string, string | undefined>> {
  const { Stacks } = await world.stacks.send(new DescribeStacksCommand({ StackName: world.stackName }));
  const known = Stacks?.[0]?.Parameters ?? [];
  return Object.fromEntries(known.map((one) => [one.ParameterKey ?? "", one.ParameterValue]));
}
