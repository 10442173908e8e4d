"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { pause, pauseUnlessBack } from "@/components/ui/pause";
import type { RotationActions } from "./actions";

const UNREACHABLE_RETRY_SECONDS = 10;
/** Of a page that nobody looks at. */
const UNSEEN_RETRY_SECONDS = 60;

interface FollowRotationProps extends Pick<RotationActions, "followRotation"> {
  customer: string;
  connectionId: string;
}

/** Asks AWS through the portal, as long as the page is open, whether the new external ID is accepted; the page shows what comes of it. */
export function FollowRotation({ customer, connectionId, followRotation }: FollowRotationProps) {
  const router = useRouter();

  useEffect(() => {
    const stop = new AbortController();
    const follow = async () => {
      let before = "waiting";
      // Not at once: who has just issued it has not updated the stack yet.
      await pause(1_000, stop.signal);
      while (!stop.signal.aborted) {
        const result = await followRotation({ customer, connectionId }).catch(() => null);
        if (stop.signal.aborted) return;
        const state = result?.ok ? result.data.state : before;
        if (state !== before) router.refresh();
        if (state === "ended") return;
        before = state;
        const seconds = result?.ok ? result.data.retryAfterSeconds : UNREACHABLE_RETRY_SECONDS;
        const isSeen = document.visibilityState === "visible";
        await pauseUnlessBack((isSeen ? seconds : UNSEEN_RETRY_SECONDS) * 1_000, stop.signal);
      }
    };
    void follow();
    return () => stop.abort();
  }, [customer, connectionId, followRotation, router]);

  return null;
}
