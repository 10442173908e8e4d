import { createHash } from "node:crypto";
import type { CrossAccountConfig } from "../config/config";

const SUFFIX_DIGITS = 10;

/** Names of a connection's stack and role: the same for every link of a connection, different between connections. */
export function stackNames(
  { serviceName, role }: Pick<CrossAccountConfig, "serviceName" | "role">,
  connectionId: string,
): { stackName: string; roleName: string } {
  const suffix = createHash("sha256").update(connectionId).digest("hex").slice(0, SUFFIX_DIGITS);
  return { stackName: `${serviceName}-${suffix}`, roleName: `${role.name ?? `${serviceName}-CrossAccount`}-${suffix}` };
}
