import { KeyRound } from "lucide-react";
import Link from "next/link";
import { setupPath } from "@/components/connections/paths";
import { PermissionReview } from "@/components/connections/permission-review";
import { buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { ConnectionDetail, PermissionReviewView } from "@/lib/connections/schema";
import { StepFooter } from "./step-footer";

interface ExternalIdStepProps {
  productName: string;
  connection: ConnectionDetail;
  review: PermissionReviewView;
}

export function ExternalIdStep({ productName, connection, review }: ExternalIdStepProps) {
  return (
    <>
      <Card className="p-5 sm:p-6">
        <div className="flex items-center gap-2 text-muted">
          <KeyRound aria-hidden className="size-4" />
          <h2 className="font-medium">Your external ID</h2>
        </div>
        <div className="mt-3 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-sunken py-3 pr-3 pl-4">
          <code className="min-w-0 break-all font-mono text-[13.5px]">{connection.externalId}</code>
          <CopyButton value={connection.externalId} what="external ID" />
        </div>
        <p className="mt-4 max-w-prose text-muted leading-relaxed">
          {productName} sends this with every request for access, and your role accepts no request without it. It
          belongs only to this connection and never changes by itself, so no one else can make {productName} use your
          role. You do not need to note it down: the next step fills it in.
        </p>
      </Card>
      <PermissionReview productName={productName} review={review} />
      <StepFooter>
        <Link
          href={setupPath(connection.customer, connection.id, "launch")}
          className={buttonStyle({ variant: "primary", size: "large" })}
        >
          Continue
        </Link>
      </StepFooter>
    </>
  );
}
