import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function ConnectionLoading() {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-8 space-y-3">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-5 w-72 max-w-full" />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Card className="h-96 p-6">
          <Skeleton className="h-6 w-48" />
        </Card>
        <Card className="h-96 p-6">
          <Skeleton className="h-6 w-24" />
        </Card>
      </div>
    </div>
  );
}
