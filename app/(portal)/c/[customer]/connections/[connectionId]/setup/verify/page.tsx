import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { setupPath } from "@/components/connections/paths";
import { ConfirmAccount } from "@/components/links/confirm-account";
import { VerifyStep } from "@/components/wizard/verify-step";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { branding } from "@/lib/branding";
import { confirmAccount, rejectAccount } from "@/lib/links/actions";
import { proposedAccount } from "@/lib/links/queries";
import { cancelVerification, startVerification } from "@/lib/verifications/actions";
import { openVerifiedStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "Verify" };

export default async function VerifyPage({ params }: { params: StepParams }) {
  const { access, connection, mark, verification } = await openVerifiedStep(params);
  if (!connection.roleArn) redirect(setupPath(connection.customer, connection.id, "role"));
  const account = await proposedAccount(access, connection.id);
  return (
    <WizardFrame
      customer={connection.customer}
      connection={connection}
      mark={mark}
      step="verify"
      title="Verify the connection"
      description="The role must work with its external ID, and refuse every request without it. A verification tries both."
    >
      {account ? (
        <ConfirmAccount
          customer={connection.customer}
          connectionId={connection.id}
          productName={branding.productName}
          account={account}
          mayAct
          confirmAccount={confirmAccount}
          rejectAccount={rejectAccount}
        />
      ) : null}
      <VerifyStep
        connection={connection}
        verification={verification}
        startVerification={startVerification}
        cancelVerification={cancelVerification}
      />
    </WizardFrame>
  );
}
