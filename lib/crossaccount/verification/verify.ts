import { setImmediate as nextTurn } from "node:timers/promises";
import type { RoleSession } from "../aws/assume-role";
import { formatRoleArn } from "../aws/role-arn";
import { checkAssumeRole } from "../checks/assume-role";
import type { Result } from "../checks/aws-reading";
import { listPolicies } from "../checks/permissions/role-policies";
import { checkRejectWrongExternalId } from "../checks/reject-wrong-external-id";
import { checkRoleArn, type RoleArnResult } from "../checks/role-arn";
import { type RoleDetails, readRoleDetails } from "../checks/role-details";
import { CrossAccountError } from "../errors";
import type { VerificationOutcome } from "../status";
import { stackNameOfRole } from "../template";
import { CHECK_IDS, type RotationSight, type VerificationReport } from "../types";
import { failureContext } from "./failure-context";
import { inspectIdentity } from "./inspect-identity";
import { inspectPermissions } from "./inspect-permissions";
import { inspectRole } from "./inspect-role";
import { inspectTakenRole } from "./inspect-taken-role";
import { createRead, type Inspection } from "./inspection";
import { createProbe, type Probe, probePositively } from "./probe";
import { createProgress, type Progress } from "./progress";
import { createRepairs, type Repairs } from "./repairs";
import { reportSubject } from "./report-subject";
import { deadlineOf, type VerifyDependencies, type VerifyRequest } from "./request";
import { pictureOf } from "./role-snapshot";
import { askRotatedId, isListed } from "./rotated-id";
import { type ProvenSecrecy, proveSecrecy, type Secrecy } from "./secrecy";

// Once a role was assumed after a long wait, what follows still gets time for an answer.
const GRACE_MILLISECONDS = 15_000;
const AFTER_ROLE_ARN = CHECK_IDS.slice(CHECK_IDS.indexOf("assume-role"));
const AFTER_ASSUME_ROLE = CHECK_IDS.slice(CHECK_IDS.indexOf("assume-role") + 1);

type Examination = Pick<Inspection, "dependencies" | "request" | "role" | "session" | "progress" | "deadline">;

type Findings = Pick<
  VerificationReport,
  | "outcome"
  | "setupPermissions"
  | "setupExpiresAt"
  | "features"
  | "roleId"
  | "accountId"
  | "picture"
  | "trustSeen"
  | "rotation"
>;

/**
 * Runs the checks on a role: first the positive probe, then, side by side, the negative ones, who the session is and what
 * it may do. What is wrong with the role is in the report.
 * @throws CrossAccountError `aborted`, `access-log-failed`, `region-not-supported`, `partition-not-configured`; and what the
 * source of random bytes throws
 */
export async function verifyRole(
  dependencies: VerifyDependencies,
  request: VerifyRequest,
): Promise<VerificationReport> {
  const started = dependencies.clock();
  const arn = checkRoleArn({ ...request, config: dependencies.config, pinnedAccountId: request.accountId });
  const roleArn = arn.role ? formatRoleArn(arn.role) : request.roleArn;
  const repairs = createRepairs(dependencies, request, arn.role);
  const subject = { roleArn, externalId: request.externalId, rotatedId: request.next?.externalId };
  const progress = createProgress(subject, request.onCheck, repairs.ways);
  progress.begin("role-arn");
  progress.finish(arn.check);

  const findings = await findingsOn(arn, dependencies, { ...request, roleArn }, { progress, repairs }, started);
  if (request.signal?.aborted) throw new CrossAccountError("aborted", "The verification was stopped.");
  return {
    ...findings,
    stackName: repairs.stackName(),
    checks: progress.checks(),
    subject: reportSubject(roleArn, idOfReport(request, findings)),
    startedAt: started.toISOString(),
    finishedAt: dependencies.clock().toISOString(),
  };
}

function idOfReport({ externalId, next }: VerifyRequest, { rotation }: Findings): string {
  return rotation?.inUse === "next" && next ? next.externalId : externalId;
}

async function findingsOn(
  { role }: RoleArnResult,
  dependencies: VerifyDependencies,
  request: VerifyRequest,
  { progress, repairs }: { progress: Progress; repairs: Repairs },
  started: Date,
): Promise<Findings> {
  if (!role) {
    progress.skip(AFTER_ROLE_ARN, "The role ARN is not usable.");
    return { outcome: "failed", setupPermissions: "unknown" };
  }
  const roleArn = formatRoleArn(role);
  const probe = createProbe(dependencies, request, roleArn);
  const deadline = deadlineOf(request, started);
  const assumed = await assume(probe, dependencies, request, progress, deadline);
  if ("outcome" in assumed) {
    progress.skip(AFTER_ASSUME_ROLE, "The role could not be assumed.");
    const neither = request.next && { rotation: {} };
    return { outcome: assumed.outcome, setupPermissions: "unknown", accountId: role.accountId, ...neither };
  }
  const { session, externalId } = assumed;
  const extended = Math.max(deadline, dependencies.clock().getTime() + GRACE_MILLISECONDS);
  const used = requestWith(request, externalId);
  const given: Examination = { dependencies, request: used, role, session, progress, deadline: extended };
  // Asked only now: whoever is not let in by the role learns nothing of whose it is.
  if (await dependencies.registry?.isRoleTaken(roleArn, request)) {
    return { outcome: await inspectTakenRole(given), setupPermissions: "unknown", accountId: role.accountId };
  }
  return examine(probe, given, repairs);
}

