import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const rows = ["one", "two", "three", "four", "five", "six"];

export function EntrySkeleton() {
  return (
    <Card className="divide-y divide-line">
      <p role="status" className="sr-only">
        Loading the access log
      </p>
      {rows.map((row) => (
        <div key={row} className="flex gap-6 px-5 py-4 sm:px-6">
          <Skeleton className="h-10 w-28 shrink-0" />
          <Skeleton className="h-6 w-20 shrink-0" />
          <Skeleton className="h-10 w-full" />
        </div>
      ))}
    </Card>
  );
}
