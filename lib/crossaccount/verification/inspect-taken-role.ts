import { takenRole } from "../checks/identity";
import { readRoleDetails } from "../checks/role-details";
import { explainForeignTrust } from "../checks/trust/trust-policy";
import type { VerificationOutcome } from "../status";
import { CHECK_IDS } from "../types";
import { createRead, type Inspection } from "./inspection";
import { trustOf } from "./trust-of";

type TakenRole = Pick<Inspection, "dependencies" | "request" | "role" | "session" | "progress" | "deadline">;

const WHY = "The role is another connection's, so it was not looked at further.";

/**
 * Refuses a role that another connection has. It may be someone else's, so nothing of it is shown but this, and that its trust
 * policy names external IDs of several connections, where it does.
 */
export async function inspectTakenRole(taken: TakenRole): Promise<VerificationOutcome> {
  const { dependencies, request, role, session, progress, deadline } = taken;
  progress.begin("identity");
  progress.begin("trust-policy");
  const iam = dependencies.aws.sessionIam(request.region, session.credentials);
  const details = await readRoleDetails(role.roleName, {
    iam,
    read: createRead(dependencies, deadline, request.signal),
  });
  const foreign = details.ok ? explainForeignTrust(await trustOf(taken, details.value)) : null;
  progress.finish(takenRole());
  if (foreign) progress.finish(foreign);
  const done = ["role-arn", "assume-role", "identity", ...(foreign ? ["trust-policy"] : [])];
  progress.skip(
    CHECK_IDS.filter((id) => !done.includes(id)),
    WHY,
  );
  return foreign ? "insecure" : "failed";
}
