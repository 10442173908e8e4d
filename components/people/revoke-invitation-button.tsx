"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useAction } from "@/components/ui/use-action";
import type { RevokeInvitation } from "./actions";

interface RevokeInvitationButtonProps {
  customer: string;
  invitationId: string;
  email: string;
  revokeInvitation: RevokeInvitation;
}

export function RevokeInvitationButton({
  customer,
  invitationId,
  email,
  revokeInvitation,
}: RevokeInvitationButtonProps) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => revokeInvitation({ customer, invitationId }));
  return (
    <>
      {problem ? (
        <span role="alert" className="text-danger text-sm">
          {problem}
        </span>
      ) : null}
      <Button
        size="small"
        pending={pending}
        onClick={() => run(() => router.refresh())}
        aria-label={`Revoke the invitation of ${email}`}
      >
        Revoke
      </Button>
    </>
  );
}
