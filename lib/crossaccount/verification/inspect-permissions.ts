import { retry } from "../aws/retry";
import { formatRoleArn } from "../aws/role-arn";
import { agreedGrants, everythingExpected } from "../checks/permissions/agreed-grants";
import { checkExcessPermissions } from "../checks/permissions/excess";
import { findGaps } from "../checks/permissions/gaps";
import { unattached } from "../checks/permissions/managed-grants";
import { checkOngoingPermissions } from "../checks/permissions/ongoing";
import { boundaryFault } from "../checks/permissions/own-boundary";
import { probePermissions } from "../checks/permissions/probes";
import { listPolicies, type RolePolicies, readRolePolicies } from "../checks/permissions/role-policies";
import { checkSetupPermissions, type SetupResult } from "../checks/permissions/setup";
import { simulatePermissions } from "../checks/permissions/simulation";
import { readRoleDetails } from "../checks/role-details";
import { defaultFeatures, featuresOfRole, grantParts, hasCustomersBoundary, isChosen } from "../template";
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
): Promise<Omit<SetupResult, "check"> & { policies?: RolePolicies; features?: readonly string[] }> {
  const { dependencies, request, role, session, iam, progress, signal } = inspection;
  const { clock, config, aws } = dependencies;
  const all = everythingExpected(config, role);
  const reading = { iam, read: createRead(dependencies, inspection.deadline, signal) };
  const mayCall = isChosen(request.features ?? defaultFeatures(config));
  const probed = grantParts(config).filter((part) => part.phase === "ongoing" && mayCall(part));
  let round = 0;

  for (const id of IDS) progress.begin(id);
  const observe = async () => {
    round += 1;
    // The first answers are those that were asked for already; a further round needs fresh ones.
    const details = round === 1 ? inspection.details : readRoleDetails(role.roleName, reading);
    const lists = round === 1 ? inspection.lists : listPolicies(role.roleName, reading);
    const situation = { now: clock(), region: request.region };
    const [policies, simulation, probes, known] = await Promise.all([
      readRolePolicies({ ...reading, roleName: role.roleName, details, lists, ...all.policies }),
      simulatePermissions([...all.ongoing, ...all.setup], formatRoleArn(role), situation, reading),
      probePermissions(
        probed.flatMap(({ permissions }) => permissions),
        { aws, region: request.region, credentials: session.credentials, signal },
      ),
      details,
    ]);
    const description = known.ok ? known.value.description : undefined;
    const features = featuresOfRole(description) ?? request.features ?? defaultFeatures(config);
    const agreed = agreedGrants(all, { features, customersBoundary: hasCustomersBoundary(description) });
    return { policies, simulation, probes, agreed };
  };
  type Observed = Awaited<ReturnType<typeof observe>>;
  const lacks = ({ policies, agreed: { ongoing, limits, managed, boundary } }: Observed) =>
    findGaps(ongoing, policies, limits).some(({ reason }) => reason === "missing") ||
    unattached(managed.ongoing, policies).length > 0 ||
    boundaryFault(boundary, policies) !== undefined;
  const judgeSetup = ({ policies, simulation, agreed }: Observed) =>
    checkSetupPermissions({
      ...agreed,
      policies,
      simulation,
      expected: request.expectSetup,
      longestSeconds: config.setupExpiresAfterSeconds,
      now: clock(),
    });

  const observed = await retry(observe, {
    ...retrying(dependencies, Math.min(inspection.deadline, clock().getTime() + SETTLE_MILLISECONDS), signal),
    again: (found) => request.waitForPropagation && (lacks(found) || judgeSetup(found).check.status === "failed"),
    onWait: (attempt, found) =>
      progress.waiting(lacks(found) ? "ongoing-permissions" : "setup-permissions", "iam-propagation", attempt),
  });

  if ((await inspection.secrecy) === "insecure") {
    progress.skip(IDS, STOPPED);
    return { state: "unknown" };
  }
  const { policies, simulation, probes, agreed } = observed;
  const { ongoing: expected, limits, managed, features } = agreed;
  const { roleName } = role;
  await inspection.stackKnown;
  progress.finish(
    checkOngoingPermissions({ expected, limits, managed: managed.ongoing, roleName, policies, simulation, probes }),
  );
  const { check: found, ...result } = judgeSetup(observed);
  progress.finish(found);
  progress.finish(checkExcessPermissions({ ...agreed, policies, serviceName: config.serviceName, path: role.path }));
  return { ...result, policies, features };
}
