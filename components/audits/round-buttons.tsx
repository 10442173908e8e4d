"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/lib/action";

type RoundResult = Promise<ActionResult<{ roundId: string }>>;

/** Starts a round of all connections and opens its page. */
export function StartRoundButton({ startRound }: { startRound: (input: Record<string, never>) => RoundResult }) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => startRound({}));
  return (
    <RoundButton
      variant="primary"
      pending={pending}
      problem={problem}
      onClick={() => run(({ roundId }) => router.push(`/staff/audits/${roundId}`))}
    >
      Re-verify all
    </RoundButton>
  );
}

interface CancelRoundButtonProps {
  roundId: string;
  cancelRound: (input: { roundId: string }) => RoundResult;
}

export function CancelRoundButton({ roundId, cancelRound }: CancelRoundButtonProps) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => cancelRound({ roundId }));

  function showCancelled() {
    document.getElementById("round")?.focus();
    router.refresh();
  }

  return (
    <RoundButton variant="secondary" pending={pending} problem={problem} onClick={() => run(showCancelled)}>
      Cancel the audit run
    </RoundButton>
  );
}

interface RoundButtonProps {
  variant: "primary" | "secondary";
  pending: boolean;
  problem: string | null;
  onClick: () => void;
  children: string;
}

function RoundButton({ problem, ...button }: RoundButtonProps) {
  return (
    <div className="flex flex-col items-end gap-1.5">
      <Button {...button} />
      {problem ? (
        <p role="alert" className="text-danger text-sm">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
