import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { classifyError } from "../aws/classify-error";
import type { AwsClients } from "../aws/clients";
import { assumptionError } from "../sessions/assumption-error";
import type { IssuedCredentials } from "../sessions/sessions";

export interface CustomerIdentity {
  connectionId: string;
  /** By which the customer finds the call in CloudTrail. */
  sessionName: string;
  /** 12 digits. */
  accountId: string;
  /** Of the session, as AWS says it. */
  arn: string;
}

/** Asks AWS by a session of a customer's role who it is. @throws CrossAccountError why there is no answer */
export async function readIdentity(
  { aws }: { aws: AwsClients },
  { credentials, connectionId, sessionName, region }: IssuedCredentials,
): Promise<CustomerIdentity> {
  try {
    const { Account = "", Arn = "" } = await aws
      .sessionSts(region, credentials)
      .send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.timeout(10_000) });
    return { connectionId, sessionName, accountId: Account, arn: Arn };
  } catch (error) {
    throw assumptionError(classifyError(error));
  }
}
