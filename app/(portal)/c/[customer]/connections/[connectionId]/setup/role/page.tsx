import type { Metadata } from "next";
import { ProvenRole } from "@/components/wizard/proven-role";
import { RoleStep } from "@/components/wizard/role-step";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { findRole, submitRoleArn } from "@/lib/connections/actions";
import { stackRepairs } from "@/lib/connections/queries";
import { startVerification } from "@/lib/verifications/actions";
import { openStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "Role" };

export default async function RolePage({ params }: { params: StepParams }) {
  const { connection, mark } = await openStep(params);
  const { id, customer, accountId, roleArn, roleName } = connection;
  if (connection.provenAt) {
    return (
      <WizardFrame
        customer={customer}
        connection={connection}
        mark={mark}
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
      mark={mark}
      step="role"
      title="Find the role"
      description="Create the stack in AWS and come back: this page watches for its role and goes on by itself."
    >
      <RoleStep
        connection={{ id, customer, accountId, roleArn, roleName }}
        repairs={stackRepairs(connection)}
        findRole={findRole}
        submitRoleArn={submitRoleArn}
        startVerification={startVerification}
      />
    </WizardFrame>
  );
}
