import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

interface PageHeaderProps {
  title: string;
  /** Beside the title, such as a status. */
  badge?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  back?: { title: string; href: string };
}

export function PageHeader({ title, badge, description, actions, back }: PageHeaderProps) {
  return (
    <div className="mb-8 space-y-3">
      {back ? (
        <Link
          href={back.href}
          className="-ml-1 inline-flex max-w-full items-center gap-1 rounded-sm text-muted hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4 shrink-0" />
          <span className="truncate">{back.title}</span>
        </Link>
      ) : null}
      <div className="flex min-h-9 flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 space-y-1.5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <h1 className="min-w-0 break-words font-semibold text-2xl tracking-tight">{title}</h1>
            {badge}
          </div>
          {description ? <div className="max-w-2xl text-muted">{description}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
