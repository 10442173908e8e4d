import Link from "next/link";
import type { ReactNode } from "react";

interface ConnectionLineProps {
  connectionId: string;
  connectionName: string;
  customerName: string;
  /** What is to say about the connection. */
  text: string;
  /** At the end of the line. */
  children: ReactNode;
}

/** One connection in a list for staff: whose it is, what is about it, and the way to it. */
export function ConnectionLine({ connectionId, connectionName, customerName, text, children }: ConnectionLineProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <p className="min-w-0">
        <Link
          href={`/staff/connections/${connectionId}`}
          className="rounded-sm font-medium underline-offset-4 hover:underline"
        >
          {connectionName}
        </Link>
        <span className="text-muted"> · {customerName} · </span>
        {text}
      </p>
      {children}
    </li>
  );
}
