import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableCell, TableHead } from "@/components/ui/table";
import type { RoundView } from "@/lib/audits/schema";
import { roundStates, roundTitles } from "./round-words";

export function RoundList({ rounds }: { rounds: readonly RoundView[] }) {
  return (
    <Card className="overflow-hidden">
      <Table>
        <caption className="sr-only">Audit runs</caption>
        <thead>
          <tr>
            <TableHead className="pl-5 sm:pl-6">Audit run</TableHead>
            <TableHead>State</TableHead>
            <TableHead>Done</TableHead>
            <TableHead className="hidden pr-6 sm:table-cell">Started</TableHead>
          </tr>
        </thead>
        <tbody>
          {rounds.map(({ id, kind, state, done, total, admitting, startedAt }) => (
            <tr key={id} className="hover:bg-hover/60">
              <TableCell className="pl-5 sm:pl-6">
                <Link
                  href={`/staff/audits/${id}`}
                  className="rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {roundTitles[kind]}
                </Link>
                <p className="text-[13px] text-muted sm:hidden">
                  <RelativeTime at={startedAt} />
                </p>
              </TableCell>
              <TableCell>{roundStates[state]}</TableCell>
              <TableCell className="tabular-nums">
                {done.toLocaleString("en-US")} of {total.toLocaleString("en-US")}
                {admitting ? "+" : ""}
              </TableCell>
              <TableCell className="hidden pr-6 text-muted sm:table-cell">
                <RelativeTime at={startedAt} />
              </TableCell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
