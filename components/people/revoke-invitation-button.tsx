"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
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
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function revoke() {
    setPending(true);
    try {
      const result = await revokeInvitation({ customer, invitationId });
      if (result.ok) router.refresh();
      else setProblem(result.message);
    } catch {
      setProblem("The portal cannot be reached. Try again.");
    } finally {
      setPending(false);
    }
  }

  return (
    <>
      {problem ? (
        <span role="alert" className="text-danger text-sm">
          {problem}
        </span>
      ) : null}
      <Button size="small" pending={pending} onClick={revoke} aria-label={`Revoke the invitation of ${email}`}>
        Revoke
      </Button>
    </>
  );
}
