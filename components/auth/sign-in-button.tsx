"use client";

import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { startSignIn } from "./start-sign-in";

export function SignInButton({ returnTo }: { returnTo: string }) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState(false);

  async function begin() {
    setPending(true);
    setFailed(false);
    try {
      await startSignIn(returnTo);
    } catch {
      setFailed(true);
      setPending(false);
    }
  }

  return (
    <div className="space-y-4">
      {failed ? (
        <Alert tone="danger" role="alert">
          The sign-in could not be started. Try again in a moment.
        </Alert>
      ) : null}
      <Button variant="primary" size="large" pending={pending} onClick={begin} className="w-full">
        Sign in
      </Button>
    </div>
  );
}
