import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { setupPath } from "@/components/connections/paths";
import { DropSetupStep } from "@/components/wizard/drop-setup-step";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { branding } from "@/lib/branding";
import { dropSetupInstructions } from "@/lib/connections/queries";
import { isSetupOver } from "@/lib/crossaccount/status";
import { cancelVerification, startVerification } from "@/lib/verifications/actions";
import { openVerifiedStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "Drop setup permissions" };

export default async function DropSetupPage({ params }: { params: StepParams }) {
  const { access, connection, verification } = await openVerifiedStep(params);
  if (!connection.provenAt) redirect(setupPath(connection.customer, connection.id, "verify"));
  const instructions = await dropSetupInstructions(access, connection.id);
  const done = isSetupOver(connection.setupPermissions);
  return (
    <WizardFrame
      customer={connection.customer}
      connection={connection}
      step="drop-setup"
      title={done ? "Your account is connected" : "Drop the setup permissions"}
      description={
        done
          ? `From now on ${branding.productName} has the ongoing permissions alone. This page stays as your receipt.`
          : "They were needed to set things up. Without them the role keeps the ongoing permissions only, and we prove it."
      }
    >
      <DropSetupStep
        connection={connection}
        verification={verification}
        instructions={instructions}
        startVerification={startVerification}
        cancelVerification={cancelVerification}
      />
    </WizardFrame>
  );
}
