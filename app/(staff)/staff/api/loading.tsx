import { ApiSkeleton } from "@/components/api/api-skeleton";

export default function ApiLoading() {
  return <ApiSkeleton />;
}
