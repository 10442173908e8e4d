"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { startSignIn } from "@/components/auth/start-sign-in";
import { connectionsPath } from "@/components/connections/paths";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { requestProblem } from "@/components/ui/request-problem";
import { Skeleton } from "@/components/ui/skeleton";
import type { InvitationPreview } from "@/lib/people/schema";
import type { AcceptInvitation, ReadInvitation } from "./actions";
import { EndedInvitation } from "./ended-invitation";
import { takeInvitationToken } from "./invitation-token";

interface AcceptInvitationFormProps {
  /** Null when no one is signed in yet. */
  personName: string | null;
  readInvitation: ReadInvitation;
  acceptInvitation: AcceptInvitation;
}

type Read = { token: string; invitation: InvitationPreview } | "incomplete" | "unknown" | null;

/** The token came in the fragment of the address, which no server has seen; it is sent in the body of what this page asks. */
export function AcceptInvitationForm({ personName, readInvitation, acceptInvitation }: AcceptInvitationFormProps) {
  const router = useRouter();
  const [read, setRead] = useState<Read>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const { token } = takeInvitationToken();
    if (!token) return setRead("incomplete");
    readInvitation({ token }).then(
      (result) => {
        if (result.ok) setRead({ token, invitation: result.data });
        else if (result.code === "not-found") setRead("unknown");
        else if (result.code === "invalid-input") setRead("incomplete");
        else setProblem(result.message);
      },
      (error) => setProblem(requestProblem(error)),
    );
  }, [readInvitation]);

  async function accept(token: string) {
    setPending(true);
    setProblem(null);
    try {
      if (!personName) return await startSignIn("/invitation");
      const result = await acceptInvitation({ token });
      if (!result.ok) return setProblem(result.fields?.token ?? result.message);
      takeInvitationToken().forget();
      router.push(connectionsPath(result.data.customer));
    } catch (error) {
      setProblem(requestProblem(error));
    } finally {
      setPending(false);
    }
  }

  const fault = problem ? (
    <Alert tone="danger" role="alert">
      {problem}
    </Alert>
  ) : null;
  if (read === "incomplete") {
    return (
      <Alert tone="warning" title="This link is not complete">
        Open the invitation link again and copy all of it, up to its last character.
      </Alert>
    );
  }
  if (read === "unknown") {
    return (
      <Alert tone="warning" title="There is no such invitation">
        The link was changed on its way, or its team no longer exists. Ask whoever sent it for a new one.
      </Alert>
    );
  }
  if (!read) {
    return (
      fault ?? (
        <div role="status" aria-label="Reading the invitation" className="space-y-3">
          <Skeleton className="h-5 w-full" />
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-11 w-full" />
        </div>
      )
    );
  }
  const { invitation, token } = read;
  if (invitation.state !== "open") return <EndedInvitation invitation={invitation} isSignedIn={personName !== null} />;
  return (
    <div className="space-y-5">
      <DescriptionList
        items={[
          { term: "Team", value: invitation.team },
          { term: "Invited by", value: invitation.invitedBy },
          {
            term: "Your role",
            value:
              invitation.role === "admin"
                ? "Admin: you connect and manage AWS accounts, and people"
                : "Viewer: you see the team’s AWS connections",
          },
          { term: "For", value: invitation.email },
          { term: "Expires", value: <RelativeTime at={invitation.expiresAt} /> },
        ]}
      />
      <p className="text-muted">
        {personName
          ? `You are signed in as ${personName}.`
          : "Sign in first, with the e-mail address above. You come back here."}
      </p>
      {fault}
      <Button variant="primary" size="large" pending={pending} onClick={() => accept(token)} className="w-full">
        {personName ? "Accept invitation" : "Sign in to accept"}
      </Button>
      {personName ? (
        <p className="text-center text-[13px]">
          <Link href="/sign-out" className="quiet-link text-muted">
            Sign in as someone else
          </Link>
        </p>
      ) : null}
    </div>
  );
}
