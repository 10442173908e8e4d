import type { Metadata } from "next";
import { ProvenRole } from "@/components/wizard/proven-role";
import { RoleStep } from "@/components/wizard/role-step";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { findRole, submitRoleArn } from "@/lib/connections/actions";
import { startVerification } from "@/lib/verifications/actions";
import { openStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "Role" };

export default async function RolePage({ params }: { params: StepParams }) {
  const { connection } = await openStep(params);
  const { id, customer, accountId, roleArn, roleName, stackName, region, externalId } = connection;
  if (connection.provenAt) {
    return (
      <WizardFrame
        customer={customer}
        connection={connection}
        step="role"
        title="The role is known"
        description="This role is verified, so the connection keeps it."
      >
        <ProvenRole connection={connection} />
      </WizardFrame>
    );
  }
  return (
    <WizardFrame
      customer={customer}
      connection={connection}
      step="role"
      title="Which role is it?"
      description="Once the stack is complete, enter the account ID and we find the role, or paste the role's ARN."
    >
      <RoleStep
        connection={{ id, customer, accountId, roleArn, roleName, stackName, region, externalId }}
        findRole={findRole}
        submitRoleArn={submitRoleArn}
        startVerification={startVerification}
      />
    </WizardFrame>
  );
}
