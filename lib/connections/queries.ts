import "server-only";
import { config } from "@/lib/config";
import {
  type ReviewedStack,
  reviewBoundary,
  reviewManagedPolicies,
  reviewPermissions,
  verdictFacts,
} from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { latestVerification } from "@/lib/verifications/queries";
import type { VerificationView } from "@/lib/verifications/schema";
import type { PermissionReviewView } from "./review-schema";
import type { ConnectionDetail, ConnectionSummary } from "./schema";
import { detailOf, summaryColumns, summaryOf } from "./views";

export { dropSetupInstructions } from "./drop-setup-instructions";
export { exitInstructions } from "./exit-instructions";
export { launchInstructions } from "./launch-instructions";
export { connectionOfRequest, suggestedConnection } from "./new-connection";
export { regionGroups } from "./regions";
export { reviewFile } from "./review-file";
export { rotationView } from "./rotation-view";
export { stackRepairs } from "./stack-repairs";

/** The customer's connections, newest first. */
export async function listConnections(access: CustomerAccess): Promise<ConnectionSummary[]> {
  const { customer: _, ...columns } = summaryColumns;
  const rows = await db.connection.findMany({
    where: { customerId: access.customer.id },
    select: columns,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 500,
  });
  return rows.map((row) => summaryOf({ ...row, customer: access.customer }));
}

/** @throws AppError `not-found`, also for someone else's */
export async function getConnection(access: CustomerAccess, connectionId: string): Promise<ConnectionDetail> {
  return detailOf({ ...(await findOwnConnection(access, connectionId)), customer: access.customer });
}

/**
 * A connection and its latest verification. The verification is read first: one that ends between the two reads is shown as
 * running beside what it led to, and the page follows it to its end. The other way round it would be shown as ended beside what
 * was before, and nothing would put that right.
 * @throws AppError `not-found`
 */
export async function getConnectionAndVerification(
  access: CustomerAccess,
  connectionId: string,
): Promise<{ connection: ConnectionDetail; verification: VerificationView | null }> {
  const verification = await latestVerification(access, connectionId);
  const connection = await getConnection(access, connectionId);
  // What was found of a role that an admin rejected says nothing of the next.
  return { connection, verification: connection.roleArn === null ? null : verification };
}

/**
 * Everything that the template grants, in plain words, from the config that also makes the template. With what was chosen it shows
 * what that comes to; without, all that may be chosen.
 */
export function permissionReview(stack?: ReviewedStack, features?: readonly string[]): PermissionReviewView {
  if (stack || features) return reviewOf(stack, features);
  wholeReview ??= reviewOf();
  return wholeReview;
}

/** Is the same for everyone as long as the process lives, and takes longer to make than the page that shows it. */
let wholeReview: PermissionReviewView | undefined;

function reviewOf(stack: ReviewedStack = {}, features?: readonly string[]): PermissionReviewView {
  const isChosen = ({ feature }: { feature?: string }) =>
    features === undefined || feature === undefined || features.includes(feature);
  const permissions = reviewPermissions(config, stack).filter(isChosen);
  const managedPolicies = reviewManagedPolicies(config, stack).filter(isChosen);
  return {
    // The statement as JSON has nothing that is not in the others.
    permissions: permissions.map(({ json: _json, ...permission }) => permission),
    managedPolicies,
    verdict: verdictFacts(permissions, managedPolicies),
    boundary: reviewBoundary(config, stack),
    features: config.features.map(({ id, title, why, default: chosen }) => ({ id, title, why, default: chosen })),
  };
}
