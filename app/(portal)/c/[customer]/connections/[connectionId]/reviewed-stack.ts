import type { ConnectionDetail } from "@/lib/connections/schema";
import { isPartition, type ReviewedStack } from "@/lib/crossaccount";

/** What is known of the connection's stack, so that the permission review shows its real ARNs. */
export function reviewedStack({ partition, accountId, roleName }: ConnectionDetail): ReviewedStack {
  return { partition: isPartition(partition) ? partition : undefined, accountId: accountId ?? undefined, roleName };
}
