"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";

interface SignOutEverywhereProps {
  revokeMySessions: (input: Record<string, never>) => Promise<ActionResult<unknown>>;
}

export function SignOutEverywhere({ revokeMySessions }: SignOutEverywhereProps) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function revoke() {
    setPending(true);
    try {
      const result = await revokeMySessions({});
      if (result.ok) return router.push("/sign-in");
      setProblem(result.message);
    } catch {
      setProblem("The portal cannot be reached. Try again in a moment.");
    }
    setPending(false);
  }

  return (
    <>
      <Button size="large" pending={pending} onClick={revoke} className="w-full">
        Sign out on every device
      </Button>
      {problem ? (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      ) : null}
    </>
  );
}
