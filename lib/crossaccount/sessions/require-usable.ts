import { type AssumptionDependencies, recordAssumption } from "../aws/recorded-assumption";
import { CrossAccountError, type CrossAccountErrorCode } from "../errors";
import { isUsable } from "../status";
import type { StoredConnection } from "../types";
import type { SessionRequest } from "./session-request";

/**
 * Our own refusal is in the access log like one of AWS.
 * @throws CrossAccountError `connection-unusable`
 */
export async function requireUsable(
  { accessLog, clock }: Pick<AssumptionDependencies, "accessLog" | "clock">,
  connection: StoredConnection,
  request: SessionRequest,
): Promise<void> {
  if (isUsable(connection.status) && connection.roleArn) return;
  const code: CrossAccountErrorCode = "connection-unusable";
  await recordAssumption(accessLog, {
    customerId: connection.customerId,
    connectionId: connection.connectionId,
    actor: request.actor,
    purpose: request.purpose,
    region: request.region ?? connection.region,
    sessionName: "",
    outcome: "refused",
    errorCode: code,
    latencyMs: 0,
    probe: false,
    at: clock(),
  });
  throw new CrossAccountError(
    code,
    `The connection is ${connection.status}; credentials are issued only when it is active, in setup or degraded.`,
  );
}
