import type { Sleep } from "../aws/retry";
import type { PortalApi, Verification, WantedVerification } from "./api";
import { PortalError } from "./portal-error";
import type { CallOptions } from "./types";

const WAIT_MILLISECONDS = 300_000;
const PAUSE_MILLISECONDS = 1_000;

export interface VerifyOptions extends CallOptions {
  /** Milliseconds after which the verification is not followed any more, though it goes on; 300,000 unless given. */
  waitMs?: number;
  /** Hears of the run as it is, each time that it was read. */
  onProgress?: (verification: Verification) => void;
}

/** Starts a verification, or takes the one that runs, and follows it to its end. */
export type Verify = (id: string, wanted?: WantedVerification, options?: VerifyOptions) => Promise<Verification>;

export function createVerify(
  { connections, verifications }: Pick<PortalApi, "connections" | "verifications">,
  { clock, sleep }: { clock: () => Date; sleep: Sleep },
): Verify {
  return async (id, wanted = {}, { waitMs = WAIT_MILLISECONDS, onProgress, ...call } = {}) => {
    const until = clock().getTime() + waitMs;
    let run = await connections.createVerification(id, wanted, call);
    for (onProgress?.(run); run.state === "running"; onProgress?.(run)) {
      if (clock().getTime() >= until) throw unfinished(run);
      await sleep(PAUSE_MILLISECONDS, call.signal).catch(() => {});
      run = await verifications.get(run.id, call);
    }
    return run;
  };
}

function unfinished({ id }: Verification): PortalError {
  return new PortalError(
    "verification-unfinished",
    `The verification ${id} still runs. Read it again later by its ID.`,
    {
      tryAgain: true,
    },
  );
}
