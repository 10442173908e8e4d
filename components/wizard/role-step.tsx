"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { setupPath } from "@/components/connections/paths";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { requestProblem } from "@/components/ui/request-problem";
import type { StartVerification } from "@/components/verifications/verification-actions";
import type { ConnectionDetail, StackRepairs } from "@/lib/connections/schema";
import type { FindRole, SubmitRoleArn } from "./actions";
import { FindRoleForm } from "./find-role-form";
import { PasteRoleForm } from "./paste-role-form";

export interface RoleStepProps {
  connection: Pick<ConnectionDetail, "id" | "customer" | "accountId" | "roleArn" | "roleName">;
  repairs: StackRepairs;
  findRole: FindRole;
  submitRoleArn: SubmitRoleArn;
  startVerification: StartVerification;
}

/** The role is looked for, or pasted. Once it is known, its verification begins and is followed on the next page. */
export function RoleStep({ connection, repairs, findRole, submitRoleArn, startVerification }: RoleStepProps) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const target = { customer: connection.customer, connectionId: connection.id };

  async function verify() {
    setLeaving(true);
    // If it cannot start now, the next page has the button to start it.
    await startVerification({ ...target, expectSetup: "present" }).catch(() => undefined);
    router.push(setupPath(connection.customer, connection.id, "verify"));
  }

  async function diagnose(roleArn: string) {
    try {
      const named = await submitRoleArn({ ...target, roleArn });
      if (named.ok) return verify();
      setProblem(named.message);
    } catch (error) {
      setProblem(requestProblem(error));
    }
  }

  return (
    <Card className="divide-y divide-line">
      {problem ? (
        <Alert tone="danger" role="alert" className="m-5 sm:m-6">
          {problem}
        </Alert>
      ) : null}
      <FindRoleForm
        target={target}
        accountId={connection.accountId ?? ""}
        begins={connection.accountId !== null && connection.roleArn === null}
        roleName={connection.roleName}
        leaving={leaving}
        findRole={findRole}
        repairs={repairs}
        onFound={verify}
        onDiagnose={diagnose}
      />
      <PasteRoleForm
        target={target}
        initialRoleArn={connection.roleArn ?? ""}
        leaving={leaving}
        submitRoleArn={submitRoleArn}
        onAccepted={verify}
      />
    </Card>
  );
}
