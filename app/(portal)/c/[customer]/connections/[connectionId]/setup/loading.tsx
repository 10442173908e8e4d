import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function StepLoading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-x-12 gap-y-6 lg:grid-cols-[13.5rem_minmax(0,46rem)]">
      <div className="space-y-5">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="h-9 w-full lg:h-52" />
      </div>
      <div>
        <Skeleton className="h-8 w-64" />
        <Skeleton className="mt-2.5 mb-8 h-11 w-full max-w-prose" />
        <Card className="h-72 p-6">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="mt-4 h-12 w-full" />
          <Skeleton className="mt-4 h-16 w-full" />
        </Card>
      </div>
    </div>
  );
}
