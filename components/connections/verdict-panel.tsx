import { Ban, Eye, PencilLine, TriangleAlert } from "lucide-react";
import type { Verdict } from "@/lib/crossaccount/verdict";

/** What the role may do in three sentences: reads, changes, and what it cannot, or who decides that. */
export function VerdictPanel({ verdict: { reads, changes, limits, isOpen } }: { verdict: Verdict }) {
  const Limit = isOpen ? TriangleAlert : Ban;
  return (
    <ul aria-label="In short" className="space-y-2.5 rounded-lg border border-line bg-sunken px-4 py-3.5 text-[15px]">
      <li className="flex gap-3">
        <Eye aria-hidden className="mt-1 size-4 shrink-0 text-muted" />
        <span className="min-w-0 break-words">{reads}</span>
      </li>
      <li className="flex gap-3">
        <PencilLine aria-hidden className="mt-1 size-4 shrink-0 text-muted" />
        <span className="min-w-0 break-words">{changes}</span>
      </li>
      <li className={isOpen ? "flex gap-3 font-medium text-danger" : "flex gap-3"}>
        <Limit aria-hidden className={isOpen ? "mt-1 size-4 shrink-0" : "mt-1 size-4 shrink-0 text-muted"} />
        <span className="min-w-0 break-words">{limits}</span>
      </li>
    </ul>
  );
}
