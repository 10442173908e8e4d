import type { ReactNode } from "react";

/** The way on, at the end of a step. */
export function StepFooter({ hint, children }: { hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 pt-2">
      <p className="max-w-md text-muted">{hint}</p>
      <div className="ml-auto flex gap-2">{children}</div>
    </div>
  );
}
