import type { ReactNode } from "react";

/** Facts as term and value: stacked on a phone, two columns elsewhere. */
export function DescriptionList({ items }: { items: { term: string; value: ReactNode }[] }) {
  return (
    <dl className="divide-y divide-line">
      {items.map(({ term, value }) => (
        <div key={term} className="grid gap-x-4 py-2 first:pt-0 last:pb-0 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="py-1.5 text-muted leading-5">{term}</dt>
          <dd className="min-w-0 break-words py-1.5 leading-5 has-[button]:py-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
