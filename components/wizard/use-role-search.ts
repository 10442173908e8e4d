"use client";

import { useEffect, useRef, useState } from "react";
import type { FindRole } from "./actions";
import { type SearchInput, searchRole } from "./search-role";

interface Search {
  searching: boolean;
  startedAt: number;
  explanation: string | null;
  error: string | undefined;
  /** The search ended without finding the role. */
  ended: { explanation: string; roleArn: string | null } | null;
}

const idle: Search = { searching: false, startedAt: 0, explanation: null, error: undefined, ended: null };

/** The search as a form sees it. It ends with the page. */
export function useRoleSearch(findRole: FindRole, onFound: () => Promise<void>) {
  const [search, setSearch] = useState(idle);
  const running = useRef<AbortController>(null);

  useEffect(() => () => running.current?.abort(), []);

  async function start(input: SearchInput) {
    const controller = new AbortController();
    running.current = controller;
    setSearch({ ...idle, searching: true, startedAt: Date.now() });
    const end = await searchRole(findRole, input, controller.signal, (explanation) =>
      setSearch((before) => ({ ...before, explanation })),
    );
    if (end.kind === "stopped") return;
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
