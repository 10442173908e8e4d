"use client";

import { Button } from "./button";
import { useChanges } from "./use-changes";

/** On a page that shows what may change elsewhere: keeps it true, and says when it belongs to an earlier version of the portal. */
export function FollowChanges({ address, mark }: { address: string; mark: string }) {
  const { outdated } = useChanges(address, mark);
  return (
    <div aria-live="polite" className={outdated ? "fixed inset-x-4 bottom-4 z-40 mx-auto max-w-md" : undefined}>
      {outdated ? (
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-overlay">
          <p className="min-w-0 flex-1 basis-48">This page is from an earlier version of the portal.</p>
          <Button variant="primary" size="small" onClick={() => window.location.reload()}>
            Reload
          </Button>
        </div>
      ) : null}
    </div>
  );
}
