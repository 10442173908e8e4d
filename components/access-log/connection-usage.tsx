import { Suspense } from "react";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import type { AccessLogUsage } from "@/lib/access-log/schema";
import { UsageSection } from "./usage-section";

interface ConnectionUsageProps {
  usage: Promise<AccessLogUsage>;
  /** The access log, unless this is its page. */
  logAddress?: string;
}

/** The chart of one connection, with its place held while it is counted. */
export function ConnectionUsage(props: ConnectionUsageProps) {
  return (
    <Suspense
      fallback={
        <Card className="h-72 p-6">
          <Skeleton className="h-6 w-56" />
        </Card>
      }
    >
      <Counted {...props} />
    </Suspense>
  );
}

async function Counted({ usage, logAddress }: ConnectionUsageProps) {
  const link = logAddress ? <TextLink href={logAddress}>Access log</TextLink> : null;
  return <UsageSection usage={await usage} actions={link} />;
}
