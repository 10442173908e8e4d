"use client";

import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function PeopleLoading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-3 h-8 w-28" />
      <Skeleton className="mb-8 h-5 w-80 max-w-full" />
      <Card className="max-w-3xl space-y-5 p-6">
        <Skeleton className="h-5 w-24" />
        {["first", "second", "third"].map((row) => (
          <div key={row} className="space-y-2">
            <Skeleton className="h-5 w-40" />
            <Skeleton className="h-4 w-52 max-w-full" />
          </div>
        ))}
      </Card>
    </div>
  );
}
