import type { ReactNode } from "react";

/** Facts as term and value: in two columns where there is room for them. */
export function DescriptionList({ items }: { items: { term: string; value: ReactNode }[] }) {
  return (
    <div className="@container">
      <dl className="divide-y divide-line">
        {items.map(({ term, value }) => (
          <div
            key={term}
            className="grid grid-cols-1 gap-x-4 py-2.5 first:pt-0 last:pb-0 @md:grid-cols-[9rem_minmax(0,1fr)] @md:py-2"
          >
            <dt className="text-muted leading-5 @md:py-1.5">{term}</dt>
            <dd className="min-w-0 break-words leading-5 @md:py-1.5 @md:has-[button]:py-0">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
