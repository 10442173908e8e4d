import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export default function StaffLoading() {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-8 space-y-3">
        <Skeleton className="h-8 w-44" />
        <Skeleton className="h-5 w-72 max-w-full" />
      </div>
      <Skeleton className="mb-4 h-8 w-full max-w-3xl" />
      <Skeleton className="mb-4 h-9 w-full max-w-md" />
      <Card className="h-[28rem] p-6">
        <Skeleton className="h-4 w-full" />
      </Card>
    </div>
  );
}
