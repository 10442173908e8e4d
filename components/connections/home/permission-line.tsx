import { TextLink } from "@/components/ui/text-link";
import type { PermissionReviewView } from "@/lib/connections/review-schema";
import { verdictOf } from "@/lib/crossaccount/verdict";
import { permissionsPath } from "../paths";

interface PermissionLineProps {
  productName: string;
  customer: string;
  review: Pick<PermissionReviewView, "verdict" | "features">;
  securityUrl?: string | undefined;
}

/** What a security team asks for, at the foot of the home. */
export function PermissionLine({ productName, customer, review, securityUrl }: PermissionLineProps) {
  const page = permissionsPath(customer);
  // Each account may have chosen other features, so that the list of accounts can only tell the most.
  const { reads, changes } = verdictOf(
    review.verdict,
    review.features.map(({ id }) => id),
  );
  return (
    <div className="mt-6 space-y-1.5 text-[13px]">
      <p className="max-w-prose break-words text-muted">
        What {productName} can do in these accounts{review.features.length > 0 ? " at most" : null}: {reads} {changes}
      </p>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <TextLink href={page}>See permissions</TextLink>
        {securityUrl ? (
          <a href={securityUrl} className="rounded-sm font-medium text-accent-ink underline-offset-4 hover:underline">
            Security page
          </a>
        ) : null}
        <TextLink href={`${page}#leave`}>How to leave</TextLink>
      </p>
    </div>
  );
}
