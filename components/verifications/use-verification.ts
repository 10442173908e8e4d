"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { verificationPath } from "@/components/connections/paths";
import { requestProblem } from "@/components/ui/request-problem";
import type { VerificationView } from "@/lib/verifications/schema";
import { type PollEvent, pollVerification } from "./poll-verification";
import type { CancelVerification, StartVerification } from "./verification-actions";

interface Options {
  customer: string;
  connectionId: string;
  expectSetup: "present" | "gone";
  /** The last verification as the server knew it when it rendered the page. */
  latest: VerificationView | null;
  /** One begins as soon as the page is there. */
  begins?: boolean;
  startVerification: StartVerification;
  cancelVerification: CancelVerification;
}

/** One connection's verification: the last one known, followed while it runs, and the buttons to start and stop one. */
export function useVerification(options: Options) {
  const {
    customer,
    connectionId,
    expectSetup,
    latest,
    begins = false,
    startVerification,
    cancelVerification,
  } = options;
  const router = useRouter();
  const [view, setView] = useState(latest);
  const [following, setFollowing] = useState(latest?.state === "running" ? latest.id : null);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  // One that began elsewhere, as after an account was confirmed, takes the place of what stood here once the server tells of it.
  const told = useRef(latest);
  told.current = latest;
  const latestId = latest?.id;
  useEffect(() => {
    const run = told.current;
    if (!run || run.id !== latestId) return;
    setView(run);
    setFollowing(run.state === "running" ? run.id : null);
  }, [latestId]);

  useEffect(() => {
    if (!following) return;
    const stop = new AbortController();
    const onEvent = (event: PollEvent) => {
      if (event.kind !== "view") return setProblem(problems[event.kind]);
      setProblem(null);
      setView(event.view);
      if (event.view.state === "running") return;
      setFollowing(null);
      router.refresh();
    };
    pollVerification(verificationPath(customer, connectionId, following), stop.signal, onEvent);
    return () => stop.abort();
  }, [following, customer, connectionId, router]);

  // Another tab, a colleague or an audit may have begun one.
  const adopt = useEffectEvent((now: VerificationView | null) => {
    if (following) return;
    setView(now);
    if (now?.state === "running") setFollowing(now.id);
  });
  useEffect(() => adopt(latest), [latest]);

  const begin = useEffectEvent(() => {
    if (begins) start();
  });
  useEffect(() => begin(), []);

  async function start() {
    setStarting(true);
    setProblem(null);
    try {
      const result = await startVerification({ customer, connectionId, expectSetup });
      if (!result.ok) return setProblem(result.message);
      setView(justStarted(result.data.verificationId, connectionId, view));
      setFollowing(result.data.verificationId);
    } catch (error) {
      setProblem(requestProblem(error));
    } finally {
      setStarting(false);
    }
  }

  async function cancel() {
    try {
      const result = await cancelVerification({ customer, connectionId });
      if (!result.ok) setProblem(result.message);
    } catch (error) {
      setProblem(requestProblem(error));
    }
  }

  return { view, running: following !== null, starting, problem, start, cancel };
}

const problems = {
  unreachable: "The portal cannot be reached at the moment. This page tries again by itself.",
  refused: "This page can no longer follow the verification. Your session may have ended. Reload the page.",
};

function justStarted(id: string, connectionId: string, before: VerificationView | null): VerificationView {
  return {
    id,
    connectionId,
    state: "running",
    outcome: null,
    waitingFor: null,
    startedAt: new Date(),
    finishedAt: null,
    checks: [],
    connectionStatus: before?.connectionStatus ?? "pending",
  };
}
