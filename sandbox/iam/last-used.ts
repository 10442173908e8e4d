export interface Use {
  at: string;
  region: string;
}

/** A role's uses as IAM gathers them for RoleLastUsed. */
export interface GatheredUses {
  /** What RoleLastUsed shows while uses are being gathered. */
  shown?: Use;
  gatheringSince: string;
  latest: Use;
}

/** AWS says "within four hours"; some minutes are enough for a use not to see itself. */
const GATHERING_MS = 5 * 60_000;

export function withUse(uses: GatheredUses | undefined, use: Use): GatheredUses {
  if (uses && !isGathered(uses, use.at)) return { ...uses, latest: use };
  return { shown: uses?.latest, gatheringSince: use.at, latest: use };
}

/** RoleLastUsed at some time. */
export function lastUse(uses: GatheredUses | undefined, now: Date): Use | undefined {
  return uses && isGathered(uses, now.toISOString()) ? uses.latest : uses?.shown;
}

function isGathered({ gatheringSince }: GatheredUses, at: string): boolean {
  return Date.parse(at) - Date.parse(gatheringSince) >= GATHERING_MS;
}
