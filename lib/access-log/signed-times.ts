import "server-only";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import { type Checkpoint, judgeCheckpoint, judgeEntry } from "./chain";
import type { KeyRing } from "./key-ring";

const MINUTE = 60_000;
/** Every zone is some quarters of an hour from UTC, between 12 hours behind and 14 before. */
const offsets = Array.from({ length: 26 * 4 + 1 }, (_, index) => index * 15 - 12 * 60);
/** What summer time adds, so that the end of a session may be off by more or less than its beginning. */
const steps = [0, 60, -60, 30, -30];
const shifts: readonly Shift[] = offsets.flatMap((at) => steps.map((step) => ({ at, expiresAt: at + step })));

/** Minutes that a stored time lacks. */
interface Shift {
  at: number;
  expiresAt: number;
}

export interface SignedTimes {
  /** The entry with the times that were signed. */
  ofEntry(entry: AccessLogEntry, previous: string): { entry: AccessLogEntry; offByMinutes: number } | null;
  ofHead(head: Checkpoint): Checkpoint | null;
}

/**
 * Finds out what was signed where a stored time is off by a time zone, and by nothing else: earlier versions wrote in the zone
 * of their session. The true instant is not believed but proven, by the `mac` that fits it; null when none does.
 */
export function signedTimes(keys: KeyRing): SignedTimes {
  let last: Shift | undefined; // its neighbours are mostly off by as much

  return {
    ofEntry(entry, previous) {
      for (const shift of last ? [last, ...shifts] : shifts) {
        const moved = {
          ...entry,
          at: later(entry.at, shift.at),
          expiresAt: laterOrNull(entry.expiresAt, shift.expiresAt),
        };
        if (judgeEntry(keys, moved, previous) !== "right") continue;
        last = shift;
        return { entry: moved, offByMinutes: -(shift.at || shift.expiresAt) };
      }
      return null;
    },

    ofHead(head) {
      const moved = offsets.map((minutes) => ({ ...head, at: later(head.at, minutes) }));
      return moved.find((candidate) => judgeCheckpoint(keys, candidate) === "right") ?? null;
    },
  };
}

function laterOrNull(time: Date | null, minutes: number): Date | null {
  return time && later(time, minutes);
}

function later(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * MINUTE);
}
