import type { Metadata } from "next";
import { reviewFilePath } from "@/components/connections/paths";
import { PermissionReview } from "@/components/connections/permission-review";
import { SeenPermissions } from "@/components/verifications/seen-permissions";
import { branding } from "@/lib/branding";
import { permissionReview } from "@/lib/connections/queries";
import { reviewedStack } from "../../reviewed-stack";
import { openConnection, openVerification, type TabParams } from "../open-connection";

export const metadata: Metadata = { title: "Permissions" };

/** What the role should be allowed, and what was last seen of it. */
export default async function PermissionsTab({ params }: { params: TabParams }) {
  const { connection } = await openConnection(params);
  return (
    <div className="space-y-6">
      {connection.roleArn ? (
        <SeenPermissions verification={await openVerification(params)} externalId={connection.externalId} />
      ) : null}
      <PermissionReview
        productName={branding.productName}
        review={permissionReview(reviewedStack(connection), connection.features)}
        chosen={connection.features}
        setupGone={connection.setupPermissions === "gone"}
        downloadPath={reviewFilePath(connection.customer, connection.id)}
      />
    </div>
  );
}
