/** Why a job cannot be run. */
export const misfitKinds = ["newer-version", "wrong-shape", "too-large"] as const;
export type MisfitKind = (typeof misfitKinds)[number];

/** Jobs of one queue that were set aside for the same reason. */
export interface SetAsideGroup {
  queue: string;
  why: MisfitKind;
  /** The version, what is wrong with its fields, or its size. Never what it holds. */
  detail: string;
  jobs: number;
  firstAt: Date;
  lastAt: Date;
}

export interface SetAsideView {
  /** All that are kept. */
  jobs: number;
  /** The latest, 20 at most. */
  groups: SetAsideGroup[];
}
