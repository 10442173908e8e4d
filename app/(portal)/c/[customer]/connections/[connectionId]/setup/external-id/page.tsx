import type { Metadata } from "next";
import { ExternalIdStep } from "@/components/wizard/external-id-step";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { branding } from "@/lib/branding";
import { permissionReview } from "@/lib/connections/queries";
import { reviewedStack } from "../../reviewed-stack";
import { openStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "External ID" };

export default async function ExternalIdPage({ params }: { params: StepParams }) {
  const { connection } = await openStep(params);
  return (
    <WizardFrame
      customer={connection.customer}
      connection={connection}
      step="external-id"
      title="What you agree to"
      description={`${branding.productName} will use a role in your account. This is the ID that protects it, and everything it allows.`}
    >
      <ExternalIdStep
        productName={branding.productName}
        connection={connection}
        review={permissionReview(reviewedStack(connection), connection.features)}
      />
    </WizardFrame>
  );
}
