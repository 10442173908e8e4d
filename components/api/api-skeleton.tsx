import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const rows = ["one", "two", "three", "four", "five"];

/** Stands for a page of the API until it is there. */
export function ApiSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-8 space-y-3">
        <Skeleton className="h-8 w-40" />
        <Skeleton className="h-5 w-96 max-w-full" />
      </div>
      <Card className="divide-y divide-line">
        {rows.map((row) => (
          <div key={row} className="flex gap-6 px-5 py-4 sm:px-6">
            <Skeleton className="h-10 w-40 shrink-0" />
            <Skeleton className="h-10 w-full" />
          </div>
        ))}
      </Card>
    </div>
  );
}
