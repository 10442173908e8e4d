"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { pauseUnlessBack } from "@/components/ui/pause";
import { connectionStatePath } from "./paths";

interface FollowConnectionProps {
  customer: string;
  connectionId: string;
  /** Of what the page shows. */
  version: string;
}

const often = 4_000;
const seldom = 15_000;
/** A page that nothing happened on for so long is asked for less often. */
const quietAfter = 300_000;

/** Asks for the page again when its connection changed: in another tab, by a colleague, a link or a verification. */
export function FollowConnection({ customer, connectionId, version }: FollowConnectionProps) {
  const router = useRouter();
  const shown = useRef(version);
  shown.current = version;

  useEffect(() => {
    const stop = new AbortController();
    follow(connectionStatePath(customer, connectionId), stop.signal, (now) => {
      if (now === shown.current) return;
      shown.current = now;
      router.refresh();
    });
    return () => stop.abort();
  }, [customer, connectionId, router]);

  return null;
}

async function follow(address: string, signal: AbortSignal, onVersion: (version: string) => void): Promise<void> {
  const begun = Date.now();
  while (!signal.aborted) {
    await pauseUnlessBack(Date.now() - begun < quietAfter ? often : seldom, signal);
    // A page that nobody looks at asks nothing.
    if (signal.aborted || document.visibilityState !== "visible") continue;
    const version = await ask(address, signal);
    if (version && !signal.aborted) onVersion(version);
  }
}

/** Null where there is no answer now, such as for someone who signed out: the page says so at the next click. */
async function ask(address: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(address, { signal, cache: "no-store", redirect: "manual" });
    return response.ok ? ((await response.json()) as { version: string }).version : null;
  } catch {
    return null;
  }
}
