import type { Metadata } from "next";
import { RotationPanel } from "@/components/rotation/rotation-panel";
import { branding } from "@/lib/branding";
import { abandonRotation, followRotation, startRotation } from "@/lib/connections/actions";
import { rotationView } from "@/lib/connections/queries";
import { openConnection, type TabParams } from "../open-connection";

export const metadata: Metadata = { title: "Rotate external ID" };

export default async function RotationPage({ params }: { params: TabParams }) {
  const { access, connection } = await openConnection(params);
  return (
    <div className="max-w-3xl">
      <RotationPanel
        customer={connection.customer}
        connectionId={connection.id}
        rotation={await rotationView(access, connection.id)}
        productName={branding.productName}
        mayAct={access.role === "admin"}
        actions={{ startRotation, abandonRotation, followRotation }}
      />
    </div>
  );
}
