"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { pause } from "@/components/ui/pause";
import type { LinkActions } from "./actions";

interface Search {
  searching: boolean;
  explanation: string | null;
  error: string | undefined;
  /** Why it was not found, once looking ended without it. */
  ended: string | null;
}

const idle: Search = { searching: false, explanation: null, error: undefined, ended: null };

/** A new stack and IAM together rarely take longer. */
const LONGEST_MS = 120_000;
const RETRY_SECONDS = 5;

/** Looks for the role, one bounded try after the other, until it is found, refused, stopped or not there in two minutes. */
export function useAccountSearch(findRoleByLink: LinkActions["findRoleByLink"], onFound: () => Promise<void>) {
  const [search, setSearch] = useState(idle);
  const running = useRef<AbortController>(null);
  const found = useRef(onFound);
  found.current = onFound;

  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(
    async (input: { token: string; accountId: string }) => {
      const controller = new AbortController();
      const { signal } = controller;
      running.current?.abort();
      running.current = controller;
      setSearch({ ...idle, searching: true });
      const begun = Date.now();
      while (!signal.aborted) {
        const result = await findRoleByLink(input).catch(() => null);
        if (signal.aborted) return;
        if (result?.ok && result.data.found) {
          await found.current();
          return setSearch(idle);
        }
        if (result && !result.ok && result.code !== "rate-limited" && result.code !== "unavailable") {
          return setSearch({ ...idle, error: result.fields?.accountId ?? result.message });
        }
        const { explanation, seconds } = waitAfter(result);
        if (Date.now() - begun >= LONGEST_MS) return setSearch({ ...idle, ended: explanation });
        setSearch({ ...idle, searching: true, explanation });
        await pause(seconds * 1_000, signal);
      }
    },
    [findRoleByLink],
  );

  function stop() {
    running.current?.abort();
    setSearch(idle);
  }

  return { ...search, start, stop };
}

function waitAfter(result: Awaited<ReturnType<LinkActions["findRoleByLink"]>> | null) {
  if (!result) {
    return { explanation: "The portal cannot be reached at the moment. Trying again.", seconds: RETRY_SECONDS };
  }
  if (!result.ok) return { explanation: result.message, seconds: result.retryAfterSeconds ?? RETRY_SECONDS };
  if (result.data.found) return { explanation: "", seconds: 0 };
  return { explanation: result.data.explanation, seconds: result.data.retryAfterSeconds };
}
