import { Badge } from "@/components/ui/badge";
import type { ReviewedManagedPolicy } from "@/lib/connections/review-schema";
import { risks } from "./risks";

/** A policy by AWS: named, with what its author says of it. What is in it is AWS's to say. */
export function ManagedPolicyReview({ policy, feature }: { policy: ReviewedManagedPolicy; feature?: string }) {
  const { tone, word, icon: Icon } = risks[policy.risk];
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-64 break-words font-medium [overflow-wrap:anywhere]">
          {policy.readOnly ? "Read what" : "Do what"} {policy.name} allows, a policy by AWS.
        </p>
        <Badge tone={tone}>
          <Icon />
          {word}
        </Badge>
      </div>
      <p className="mt-1 max-w-prose text-muted">{policy.why}</p>
      {policy.escalates && <p className="mt-1 max-w-prose text-danger">What it makes possible: {policy.escalates}</p>}
      {feature && <p className="mt-1 max-w-prose text-muted">Only with: {feature}</p>}
      <p className="mt-1 max-w-prose text-muted">
        AWS decides what is in it, and changes it when it likes. <code className="break-all">{policy.arn}</code>
      </p>
    </li>
  );
}
