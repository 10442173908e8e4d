"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { setupPath } from "@/components/connections/paths";
import { Card } from "@/components/ui/card";
import type { StartVerification } from "@/components/verifications/verification-actions";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { FindRole, SubmitRoleArn } from "./actions";
import { FindRoleForm } from "./find-role-form";
import { PasteRoleForm } from "./paste-role-form";

export interface RoleStepProps {
  connection: Pick<ConnectionDetail, "id" | "customer" | "accountId" | "roleArn" | "roleName">;
  findRole: FindRole;
  submitRoleArn: SubmitRoleArn;
  startVerification: StartVerification;
}

/** Two ways to name the role. Once it is known, its verification begins and is followed on the next page. */
export function RoleStep({ connection, findRole, submitRoleArn, startVerification }: RoleStepProps) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const target = { customer: connection.customer, connectionId: connection.id };

  async function verify() {
    setLeaving(true);
    // If it cannot start now, the next page has the button to start it.
    await startVerification({ ...target, expectSetup: "present" }).catch(() => undefined);
    router.push(setupPath(connection.customer, connection.id, "verify"));
  }

  return (
    <Card className="divide-y divide-line">
      <FindRoleForm
        target={target}
        initialAccountId={connection.accountId ?? ""}
        roleName={connection.roleName}
        leaving={leaving}
        findRole={findRole}
        onFound={verify}
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
