import { retry } from "../aws/retry";
import { formatRoleArn } from "../aws/role-arn";
import { checkExcessPermissions } from "../checks/permissions/excess";
import { expectedStatements, findGaps } from "../checks/permissions/gaps";
import { checkOngoingPermissions } from "../checks/permissions/ongoing";
import { ownDenies } from "../checks/permissions/own-denies";
import { probePermissions } from "../checks/permissions/probes";
import { listPolicies, type RolePolicies, readRolePolicies } from "../checks/permissions/role-policies";
import { checkSetupPermissions, type SetupResult } from "../checks/permissions/setup";
import { simulatePermissions } from "../checks/permissions/simulation";
import { readRoleDetails } from "../checks/role-details";
import { expectedPolicies } from "../template";
import type { CheckId } from "../types";
import { createRead, type Inspection, STOPPED } from "./inspection";
import { retrying } from "./request";

const SETTLE_MILLISECONDS = 15_000;
const IDS: readonly CheckId[] = ["ongoing-permissions", "setup-permissions", "excess-permissions"];

/**
 * Reads the role's policies, asks AWS's simulator and makes the declared calls, all side by side, and compares them with the
 * template; again for a while when a change may be spreading.
 */
export async function inspectPermissions(
  inspection: Inspection,
): Promise<Omit<SetupResult, "check"> & { policies?: RolePolicies }> {
  const { dependencies, request, role, session, iam, progress, signal } = inspection;
  const { clock, config, aws } = dependencies;
  const expected = expectedPolicies(config, role);
  const ongoing = expectedStatements(expected.ongoing);
  const setup = expectedStatements(expected.setup);
  const denies = ownDenies([...ongoing, ...setup]);
  const reading = { iam, read: createRead(dependencies, inspection.deadline, signal) };
  const predicted = [...expected.ongoing, ...expected.setup].map(({ arn }) => arn);
  let round = 0;

  for (const id of IDS) progress.begin(id);
  const observe = async () => {
    round += 1;
    // The first answers are those that were asked for already; a further round needs fresh ones.
    const details = round === 1 ? inspection.details : readRoleDetails(role.roleName, reading);
    const lists = round === 1 ? inspection.lists : listPolicies(role.roleName, reading);
    const situation = { now: clock(), region: request.region };
    const [policies, simulation, probes] = await Promise.all([
      readRolePolicies({ ...reading, roleName: role.roleName, details, lists, predicted }),
      simulatePermissions([...ongoing, ...setup], formatRoleArn(role), situation, reading),
      probePermissions(config.ongoingPermissions, {
        aws,
        region: request.region,
        credentials: session.credentials,
        signal,
      }),
    ]);
    return { policies, simulation, probes };
  };
  const lacks = (policies: RolePolicies) =>
    findGaps(ongoing, policies, denies.isOwn).some(({ reason }) => reason === "missing");
  const judgeSetup = ({ policies, simulation }: Awaited<ReturnType<typeof observe>>) =>
    checkSetupPermissions({
      setup,
      ongoing,
      denies,
      policies,
      simulation,
      expected: request.expectSetup,
      longestSeconds: config.setupExpiresAfterSeconds,
      now: clock(),
    });

  const observed = await retry(observe, {
    ...retrying(dependencies, Math.min(inspection.deadline, clock().getTime() + SETTLE_MILLISECONDS), signal),
    again: (found) =>
      request.waitForPropagation && (lacks(found.policies) || judgeSetup(found).check.status === "failed"),
    onWait: (attempt, found) =>
      progress.waiting(lacks(found.policies) ? "ongoing-permissions" : "setup-permissions", "iam-propagation", attempt),
  });

  if ((await inspection.secrecy) === "insecure") {
    progress.skip(IDS, STOPPED);
    return { state: "unknown" };
  }
  const { policies } = observed;
  await inspection.stackKnown;
  progress.finish(checkOngoingPermissions({ expected: ongoing, denies, ...observed }));
  const { check: found, ...result } = judgeSetup(observed);
  progress.finish(found);
  progress.finish(checkExcessPermissions({ ongoing, setup, policies, serviceName: config.serviceName }));
  return { ...result, policies };
}
