import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** Stands where a step's content will be, in about its size. */
export function StepSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Card className="h-[26rem] p-6">
        <Skeleton className="h-5 w-64" />
        <Skeleton className="mt-8 h-20 w-full max-w-lg" />
        <Skeleton className="mt-6 h-11 w-64" />
      </Card>
    </div>
  );
}
