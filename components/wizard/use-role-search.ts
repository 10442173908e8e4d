"use client";

import { useEffect, useRef, useState } from "react";
import { pauseUnlessBack } from "@/components/ui/pause";
import type { FindRole } from "./actions";
import { type SearchInput, searchRole } from "./search-role";
import { type SeenTime, seenTime } from "./seen-time";

interface Search {
  /** Of the search that runs; null while none does. */
  time: SeenTime | null;
  explanation: string | null;
  error: string | undefined;
  /** The search ended without finding the role. */
  ended: { explanation: string; roleArn: string | null } | null;
}

const idle: Search = { time: null, explanation: null, error: undefined, ended: null };

/** The search as a form sees it. It ends with the page. */
export function useRoleSearch(findRole: FindRole, onFound: () => Promise<void>) {
  const [search, setSearch] = useState(idle);
  const running = useRef<AbortController>(null);

  useEffect(() => () => running.current?.abort(), []);

  async function start(input: SearchInput) {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const time = seenTime();
    controller.signal.addEventListener("abort", time.stop);
    setSearch({ ...idle, time });
    const end = await searchRole(
      findRole,
      input,
      controller.signal,
      (explanation) => setSearch((before) => ({ ...before, explanation })),
      { elapsed: time.elapsed, isSeen: () => document.visibilityState === "visible", pause: pauseUnlessBack },
    );
    if (end.kind === "stopped") return;
    time.stop();
    setSearch({
      ...idle,
      error: end.kind === "refused" ? end.message : undefined,
      ended: end.kind === "ended" ? end : null,
    });
    if (end.kind === "found") await onFound();
  }

  function stop() {
    running.current?.abort();
    setSearch(idle);
  }

  return { ...search, start, stop };
}
