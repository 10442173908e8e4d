import { Table, TableCell, TableHead } from "@/components/ui/table";
import type { AccessLogUsage } from "@/lib/access-log/schema";
import { dayWords } from "./usage-words";

/** The chart's numbers; days without any are left out. */
export function UsageTable({ days }: { days: AccessLogUsage["days"] }) {
  const used = days.filter(({ allowed, refused, error, probe }) => allowed + refused + error + probe > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label="Uses by day" tabIndex={0} className="-mx-1 overflow-x-auto px-1">
      <Table className="tabular-nums">
        <caption className="sr-only">Uses by day; days that are not listed had none</caption>
        <thead>
          <tr>
            <TableHead className="pl-0">Day</TableHead>
            <TableHead className="text-right">Allowed</TableHead>
            <TableHead className="text-right">Refused</TableHead>
            <TableHead className="text-right">Failed</TableHead>
            <TableHead className="text-right">Probes</TableHead>
          </tr>
        </thead>
        <tbody>
          {used.toReversed().map(({ day, allowed, refused, error, probe }) => (
            <tr key={day}>
              <TableCell className="whitespace-nowrap py-2 pl-0">{dayWords(day)}</TableCell>
              <CountCell count={allowed} />
              <CountCell count={refused} />
              <CountCell count={error} />
              <CountCell count={probe} />
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function CountCell({ count }: { count: number }) {
  return <TableCell className="py-2 text-right">{count.toLocaleString("en")}</TableCell>;
}
