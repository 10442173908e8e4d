import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { RoleArnParts } from "../arn";
import type { RoleSession } from "../assume-role";
import { check, fact } from "../checks/check";
import { checkIdentity } from "../checks/identity";
import { checkOngoingPermissions } from "../checks/ongoing-permissions";
import { type ExpectedStatement, expectedStatements, findGaps } from "../checks/permission-gaps";
import { type AwsRead, type RolePolicies, readRolePolicies } from "../checks/role-policies";
import { checkSetupPermissions, type SetupResult } from "../checks/setup-permissions";
import { type AwsFailure, classifyError } from "../classify-error";
import { retry } from "../retry";
import { expectedPolicies } from "../template";
import type { Progress } from "./progress";
import { retrying, type VerifyDependencies, type VerifyRequest } from "./request";

const READ_MILLISECONDS = 10_000;
const SETTLE_MILLISECONDS = 15_000;
const STOPPED = "The session was not used further, because the role is insecure.";

/** A session of the role and what may be done with it until when. */
export interface Inspection {
  dependencies: VerifyDependencies;
  request: VerifyRequest;
  role: RoleArnParts;
  session: RoleSession;
  progress: Progress;
  deadline: number;
  /** Aborts when the role turns out to be insecure. */
  signal: AbortSignal;
}

/** Asks AWS who the session is. */
export async function inspectIdentity(inspection: Inspection): Promise<"matches" | "differs" | "inconclusive"> {
  const { dependencies, request, role, session, progress, signal } = inspection;
  progress.begin("identity");
  try {
    const sts = dependencies.aws.sessionSts(request.region, session.credentials);
    const identity = await createRead(inspection)((options) => sts.send(new GetCallerIdentityCommand({}), options));
    const found = progress.finish(
      checkIdentity({
        callerAccountId: identity.Account ?? "",
        roleId: session.roleId,
        arnAccountId: role.accountId,
        pinnedAccountId: request.accountId,
        knownRoleId: request.roleId,
      }),
    );
    return found.status === "failed" ? "differs" : "matches";
  } catch (error) {
    if (signal.aborted) {
      progress.skip(["identity"], STOPPED);
      return "inconclusive";
    }
    progress.finish(
      check("identity", "warning", [fact("AWS's answer", classifyError(error).code)], {
        cause: "AWS gave no clear answer about who the session is.",
        confidence: "certain",
        remedy: "Verify again in a minute. What was known of this connection stays as it was.",
      }),
    );
    return "inconclusive";
  }
}

/** Reads the role's policies and compares them with the template, again for a while when a change may be spreading. */
export async function inspectPermissions(inspection: Inspection): Promise<Omit<SetupResult, "check">> {
  const { dependencies, request, role, session, progress, signal } = inspection;
  const { clock, config, aws } = dependencies;
  const expected = expectedPolicies(config, role);
  const ongoing = expectedStatements(expected.ongoing);
  const setup = expectedStatements(expected.setup);
  const iam = aws.sessionIam(request.region, session.credentials);
  const read = createRead(inspection);

  progress.begin("ongoing-permissions");
  progress.begin("setup-permissions");
  const judgeSetup = (policies: RolePolicies) =>
    checkSetupPermissions({ setup, ongoing, policies, expected: request.expectSetup, now: clock() });
  const policies = await retry(() => readRolePolicies(role.roleName, { iam, read }), {
    ...retrying(dependencies, Math.min(inspection.deadline, clock().getTime() + SETTLE_MILLISECONDS), signal),
    again: (found) =>
      request.waitForPropagation && (lacks(ongoing, found) || judgeSetup(found).check.status === "failed"),
    onWait: (attempt, found) =>
      progress.waiting(lacks(ongoing, found) ? "ongoing-permissions" : "setup-permissions", "iam-propagation", attempt),
  });

  if (signal.aborted) {
    progress.skip(["ongoing-permissions", "setup-permissions"], STOPPED);
    return { state: "unknown" };
  }
  progress.finish(checkOngoingPermissions({ expected: ongoing, policies }));
  const { check: found, ...result } = judgeSetup(policies);
  progress.finish(found);
  return result;
}

function lacks(ongoing: readonly ExpectedStatement[], policies: RolePolicies): boolean {
  return findGaps(ongoing, policies).some(({ reason }) => reason === "missing");
}

/** A new session may be unknown for a moment where it is used first. */
function mayPass({ kind }: AwsFailure): boolean {
  return kind === "inconclusive" || kind === "own-identity";
}

/** Reads that are limited in time and repeated while AWS gives no answer. */
function createRead({ dependencies, deadline, signal }: Inspection): AwsRead {
  return async (read) => {
    const attempt = async () => {
      try {
        const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(READ_MILLISECONDS)]);
        return { ok: true as const, value: await read({ abortSignal }) };
      } catch (error) {
        return { ok: false as const, error };
      }
    };
    const result = await retry(attempt, {
      ...retrying(dependencies, deadline, signal),
      again: (answer) => !answer.ok && mayPass(classifyError(answer.error)),
    });
    if (result.ok) return result.value;
    throw result.error;
  };
}
