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

export const metadata: Metadata = { title: "Remove setup permissions" };

export default async function DropSetupPage({ params }: { params: StepParams }) {
  const { access, connection, mark, verification } = await openVerifiedStep(params);
  if (!connection.provenAt) redirect(setupPath(connection.customer, connection.id, "verify"));
  const instructions = await dropSetupInstructions(access, connection.id);
  const done = isSetupOver(connection.setupPermissions);
  return (
    <WizardFrame
      customer={connection.customer}
      connection={connection}
      mark={mark}
      step="drop-setup"
      title={done ? "Your account is connected" : "Remove the setup permissions"}
      description={
        done
          ? `From now on ${branding.productName} has only the ongoing permissions. This page is your receipt.`
          : "They were needed only for setup. Once you remove them, the role keeps the ongoing permissions only, and we verify that."
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
