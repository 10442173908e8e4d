import { pause } from "@/components/ui/pause";
import type { VerificationMessage, VerificationView } from "@/lib/verifications/schema";

const INTERVAL_MS = 800;
const LONGEST_INTERVAL_MS = 10_000;

export type PollEvent =
  | { kind: "view"; view: VerificationView }
  | { kind: "unreachable" }
  /** Signed out, or the connection is gone: asking again cannot help. */
  | { kind: "refused" };

/** Asks for the progress until the verification has ended; an outage of the portal is waited out. */
export async function pollVerification(url: string, signal: AbortSignal, onEvent: (event: PollEvent) => void) {
  let interval = INTERVAL_MS;
  while (!signal.aborted) {
    const event = await ask(url, signal);
    if (signal.aborted) return;
    if (event) onEvent(event);
    if (event?.kind === "refused" || (event?.kind === "view" && event.view.state !== "running")) return;
    interval = event?.kind === "unreachable" ? Math.min(interval * 2, LONGEST_INTERVAL_MS) : INTERVAL_MS;
    await pause(interval, signal);
  }
}

async function ask(url: string, signal: AbortSignal): Promise<PollEvent | null> {
  try {
    const response = await fetch(url, { signal, cache: "no-store", redirect: "manual" });
    if (response.status === 204) return null;
    if (response.ok) return { kind: "view", view: viewOf((await response.json()) as VerificationMessage) };
    return { kind: response.status >= 500 || response.status === 429 ? "unreachable" : "refused" };
  } catch {
    return { kind: "unreachable" };
  }
}

/** As the schema decodes it, which would bring all of zod into the browser. */
function viewOf({ startedAt, finishedAt, ...message }: VerificationMessage): VerificationView {
  return { ...message, startedAt: new Date(startedAt), finishedAt: finishedAt === null ? null : new Date(finishedAt) };
}
