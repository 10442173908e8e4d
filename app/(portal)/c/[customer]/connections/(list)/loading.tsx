"use client";

import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function ConnectionsLoading() {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-8 space-y-3">
        <Skeleton className="h-8 w-44" />
        <Skeleton className="h-5 w-80 max-w-full" />
      </div>
      <Card className="divide-y divide-line">
        {["first", "second", "third"].map((row) => (
          <div key={row} className="space-y-2.5 px-6 py-4">
            <Skeleton className="h-5 w-56" />
            <Skeleton className="h-4 w-80 max-w-full" />
            <Skeleton className="h-4 w-64 max-w-full" />
          </div>
        ))}
      </Card>
    </div>
  );
}
