import "server-only";
import { db } from "@/lib/db";
import type { StaffAccess } from "@/lib/tenancy/access";
import { misfitKinds, type SetAsideGroup, type SetAsideView } from "./schema";

const shownAtMost = 20;

/** Jobs that were set aside and are still remembered, the latest first. */
export async function listSetAside(_access: StaffAccess): Promise<SetAsideView> {
  const [jobs, groups] = await Promise.all([
    db.setAsideJob.count(),
    db.setAsideJob.groupBy({
      by: ["queue", "why", "detail"],
      _count: true,
      _min: { setAsideAt: true },
      _max: { setAsideAt: true },
      orderBy: { _max: { setAsideAt: "desc" } },
      take: shownAtMost,
    }),
  ]);
  return {
    jobs,
    groups: groups.map(({ queue, why, detail, _count, _min, _max }) => ({
      queue,
      why: kindOf(why),
      detail,
      jobs: _count,
      firstAt: _min.setAsideAt ?? new Date(0),
      lastAt: _max.setAsideAt ?? new Date(0),
    })),
  };
}

/** A kind that only a newer version knows is shown as `wrong-shape`, which is true of every misfit. */
function kindOf(text: string): SetAsideGroup["why"] {
  return misfitKinds.find((kind) => kind === text) ?? "wrong-shape";
}
