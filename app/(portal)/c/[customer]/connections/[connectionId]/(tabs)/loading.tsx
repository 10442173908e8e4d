"use client";

import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function TabLoading() {
  return (
    <Card className="space-y-4 p-6">
      <p role="status" className="sr-only">
        Loading
      </p>
      <Skeleton className="h-6 w-56" />
      <Skeleton className="h-4 w-full max-w-xl" />
      <Skeleton className="h-4 w-full max-w-lg" />
      <Skeleton className="h-32 w-full" />
    </Card>
  );
}
