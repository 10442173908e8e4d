"use client";

import { useRouter } from "next/navigation";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/lib/action";

interface HiddenTrustProps {
  customer: string;
  connectionId: string;
  mayAct: boolean;
  confirmUnreadable: (input: { customer: string; connectionId: string }) => Promise<ActionResult<unknown>>;
}

/** A role that denies reading itself: what that may mean, and a way to say that it is meant. */
export function HiddenTrust({ customer, connectionId, mayAct, confirmUnreadable }: HiddenTrustProps) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => confirmUnreadable({ customer, connectionId }));
  return (
    <Alert tone="danger" title="This connection is not used: its role hides whom it lets in" roomy>
      <p className="max-w-prose text-ink">
        AWS denied reading the role’s trust policy in two verifications, though it could be read before. Someone who
        opens a role to others may hide it like that. Allow the role iam:GetRole on itself again, as the template does,
        then verify again. If a policy of your organization denies it on purpose, look at the role’s trust relationships
        in IAM, then confirm that.
      </p>
      {problem ? (
        <p role="alert" className="mt-2 text-danger text-sm">
          {problem}
        </p>
      ) : null}
      <div className="mt-3">
        {mayAct ? (
          <Button pending={pending} onClick={() => run(() => router.refresh())}>
            Confirm that this is meant
          </Button>
        ) : (
          "An admin of your team can do this."
        )}
      </div>
    </Alert>
  );
}
