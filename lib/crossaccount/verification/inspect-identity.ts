import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type AwsFailure, classifyError } from "../aws/classify-error";
import { diagnosed } from "../checks/diagnosed";
import { checkIdentity } from "../checks/identity";
import { diagnose } from "../diagnosis";
import { createRead, type Inspection, STOPPED } from "./inspection";

/** Asks AWS who the session is, and compares the role's last use with ours. */
export async function inspectIdentity(inspection: Inspection): Promise<"matches" | "differs" | "inconclusive"> {
  const { dependencies, request, role, session, progress } = inspection;
  const begun = dependencies.clock();
  progress.begin("identity");
  const answer = await askIdentity(inspection);
  if ((await inspection.secrecy) === "insecure") {
    progress.skip(["identity"], STOPPED);
    return "inconclusive";
  }
  if ("failure" in answer) {
    progress.finish(diagnosed("identity", "warning", diagnose({ call: "session", failure: answer.failure })));
    return "inconclusive";
  }
  const details = await inspection.details;
  const known = details.ok ? details.value : undefined;
  const { accountMatches, check } = checkIdentity({
    callerAccountId: answer.accountId,
    roleId: session.roleId,
    arnAccountId: role.accountId,
    pinnedAccountId: request.accountId,
    knownRoleId: request.roleId,
    createdAt: known?.createdAt,
    usage: {
      lastUsedAt: known?.lastUsedAt,
      lastUsedRegion: known?.lastUsedRegion,
      lastAssumedAt: request.lastAssumedAt,
      begun,
    },
  });
  progress.finish(check);
  return accountMatches ? "matches" : "differs";
}

async function askIdentity({
  dependencies,
  request,
  session,
  deadline,
  signal,
}: Inspection): Promise<{ accountId: string } | { failure: AwsFailure }> {
  const sts = dependencies.aws.sessionSts(request.region, session.credentials);
  try {
    const read = createRead(dependencies, deadline, signal);
    const { Account = "" } = await read((options) => sts.send(new GetCallerIdentityCommand({}), options));
    return { accountId: Account };
  } catch (error) {
    return { failure: classifyError(error) };
  }
}
