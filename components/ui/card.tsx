import type { ReactNode } from "react";
import { classNames } from "./class-names";

export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={classNames("rounded-xl border border-line bg-surface shadow-card", className)}>{children}</div>
  );
}

interface SectionProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A card with a heading. */
export function Section({ title, description, actions, children, className }: SectionProps) {
  return (
    <section>
      <Card className={className}>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-5 pt-4 sm:px-6 sm:pt-5">
          <div className="min-w-0 space-y-1">
            <h2 className="font-semibold text-[15px]">{title}</h2>
            {description ? <p className="text-muted">{description}</p> : null}
          </div>
          {actions}
        </div>
        <div className="px-5 pt-4 pb-5 sm:px-6 sm:pb-6">{children}</div>
      </Card>
    </section>
  );
}
