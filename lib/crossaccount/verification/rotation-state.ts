import type { RotationSight } from "../types";

/**
 * What a verification says of a rotation. `complete`: AWS accepts the next external ID and refuses the one that it replaces. `unused`:
 * it accepts the current one alone, and nothing of the role says that this changes. `arriving`: the same, but the role's trust policy
 * names the next one already. `both`: it accepts both. `unknown`: neither, or no clear answer.
 */
export type RotationState = "complete" | "unused" | "arriving" | "both" | "unknown";

export function rotationState({ inUse, other, otherListed }: RotationSight): RotationState {
  if (inUse === undefined || other === undefined) return "unknown";
  if (other === "accepted") return "both";
  if (inUse === "next") return otherListed ? "both" : "complete";
  return otherListed ? "arriving" : "unused";
}
