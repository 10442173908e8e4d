import type { Metadata } from "next";
import { Suspense } from "react";
import { LaunchStep } from "@/components/wizard/launch-step";
import { StepSkeleton } from "@/components/wizard/step-skeleton";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { branding } from "@/lib/branding";
import { markLaunched } from "@/lib/connections/actions";
import { launchInstructions } from "@/lib/connections/queries";
import { createLink } from "@/lib/links/actions";
import { type OpenedStep, openStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "Launch" };

export default async function LaunchPage({ params }: { params: StepParams }) {
  const { access, connection, mark } = await openStep(params);
  return (
    <WizardFrame
      customer={connection.customer}
      connection={connection}
      mark={mark}
      step="launch"
      title="Create the role"
      description={`AWS CloudFormation creates the role for ${branding.productName} in one stack. To remove everything, delete that stack.`}
    >
      <Suspense fallback={<StepSkeleton />}>
        <Launch access={access} connection={connection} />
      </Suspense>
    </WizardFrame>
  );
}

/** The template is uploaded before there is a link to it, so this part may take a moment. */
async function Launch({ access, connection }: Pick<OpenedStep, "access" | "connection">) {
  const instructions = await launchInstructions(access, connection.id);
  return <LaunchStep {...{ connection, instructions, markLaunched, createLink }} />;
}
