import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { diagnosed } from "../checks/diagnosed";
import { checkIdentity } from "../checks/identity";
import { classifyError } from "../classify-error";
import { diagnose } from "../diagnosis";
import { createRead, type Inspection, STOPPED } from "./inspection";

/** Asks AWS who the session is, and compares the role's last use with ours. */
export async function inspectIdentity(inspection: Inspection): Promise<"matches" | "differs" | "inconclusive"> {
  const { dependencies, request, role, session, progress, deadline, signal } = inspection;
  const begun = dependencies.clock();
  progress.begin("identity");
  try {
    const sts = dependencies.aws.sessionSts(request.region, session.credentials);
    const read = createRead(dependencies, deadline, signal);
    const [identity, details] = await Promise.all([
      read((options) => sts.send(new GetCallerIdentityCommand({}), options)),
      inspection.details,
    ]);
    const { accountMatches, check } = checkIdentity({
      callerAccountId: identity.Account ?? "",
      roleId: session.roleId,
      arnAccountId: role.accountId,
      pinnedAccountId: request.accountId,
      knownRoleId: request.roleId,
      createdAt: details.ok ? details.value.createdAt : undefined,
      usage: {
        lastUsedAt: details.ok ? details.value.lastUsedAt : undefined,
        lastUsedRegion: details.ok ? details.value.lastUsedRegion : undefined,
        lastAssumedAt: request.lastAssumedAt,
        sessionSeconds: dependencies.config.sessionDuration,
        begun,
      },
    });
    progress.finish(check);
    return accountMatches ? "matches" : "differs";
  } catch (error) {
    if (signal.aborted) progress.skip(["identity"], STOPPED);
    else {
      const failure = classifyError(error);
      progress.finish(diagnosed("identity", "warning", diagnose({ call: "session", failure })));
    }
    return "inconclusive";
  }
}
