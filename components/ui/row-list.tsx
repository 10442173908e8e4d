interface RowListProps {
  /** Says of what, for those who do not see it. */
  label: string;
  children: React.ReactNode;
}

/** Rows below each other, each with what it is on the left and what can be done on the right. */
export function RowList({ label, children }: RowListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {children}
    </ul>
  );
}

export function Row({ children }: { children: React.ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      {children}
    </li>
  );
}
