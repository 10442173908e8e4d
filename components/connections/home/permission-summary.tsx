import { Section } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { PermissionReviewView } from "@/lib/connections/review-schema";
import { permissionsPath } from "../paths";

interface PermissionSummaryProps {
  productName: string;
  customer: string;
  review: PermissionReviewView;
}

const shownAtMost = 4;

/** The ongoing permissions in a few lines, and the way to all of them. */
export function PermissionSummary({ productName, customer, review }: PermissionSummaryProps) {
  const ongoing = [
    ...review.permissions.filter(({ phase, effect, feature }) => phase === "ongoing" && effect === "Allow" && !feature),
    ...review.managedPolicies
      .filter(({ phase, feature }) => phase === "ongoing" && !feature)
      .map(({ arn, name }) => ({ sid: arn, summary: `What AWS puts into its policy ${name}.` })),
  ];
  const more = ongoing.length - shownAtMost;
  return (
    <Section title={`What ${productName} may do`}>
      <ul className="list-disc space-y-1.5 pl-4 text-muted marker:text-line-strong">
        {ongoing.slice(0, shownAtMost).map(({ sid, summary }) => (
          <li key={sid} className="break-words">
            {summary}
          </li>
        ))}
      </ul>
      <p className="mt-3">
        <TextLink href={permissionsPath(customer)}>
          {more > 0 ? `See these and ${more} more in full` : "See all permissions in full"}
        </TextLink>
      </p>
    </Section>
  );
}
