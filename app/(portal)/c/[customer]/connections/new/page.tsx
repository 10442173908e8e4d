import type { Metadata } from "next";
import { NewConnectionForm } from "@/components/wizard/new-connection-form";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { createConnection } from "@/lib/connections/actions";
import { defaultRegion, permissionReview, regionChoices } from "@/lib/connections/queries";
import { partitionFacts } from "@/lib/crossaccount";

export const metadata: Metadata = { title: "Connect an AWS account" };

export default async function NewConnectionPage({ params }: { params: Promise<{ customer: string }> }) {
  const { customer } = await requireCustomer(decodeURIComponent((await params).customer), "admin");
  return (
    <WizardFrame
      customer={customer.reference}
      connection={null}
      step="external-id"
      title="Connect an AWS account"
      description={`Name the account and choose its region. You then see exactly what ${branding.productName} may do in it, before anything happens.`}
    >
      <NewConnectionForm
        customer={customer.reference}
        regions={regionChoices().map((choice) => ({
          ...choice,
          partitionName: partitionFacts[choice.partition].displayName,
        }))}
        defaultRegion={defaultRegion()}
        features={permissionReview().features}
        createConnection={createConnection}
      />
    </WizardFrame>
  );
}
