"use client";

import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function PermissionsLoading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-3 h-8 w-72 max-w-full" />
      <Skeleton className="mb-8 h-5 w-96 max-w-full" />
      <Card className="space-y-6 p-6">
        <Skeleton className="h-28 w-full" />
        {["first", "second", "third"].map((statement) => (
          <div key={statement} className="space-y-2">
            <Skeleton className="h-5 w-64 max-w-full" />
            <Skeleton className="h-4 w-96 max-w-full" />
          </div>
        ))}
      </Card>
    </div>
  );
}
