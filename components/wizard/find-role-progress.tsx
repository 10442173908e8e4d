"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { timeLeft } from "@/components/ui/time-words";

interface FindRoleProgressProps {
  startedAt: number;
  explanation: string | null;
  /** Shown after a minute. */
  checklist: ReactNode;
  onStop: () => void;
}

export function FindRoleProgress({ startedAt, explanation, checklist, onStop }: FindRoleProgressProps) {
  const now = useNow(startedAt);
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 rounded-lg border border-info-line bg-info-soft p-4">
      <div className="flex min-w-0 flex-1 basis-64 gap-3">
        <Spinner className="mt-0.5 shrink-0 text-info" />
        <div className="min-w-0">
          <p className="font-medium text-info">
            Looking for the role · <Elapsed since={startedAt} now={now} />
          </p>
          <p role="status" className="mt-0.5 min-h-10">
            {explanation ??
              "A new stack usually takes about a minute. AWS can take another minute to make its role usable."}
          </p>
          {now - startedAt >= 60_000 ? <div className="mt-3">{checklist}</div> : null}
        </div>
      </div>
      <Button size="small" onClick={onStop}>
        Stop looking
      </Button>
    </div>
  );
}

function useNow(initial: number): number {
  const [now, setNow] = useState(initial);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Elapsed({ since, now }: { since: number; now: number }) {
  return (
    <span className="tabular-nums">
      {now - since < 1_000 ? "just started" : timeLeft(new Date(now), new Date(since))}
    </span>
  );
}
