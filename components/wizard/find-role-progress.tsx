"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { timeLeft } from "@/components/ui/time-words";
import type { SeenTime } from "./seen-time";

interface FindRoleProgressProps {
  time: SeenTime;
  explanation: string | null;
  /** Shown after a minute. */
  checklist: ReactNode;
  onStop: () => void;
}

export function FindRoleProgress({ time, explanation, checklist, onStop }: FindRoleProgressProps) {
  const elapsed = useElapsed(time);
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 rounded-lg border border-info-line bg-info-soft p-4">
      <div className="flex min-w-0 flex-1 basis-64 gap-3">
        <Spinner className="mt-0.5 shrink-0 text-info" />
        <div className="min-w-0">
          <p className="font-medium text-info">
            Looking for the role ·{" "}
            <span className="tabular-nums">
              {elapsed < 1_000 ? "just started" : timeLeft(new Date(elapsed), new Date(0))}
            </span>
          </p>
          <p role="status" className="mt-0.5 min-h-10">
            {explanation ??
              "A new stack usually takes about a minute. AWS can take another minute to make its role usable."}
          </p>
          {elapsed >= 60_000 ? <div className="mt-3">{checklist}</div> : null}
        </div>
      </div>
      <Button size="small" onClick={onStop}>
        Stop looking
      </Button>
    </div>
  );
}

function useElapsed(time: SeenTime): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setElapsed(time.elapsed()), 1_000);
    return () => clearInterval(timer);
  }, [time]);
  return elapsed;
}
