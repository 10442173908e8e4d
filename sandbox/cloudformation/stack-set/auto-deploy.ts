import { randomUUID } from "node:crypto";
import { ancestors, type Organization } from "../../organization/organizations";
import type { RequestContext } from "../../service";
import { administrator } from "../../service/principals";
import { trustedService } from "./permission";
import { findInstance, runOperation } from "./run-operation";
import { addInstances, placeOf } from "./stack-instances";
import { type StackInstance, type StackSet, type StackSetOperation, stackSets } from "./state";

interface Move {
  organization: Organization;
  accountId: string;
  /** Root or unit that it leaves; absent for an account that joins. */
  from?: string;
  to: string;
}

/**
 * Gives an account that comes into a part of the organization what stack sets have there, with their own parameter
 * values, and takes away what they had given it where it was.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export async function autoDeploy(move: Move, context: RequestContext): Promise<void> {
  const { organization, accountId } = move;
  const isTrusted = organization.trustedServices.some(({ principal }) => principal === trustedService);
  if (!isTrusted || accountId === organization.managementAccountId) return;
  const automatic = stackSets(context.store).filter(
    (set) =>
      set.accountId === organization.managementAccountId &&
      set.partition === organization.partition &&
      set.status === "ACTIVE" &&
      set.permission.model === "SERVICE_MANAGED" &&
      set.permission.automatic,
  );
  for (const set of automatic) await follow(set, move, context);
}

async function follow(set: StackSet, { organization, accountId, to }: Move, context: RequestContext): Promise<void> {
  const around = ancestors(organization, to);
  const due = new Set(set.targets.filter(({ unitId }) => around.includes(unitId)).flatMap(({ regions }) => regions));
  const present = set.instances.filter(({ account }) => account === accountId);
  for (const instance of present) if (due.has(instance.region)) instance.unitId = to;
  const gone = present.filter(({ region }) => !due.has(region));
  const missing = [...due].filter((region) => !findInstance(set, { account: accountId, region }));
  const own = context.actAs(administrator(set.accountId, set.partition), set.region);
  if (gone.length > 0) {
    const retainStacks = set.permission.model === "SERVICE_MANAGED" && set.permission.retainOnRemoval;
    await runOperation(set, { ...operation("DELETE", own), retainStacks }, gone.map(placeOf), own);
  }
  if (missing.length === 0) return;
  const instances = missing.map((region): StackInstance => {
    return { account: accountId, region, unitId: to, overrides: [], status: "OUTDATED", detail: "PENDING" };
  });
  addInstances(set, instances);
  await runOperation(set, operation("CREATE", own), instances.map(placeOf), own);
}

function operation(action: "CREATE" | "DELETE", { now }: RequestContext): StackSetOperation {
  const createdAt = now().getTime();
  return { id: randomUUID(), action, status: "RUNNING", createdAt, tolerance: { count: 0 }, results: [] };
}
