import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableCell, TableHead } from "@/components/ui/table";
import type { StaffConnectionSummary } from "@/lib/connections/schema";
import { StatusBadge } from "./status-badge";

/** On a phone a row keeps what identifies it and its status; the rest is on its page. */
export function StaffTable({ rows }: { rows: readonly StaffConnectionSummary[] }) {
  return (
    <Card className="overflow-hidden">
      <Table>
        <caption className="sr-only">Connections of all customers</caption>
        <thead>
          <tr>
            <TableHead className="pl-5 sm:pl-6">Connection</TableHead>
            <TableHead className="hidden sm:table-cell">Customer</TableHead>
            <TableHead>Status</TableHead>
            <TableHead className="hidden lg:table-cell">AWS account</TableHead>
            <TableHead className="hidden lg:table-cell">Region</TableHead>
            <TableHead className="hidden md:table-cell">Last verified</TableHead>
            <TableHead className="hidden pr-6 xl:table-cell">Created</TableHead>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <StaffRow key={row.id} row={row} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function StaffRow({ row }: { row: StaffConnectionSummary }) {
  return (
    <tr className="hover:bg-hover/60">
      <TableCell className="max-w-56 pl-5 sm:pl-6">
        <Link
          href={`/staff/connections/${row.id}`}
          className="block truncate rounded-sm font-medium underline-offset-4 hover:underline"
        >
          {row.name}
        </Link>
        <span className="block truncate text-muted sm:hidden">{row.customerName}</span>
      </TableCell>
      <TableCell className="hidden max-w-48 truncate sm:table-cell">{row.customerName}</TableCell>
      <TableCell>
        <StatusBadge status={row.status} />
      </TableCell>
      <TableCell className="hidden font-mono text-[12.5px] tabular-nums lg:table-cell">
        {row.accountId ?? "—"}
      </TableCell>
      <TableCell className="hidden whitespace-nowrap text-muted lg:table-cell">{row.region}</TableCell>
      <TableCell className="hidden text-muted md:table-cell">
        {row.lastVerifiedAt ? <RelativeTime at={row.lastVerifiedAt} /> : "Never"}
      </TableCell>
      <TableCell className="hidden pr-6 text-muted xl:table-cell">
        <RelativeTime at={row.createdAt} />
      </TableCell>
    </tr>
  );
}
