"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/lib/action";

interface SignOutEverywhereProps {
  revokeMySessions: (input: Record<string, never>) => Promise<ActionResult<unknown>>;
}

export function SignOutEverywhere({ revokeMySessions }: SignOutEverywhereProps) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => revokeMySessions({}));
  return (
    <>
      <Button size="large" pending={pending} onClick={() => run(() => router.push("/sign-in"))} className="w-full">
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
