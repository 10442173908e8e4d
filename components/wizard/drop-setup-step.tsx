import Link from "next/link";
import { connectionPath } from "@/components/connections/paths";
import { buttonStyle } from "@/components/ui/button";
import { VerificationPanel } from "@/components/verifications/verification-panel";
import type { DropSetupInstructions } from "@/lib/connections/schema";
import { isSetupOver } from "@/lib/crossaccount/status";
import type { VerificationView } from "@/lib/verifications/schema";
import { DropSetupWays } from "./drop-setup-ways";
import { Receipt } from "./receipt";
import { StepFooter } from "./step-footer";
import { VerifiedLine } from "./verified-line";
import type { VerifyStepProps } from "./verify-step";

interface DropSetupStepProps extends Omit<VerifyStepProps, "verification"> {
  verification: VerificationView | null;
  instructions: DropSetupInstructions;
}

export function DropSetupStep(props: DropSetupStepProps) {
  const { connection, verification, instructions, startVerification, cancelVerification } = props;
  const home = connectionPath(connection.customer, connection.id);
  if (isSetupOver(connection.setupPermissions)) {
    return (
      <>
        <Receipt connection={connection} verification={verification} />
        <StepFooter>
          <Link href={home} className={buttonStyle({ variant: "primary", size: "large" })}>
            Done
          </Link>
        </StepFooter>
      </>
    );
  }
  return (
    <>
      {verification && isSettled(verification) ? <VerifiedLine verification={verification} /> : null}
      <DropSetupWays instructions={instructions} />
      <VerificationPanel
        customer={connection.customer}
        connectionId={connection.id}
        externalId={connection.externalId}
        expectSetup="gone"
        latest={verification && !isSettled(verification) ? verification : null}
        startVerification={startVerification}
        cancelVerification={cancelVerification}
        startLabel="I updated the stack — check now"
        againLabel="Check again"
        isPrimary={false}
        intro={{
          title: "Check that they are gone",
          text: "The portal uses the role once more and reads its policies. The connection keeps working meanwhile.",
        }}
      />
      <StepFooter hint="You can also do this later: the connection already works.">
        <Link href={home} className={buttonStyle({ variant: "ghost" })}>
          Later
        </Link>
      </StepFooter>
    </>
  );
}

/** The satisfied verification of the step before says nothing about this one. */
function isSettled({ state, outcome, checks }: VerificationView): boolean {
  return state === "finished" && outcome === "proven" && checks.every(({ status }) => status !== "failed");
}
