import { durationSeconds, type RotationSettings } from "@/lib/crossaccount";

/** The vendor's settings of rotations with durations in milliseconds. */
export interface RotationPolicy {
  expiresAfterMs: number;
  /** Null: nobody is reminded. */
  remindAfterMs: number | null;
}

export function rotationPolicy({ expiresAfter, remindAfter }: RotationSettings): RotationPolicy {
  return {
    expiresAfterMs: durationSeconds(expiresAfter) * 1_000,
    remindAfterMs: remindAfter === undefined ? null : durationSeconds(remindAfter) * 1_000,
  };
}
