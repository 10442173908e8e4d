import type { Metadata } from "next";
import { LaunchStep } from "@/components/connect/launch-step";
import { WizardFrame } from "@/components/connect/wizard-frame";
import { branding } from "@/lib/branding";
import { markLaunched } from "@/lib/connections/actions";
import { launchInstructions } from "@/lib/connections/queries";
import { openStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "Launch" };

export default async function LaunchPage({ params }: { params: StepParams }) {
  const { access, connection } = await openStep(params);
  const instructions = await launchInstructions(access, connection.id);
  return (
    <WizardFrame
      customer={connection.customer}
      connection={connection}
      step="launch"
      title="Create the role"
      description={`AWS CloudFormation creates the role for ${branding.productName} as one stack, which you can delete as one, too.`}
    >
      <LaunchStep connection={connection} instructions={instructions} markLaunched={markLaunched} />
    </WizardFrame>
  );
}
