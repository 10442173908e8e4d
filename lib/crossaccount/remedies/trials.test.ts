import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseRoute } from "../../../sandbox/console/client/route";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { parseRoleArn } from "../aws/role-arn";
import { showRoleArn } from "../checks/redaction";
import { testConfig } from "../testing/customer";
import { type CustomerWorld, customerWorld } from "../testing/customer-world";
import { followCommand } from "../testing/follow-command";
import { followPage } from "../testing/follow-page";
import { type RemedyTrial, remedyTrials } from "../testing/remedy-trials";
import { accountId } from "../testing/run-verification";
import { type Check, DIAGNOSIS_CAUSES, type RemedyWay, type VerificationReport } from "../types";
import { externalIdPlaceholder, waysFor } from "./ways";

let sandbox: RunningSandbox;
let world: CustomerWorld | undefined;
const printed = new Set<string>();
const followed = new Set<string>();

beforeAll(async () => {
  sandbox = await createSandbox({ now: () => world?.time.clock() ?? new Date(), wait: async () => {} });
});
beforeEach(() => {
  world = undefined;
  sandbox.reset();
});
afterAll(() => sandbox.close());

test.each(
  remedyTrials.map((trial) => [trial.cause, trial.fault, (trial.ways ?? ["in words"]).join(", then "), trial] as const),
)("%s: %s; %s", async (_cause, _fault, _ways, trial) => {
  world = await customerWorld(sandbox);
  await trial.arrange(world);
  const credentials = await trial.identity?.(world);
  const found = findingOf(await world.verify(trial.request, { config: trial.config, credentials }), trial);
  const ways = trial.unranked ? waysWithoutRank(trial, world) : (found.ways ?? []);
  for (const way of ways) printed.add(`${trial.cause}: ${way.label}`);

  for (const beginning of trial.ways ?? []) {
    const way = ways.find(({ label }) => label.startsWith(beginning));
    if (!way) throw new Error(`No way begins with ${beginning}: ${ways.map(({ label }) => label).join(" | ")}`);
    await follow(filled(way, world));
    followed.add(`${trial.cause}: ${way.label}`);
  }
  await trial.words?.(world, found);

  const after = await world.verify(trial.after?.(world), {
    config: trial.config,
    credentials: await trial.afterIdentity?.(world),
  });
  expect(unclean(after)).toEqual([]);
  expect(after.outcome).toBe("proven");
});

test("every way that was printed was followed, and every cause has a trial or is why nobody can try it", () => {
  expect([...printed].filter((way) => !followed.has(way))).toEqual([]);
  const tried = new Set(remedyTrials.map(({ cause }) => cause));
  expect(DIAGNOSIS_CAUSES.filter((cause) => !tried.has(cause))).toEqual(Object.keys(elsewhere));
  expect(DIAGNOSIS_CAUSES).toHaveLength(39);
});

/** Tried in another test, or nothing to follow: their remedies send to whoever can do something. */
const elsewhere = {
  "role-taken": "verify.test.ts and the portal's shared-role.test.ts: a role of its own verifies",
  "session-policy":
    "the portal's own session policy is never narrower than what it calls; the vendor's support is named",
  "resource-policy": "whoever manages the resource or endpoint excepts the role; the role table has the fault",
  "simulator-doubts": "nothing was refused; the text says where to look if something is",
};

test.each(Object.keys(elsewhere) as (keyof typeof elsewhere)[])("%s promises no command or page", (cause) => {
  const facts = {
    config: testConfig,
    role: parseRoleArn("arn:aws:iam::111122223333:role/acme/x"),
    region: "us-east-1",
  };
  expect(waysFor(cause, { ...facts, stackName: "acme", now: new Date() })).toEqual([]);
});

function findingOf({ checks }: VerificationReport, { cause, unranked }: RemedyTrial): Check {
  const found = checks.find((check) => check.causeId === cause || (unranked && check.status === "failed"));
  if (!found)
    throw new Error(
      `Not found: ${cause}. ${JSON.stringify(
        checks.filter(({ causeId }) => causeId),
        null,
        1,
      )}`,
    );
  if (!unranked) expect(found.remedy).toEqual(expect.any(String));
  return found;
}

function waysWithoutRank({ cause }: RemedyTrial, { roleArn, stackName, time }: CustomerWorld): RemedyWay[] {
  const consoleUrl = `${sandbox.url}/console`;
  const role = parseRoleArn(roleArn);
  return waysFor(cause, { config: testConfig, role, region: "us-east-1", stackName, consoleUrl, now: time.clock() });
}

/** As the page fills it in for whoever may see the external ID. */
function filled(way: RemedyWay, { externalId, roleArn }: CustomerWorld): RemedyWay {
  const text = showRoleArn(JSON.stringify(way), roleArn);
  return JSON.parse(text.replaceAll(externalIdPlaceholder, externalId)) as RemedyWay;
}

async function follow(way: RemedyWay): Promise<void> {
  const customer = { endpoint: sandbox.url, url: sandbox.url, accountId, parseRoute };
  if (way.kind === "command") await followCommand(way.value, customer);
  else await followPage(way, customer);
}

function unclean({ checks }: VerificationReport) {
  return checks
    .filter(({ status, causeId }) => status === "failed" || status === "warning" || causeId !== undefined)
    .map(({ id, status, cause, evidence }) => ({ id, status, cause, evidence }));
}
