"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { pause } from "@/components/ui/pause";
import type { LinkPageView } from "@/lib/links/schema";
import type { LinkActions } from "./actions";
import { takeLinkToken } from "./link-token";

export type OpenedLink =
  | { kind: "loading" }
  | { kind: "incomplete" }
  | { kind: "refused"; message: string; mayTryAgain: boolean }
  | { kind: "open"; token: string; page: LinkPageView };

const WHILE_RUNNING_MS = 1_000;
const OTHERWISE_MS = 4_000;

/** A link's page: asked for once with the token, then followed while it is looked at, for others may act too. */
export function useLink({ showLinkPage, readLinkProgress }: Pick<LinkActions, "showLinkPage" | "readLinkProgress">) {
  const [link, setLink] = useState<OpenedLink>({ kind: "loading" });
  const [unreachable, setUnreachable] = useState(false);
  const opened = useRef(false);

  const open = useCallback(async () => {
    const token = takeLinkToken();
    if (!token) return setLink({ kind: "incomplete" });
    const result = await showLinkPage({ token }).catch(() => null);
    if (result?.ok) return setLink({ kind: "open", token, page: result.data });
    const message = result?.fields?.token ?? result?.message ?? "The portal cannot be reached at the moment.";
    setLink({
      kind: "refused",
      message,
      mayTryAgain: result?.code !== "not-found" && result?.code !== "invalid-input",
    });
  }, [showLinkPage]);

  useEffect(() => {
    // React runs effects twice while developing; each opening is noted on the server.
    if (opened.current) return;
    opened.current = true;
    open();
    // Another link that is pasted into the same tab changes the fragment alone.
    const reopen = () => void open();
    window.addEventListener("hashchange", reopen);
    return () => window.removeEventListener("hashchange", reopen);
  }, [open]);

  const token = link.kind === "open" ? link.token : null;
  const progress = link.kind === "open" ? link.page.progress : null;

  const refresh = useCallback(async () => {
    if (!token) return;
    const result = await readLinkProgress({ token }).catch(() => null);
    setUnreachable(result === null || (!result.ok && result.code !== "not-found"));
    if (result?.ok) {
      setLink((before) =>
        before.kind === "open" ? { ...before, page: { ...before.page, progress: result.data } } : before,
      );
    } else if (result?.code === "not-found") setLink({ kind: "refused", message: result.message, mayTryAgain: false });
  }, [token, readLinkProgress]);

  const isOver = progress !== null && progress.reachedAt !== null && progress.accountIs !== "proposed";
  const interval = progress?.verification?.state === "running" ? WHILE_RUNNING_MS : OTHERWISE_MS;
  useEffect(() => {
    if (!token || isOver) return;
    const stop = new AbortController();
    void (async () => {
      while (!stop.signal.aborted) {
        await pause(interval, stop.signal);
        if (!stop.signal.aborted && document.visibilityState === "visible") await refresh();
      }
    })();
    return () => stop.abort();
  }, [token, isOver, interval, refresh]);

  return { link, unreachable, refresh, open };
}
