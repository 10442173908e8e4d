"use client";

import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function HomeLoading() {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-8 flex min-h-9 items-center justify-between gap-4">
        <Skeleton className="h-8 w-44" />
        <Skeleton className="h-9 w-52" />
      </div>
      <Skeleton className="mb-3 h-5 w-80 max-w-full" />
      <Card className="divide-y divide-line">
        {["first", "second", "third", "fourth"].map((row) => (
          <div key={row} className="home-row">
            <Skeleton className="h-5 w-24" />
            <div className="col-span-2 space-y-2 lg:col-span-1">
              <Skeleton className="h-5 w-40" />
              <Skeleton className="h-4 w-28" />
            </div>
            <div className="home-left">
              <Skeleton className="h-5 w-48" />
            </div>
          </div>
        ))}
      </Card>
    </div>
  );
}
