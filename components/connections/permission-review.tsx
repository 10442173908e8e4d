"use client";

import { Badge, type Tone } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import type { PermissionReviewView } from "@/lib/connections/review-schema";
import { verdictOf } from "@/lib/crossaccount/verdict";
import { BoundaryReview } from "./boundary-review";
import { ManagedPolicyReview } from "./managed-policy-review";
import { ReviewDownload } from "./review-download";
import { StatementReview } from "./statement-review";
import { VerdictPanel } from "./verdict-panel";

interface PermissionReviewProps {
  productName: string;
  review: PermissionReviewView;
  /** Ids of the features that were chosen; all that may be chosen unless given. */
  chosen?: readonly string[];
  /** Proven to be no longer attached to the role. */
  setupGone?: boolean;
  /** Where the review is downloaded from, for those who may. */
  downloadPath?: string;
}

/** What the role will be allowed: the verdict, then each statement in plain words, what stays before what goes away after setup. */
export function PermissionReview({
  productName,
  review,
  chosen = review.features.map(({ id }) => id),
  setupGone = false,
  downloadPath,
}: PermissionReviewProps) {
  const isShown = ({ feature }: { feature?: string | undefined }) => feature === undefined || chosen.includes(feature);
  const permissions = review.permissions.filter(isShown);
  const managedPolicies = review.managedPolicies.filter(isShown);
  const upkeep = permissions.filter((permission) => permission.upkeep);
  return (
    <Section
      title={`What ${productName} may do`}
      description={`Made from the same list as the stack's template. How risky each is, ${productName} says itself.`}
      actions={downloadPath ? <ReviewDownload path={downloadPath} chosen={chosen} /> : null}
    >
      <div className="space-y-7">
        <VerdictPanel verdict={verdictOf(review.verdict, chosen)} />
        <Phase title="Ongoing" tone="neutral" explanation="As long as the connection exists." {...ofPhase("ongoing")} />
        <Phase
          title="Setup only"
          tone="info"
          explanation={setupGone ? "Verified: the role no longer has these." : endOf(ofPhase("setup"))}
          {...ofPhase("setup")}
        />
        {review.boundary && <BoundaryReview boundary={review.boundary} />}
        {upkeep.length > 0 ? (
          <p className="border-line border-t pt-4 text-[13px] text-muted">
            Besides, the role may read itself and its own policies, so that it can be verified:{" "}
            <span className="break-words font-mono text-xs [overflow-wrap:anywhere]">
              {upkeep.flatMap(({ actions }) => actions).join(", ")}
            </span>
            .
          </p>
        ) : null}
      </div>
    </Section>
  );

  function ofPhase(wanted: "ongoing" | "setup"): Granted {
    return {
      permissions: permissions.filter(({ phase, upkeep: isUpkeep }) => phase === wanted && !isUpkeep),
      managedPolicies: managedPolicies.filter(({ phase }) => phase === wanted),
      features: review.features,
    };
  }
}

type Granted = Pick<PermissionReviewView, "permissions" | "managedPolicies" | "features">;

function endOf({ permissions, managedPolicies }: Granted): string {
  if (managedPolicies.length === 0) return "They expire by themselves, and you can remove them earlier.";
  return permissions.length > 0
    ? "The statements expire by themselves; the policies by AWS stay until you remove the setup permissions."
    : "They do not expire by themselves: they stay until you remove the setup permissions.";
}

interface PhaseProps extends Granted {
  title: string;
  tone: Tone;
  explanation: string;
}

function Phase({ title, tone, explanation, permissions, managedPolicies, features }: PhaseProps) {
  if (permissions.length + managedPolicies.length === 0) return null;
  const titleOf = (id: string | undefined) => features.find((feature) => feature.id === id)?.title;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h3>
          <Badge tone={tone}>{title}</Badge>
        </h3>
        <p className="text-[13px] text-muted">{explanation}</p>
      </div>
      <ul className="mt-1.5 divide-y divide-line">
        {permissions.map((permission) => (
          <StatementReview key={permission.sid} permission={permission} feature={titleOf(permission.feature)} />
        ))}
        {managedPolicies.map((policy) => (
          <ManagedPolicyReview key={policy.arn} policy={policy} feature={titleOf(policy.feature)} />
        ))}
      </ul>
    </div>
  );
}