/** Everything that follows is about the external ID that AWS accepted; the other one of two is this connection's too. */
function requestWith(request: VerifyRequest, externalId: string): VerifyRequest {
  const { next } = request;
  if (!next) return request;
  return { ...request, externalId, rotatedId: externalId === next.externalId ? request.externalId : next.externalId };
}

async function assume(
  probe: Probe,
  dependencies: VerifyDependencies,
  request: VerifyRequest,
  progress: Progress,
  deadline: number,
): Promise<{ session: RoleSession; externalId: string } | { outcome: VerificationOutcome }> {
  progress.begin("assume-role");
  const onWait = (waitingFor: "iam-propagation" | "retry", attempt: number) =>
    progress.waiting("assume-role", waitingFor, attempt);
  const { result, externalId, ...effort } = await probePositively(probe, dependencies, request, { deadline, onWait });
  const { region } = request;
  if (result.ok) {
    progress.finish(checkAssumeRole({ ...effort, region }));
    return { session: result.session, externalId };
  }
  const context = await failureContext(dependencies, request, result.failure, effort.elapsedMs);
  const found = progress.finish(checkAssumeRole({ ...effort, failure: result.failure, region, context }));
  return { outcome: found.status === "failed" ? "failed" : "inconclusive" };
}

async function examine(probe: Probe, given: Examination, repairs: Repairs): Promise<Findings> {
  const { dependencies, request, role, session, progress, deadline } = given;
  const halt = new AbortController();
  const onInsecure = () => halt.abort();
  const signal = request.signal ? AbortSignal.any([request.signal, halt.signal]) : halt.signal;
  const iam = dependencies.aws.sessionIam(request.region, session.credentials);
  // What leads to further questions is on its way before the many requests that end with their own answer.
  const lists = listPolicies(role.roleName, { iam, read: createRead(dependencies, deadline, signal) });
  // Asked for without the signal that an insecure role gives: what it says explains why.
  const details = readRoleDetails(role.roleName, { iam, read: createRead(dependencies, deadline, request.signal) });
  await nextTurn();
  const proving = proveSecrecy(probe, dependencies, request, { deadline, progress, signal, onInsecure });
  const secrecy = proving.then((proven) => proven.secrecy);
  const stackKnown = Promise.all([details, secrecy]).then(([read, proven]) => {
    // A role that anybody may assume may be anybody's, so its stack is not named.
    const name = read.ok && proven !== "insecure" ? stackNameOfRole(read.value.description) : undefined;
    if (name) repairs.learnStack(name);
  });
  const inspection: Inspection = { ...given, iam, details, lists, signal, secrecy, stackKnown };
  const rotating = rotationOf(probe, inspection, proving);
  try {
    const [setup, proven, identity, trust, rotation] = await Promise.all([
      inspectPermissions(inspection),
      secrecy,
      inspectIdentity(inspection),
      inspectRole(inspection),
      rotating,
      stackKnown,
    ]);
    const findings: Findings = {
      outcome: outcomeOf(proven, identity, trust),
      setupPermissions: setup.state,
      setupExpiresAt: setup.expiresAt,
      features: setup.features,
      accountId: role.accountId,
      ...trustSeen(await details, dependencies.clock()),
      ...(rotation && { rotation }),
    };
    // A role that was never proven, and that anyone may assume, may be anyone's.
    if (proven === "insecure" && request.roleId === undefined) return findings;
    const { roleId } = session;
    const { externalId, rotatedId } = request;
    const subject = { roleId, roleArn: formatRoleArn(role), externalId, rotatedId };
    return {
      ...findings,
      roleId,
      picture: pictureOf({ ...subject, details: await details, policies: setup.policies }),
    };
  } finally {
    halt.abort();
  }
}

/** Ends the check of wrong external IDs; while one is rotated, with what AWS answered to the other one. */
async function rotationOf(
  probe: Probe,
  { dependencies, request, deadline, signal, progress, details }: Inspection,
  proving: Promise<ProvenSecrecy>,
): Promise<RotationSight | undefined> {
  const { secrecy, wrong } = await proving;
  const { rotatedId, externalId, next } = request;
  if (rotatedId === undefined || secrecy === "insecure") {
    progress.finish(checkRejectWrongExternalId(wrong));
    return rotatedId === undefined ? undefined : { inUse: externalId === next?.externalId ? "next" : "current" };
  }
  const inUse = externalId === next?.externalId ? "next" : "current";
  const other = await askRotatedId(probe, dependencies, request, { rotatedId, inUse, deadline, signal, progress });
  progress.finish(checkRejectWrongExternalId({ ...wrong, rotation: { inUse, other } }));
  const otherListed = isListed(rotatedId, await details);
  return { inUse, ...(other && { other }), ...(otherListed !== undefined && { otherListed }) };
}

function trustSeen(details: Result<RoleDetails>, at: Date): Pick<VerificationReport, "trustSeen"> {
  const denied = !details.ok && details.unreadable.failure.kind === "refused";
  return details.ok || denied ? { trustSeen: { as: details.ok ? "read" : "denied", at: at.toISOString() } } : {};
}

function outcomeOf(
  secrecy: Secrecy,
  identity: Awaited<ReturnType<typeof inspectIdentity>>,
  trust: Awaited<ReturnType<typeof inspectRole>>,
): VerificationOutcome {
  if (secrecy === "insecure" || trust === "open") return "insecure";
  if (identity === "differs") return "failed";
  return secrecy === "kept" && identity === "matches" && trust === "closed" ? "proven" : "inconclusive";
}
