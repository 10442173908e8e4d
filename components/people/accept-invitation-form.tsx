"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { startSignIn } from "@/components/auth/start-sign-in";
import { connectionsPath } from "@/components/connections/paths";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { AcceptInvitation } from "./actions";
import { takeInvitationToken } from "./invitation-token";

interface AcceptInvitationFormProps {
  /** Null when no one is signed in yet. */
  personName: string | null;
  acceptInvitation: AcceptInvitation;
}

/** The token came in the fragment of the address, which no server has seen; it is sent only when the person agrees. */
export function AcceptInvitationForm({ personName, acceptInvitation }: AcceptInvitationFormProps) {
  const router = useRouter();
  const [token, setToken] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    setToken(takeInvitationToken().token);
    setReady(true);
  }, []);

  async function accept() {
    if (!token) return;
    setPending(true);
    setProblem(null);
    try {
      if (!personName) return await startSignIn("/invitation");
      const result = await acceptInvitation({ token });
      if (!result.ok) return setProblem(result.fields?.token ?? result.message);
      takeInvitationToken().forget();
      router.push(connectionsPath(result.data.customer));
    } catch {
      setProblem("The portal cannot be reached. Try again in a moment.");
    } finally {
      setPending(false);
    }
  }

  if (ready && !token) {
    return (
      <Alert tone="warning" title="This link is not complete">
        Open the invitation link again and copy all of it, up to its last character.
      </Alert>
    );
  }
  return (
    <div className="space-y-5">
      <p className="text-muted">
        {personName
          ? `You are signed in as ${personName}. Accepting lets you see and work with this team's AWS connections.`
          : "Sign in first, with the e-mail address that the invitation was sent to. You come back here."}
      </p>
      {problem ? (
        <Alert tone="danger" role="alert">
          {problem}
        </Alert>
      ) : null}
      <Button variant="primary" size="large" pending={pending} onClick={accept} className="w-full">
        {personName ? "Accept invitation" : "Sign in to accept"}
      </Button>
    </div>
  );
}
