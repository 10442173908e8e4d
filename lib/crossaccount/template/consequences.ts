import type { Permission } from "../grants/permission";
import { findEscalations } from "../policy/escalation";

/** What each permission makes possible beyond what it lists, all of them taken together; by sid. */
export function consequences(permissions: readonly Permission[]): ReadonlyMap<string, readonly string[]> {
  const bySid = new Map<string, readonly string[]>();
  for (const { grantIndex, allows, leadsTo } of findEscalations(permissions)) {
    const { sid = "" } = permissions[grantIndex] ?? {};
    bySid.set(sid, [...new Set([...(bySid.get(sid) ?? []), `${allows} ${leadsTo}`])]);
  }
  return bySid;
}
