import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  className?: string;
}

/** The browser's own details element: no script, found by the page search. */
export function Disclosure({ summary, children, className }: DisclosureProps) {
  return (
    <details className={classNames("group/disclosure", className)}>
      <summary className="-mx-2 inline-flex list-none items-center gap-1.5 rounded-md px-2 py-1 font-medium text-muted hover:bg-hover hover:text-ink">
        <span aria-hidden className="glyph glyph-chevron transition-transform group-open/disclosure:rotate-90" />
        {summary}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
