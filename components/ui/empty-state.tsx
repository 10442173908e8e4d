import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "./card";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <Card className="flex flex-col items-center px-6 py-14 text-center">
      <span className="flex size-11 items-center justify-center rounded-xl border border-line bg-sunken">
        <Icon aria-hidden className="size-5 text-muted" />
      </span>
      <h2 className="mt-4 font-semibold text-base">{title}</h2>
      <div className="mt-1.5 max-w-md text-balance text-muted">{children}</div>
      {action ? <div className="mt-6">{action}</div> : null}
    </Card>
  );
}
