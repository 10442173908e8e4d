import type { RoleDetails } from "../checks/role-details";
import { parseTrustPolicy } from "../checks/trust/document";
import { namedExternalIds } from "../checks/trust/external-id";
import type { TrustPolicyInput } from "../checks/trust/trust-policy";
import type { Inspection } from "./inspection";

type Subject = Pick<Inspection, "dependencies" | "request" | "role">;

/** A role's trust policy with what is needed to judge it: whose the external IDs are that it names besides. */
export async function trustOf(
  { dependencies, request, role }: Subject,
  { trustPolicy: document }: Pick<RoleDetails, "trustPolicy">,
): Promise<TrustPolicyInput> {
  const { config, registry } = dependencies;
  const { externalId, rotatedId } = request;
  const further = namedExternalIds(parseTrustPolicy(document) ?? []).filter(
    (id) => id !== externalId && id !== rotatedId,
  );
  const others = registry && further.length > 0 ? await registry.issuedToOthers(further, request) : [];
  return {
    document,
    config,
    role,
    externalId,
    rotatedId,
    othersExternalIds: new Set(others),
    now: dependencies.clock(),
  };
}
