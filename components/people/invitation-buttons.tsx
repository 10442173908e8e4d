"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useAction } from "@/components/ui/use-action";
import type { InvitationView } from "@/lib/people/schema";
import type { InvitationActions } from "./actions";
import { LinkToSend } from "./link-to-send";

interface InvitationButtonsProps {
  customer: string;
  invitation: Pick<InvitationView, "id" | "email" | "state">;
  actions: InvitationActions;
}

/** A new link for an invitation that was not accepted, and the end of one that is open. */
export function InvitationButtons({ customer, invitation: { id, email, state }, actions }: InvitationButtonsProps) {
  const router = useRouter();
  const [url, setUrl] = useState<string | null>(null);
  const named = { customer, invitationId: id };
  const revoke = useAction(() => actions.revokeInvitation(named));
  const resend = useAction(() => actions.resendInvitation(named));
  const problem = revoke.problem ?? resend.problem;
  return (
    <>
      <Button
        size="small"
        pending={resend.pending}
        onClick={() => resend.run((link) => setUrl(link.url))}
        aria-label={`New link for ${email}`}
      >
        New link
      </Button>
      {state === "open" && url === null ? (
        <Button
          size="small"
          pending={revoke.pending}
          onClick={() => revoke.run(() => router.refresh())}
          aria-label={`Revoke the invitation of ${email}`}
        >
          Revoke
        </Button>
      ) : null}
      {problem ? (
        <span role="alert" className="basis-full text-danger text-sm">
          {problem}
        </span>
      ) : null}
      {url ? (
        <div className="basis-full">
          <LinkToSend
            email={email}
            url={url}
            onClose={() => {
              setUrl(null);
              router.refresh();
            }}
          />
        </div>
      ) : null}
    </>
  );
}
