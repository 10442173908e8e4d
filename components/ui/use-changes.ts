"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { pagesVersion } from "./pages-version";
import { pause } from "./pause";

const INTERVAL_MS = 4_000;
const LONGEST_INTERVAL_MS = 60_000;

interface Answer {
  mark: string;
  version: string;
}

/**
 * Keeps a page true while it stays open: asks for the mark of what it shows, and for the page itself when that is another one. Says
 * whether the server has another version of the pages by now.
 */
export function useChanges(address: string, mark: string): { outdated: boolean } {
  const router = useRouter();
  const shown = useRef(mark);
  const [outdated, setOutdated] = useState(false);

  useEffect(() => {
    shown.current = mark;
  }, [mark]);

  useEffect(() => {
    const stop = new AbortController();
    follow(address, stop.signal, (answer) => {
      if (answer) setOutdated(answer.version !== pagesVersion);
      if (answer?.mark === shown.current) return;
      if (answer) shown.current = answer.mark;
      router.refresh();
    });
    return () => stop.abort();
  }, [address, router]);

  return { outdated };
}

/** Asks while the page is seen. Null: it is no longer there for this person, so nothing follows. An outage is waited out. */
async function follow(address: string, signal: AbortSignal, onAnswer: (answer: Answer | null) => void) {
  let interval = INTERVAL_MS;
  while (!signal.aborted) {
    await pause(interval, signal);
    await untilVisible(signal);
    if (signal.aborted) return;
    const answer = await ask(address, signal);
    if (signal.aborted) return;
    interval = answer === undefined ? Math.min(interval * 2, LONGEST_INTERVAL_MS) : INTERVAL_MS;
    if (answer !== undefined) onAnswer(answer);
    if (answer === null) return;
  }
}

async function ask(address: string, signal: AbortSignal): Promise<Answer | null | undefined> {
  try {
    const response = await fetch(address, { signal, cache: "no-store", redirect: "manual" });
    if (response.ok) return (await response.json()) as Answer;
    return response.status >= 500 || response.status === 429 ? undefined : null;
  } catch {
    return undefined;
  }
}

/** At once when the page is seen already. */
function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== "visible" && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
    look();
  });
}
