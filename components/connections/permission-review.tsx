"use client";

import { Badge, type Tone } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import type { PermissionReviewView } from "@/lib/connections/schema";
import { BoundaryReview } from "./boundary-review";
import { ManagedPolicyReview } from "./managed-policy-review";
import { StatementReview } from "./statement-review";

interface PermissionReviewProps {
  productName: string;
  review: PermissionReviewView;
  /** Proven to be no longer attached to the role. */
  setupGone?: boolean;
}

/** What the role will be allowed, in plain words: what stays, then what goes away after setup. */
export function PermissionReview({ productName, review, setupGone = false }: PermissionReviewProps) {
  const { permissions, managedPolicies } = review;
  return (
    <Section title={`What ${productName} may do`} description={scopeOf(review)}>
      <div className="space-y-7">
        <Phase title="Ongoing" tone="neutral" explanation="As long as the connection exists." {...ofPhase("ongoing")} />
        <Phase
          title="Setup only"
          tone="info"
          explanation={setupGone ? "Verified: the role no longer has these." : endOf(review)}
          {...ofPhase("setup")}
        />
        {review.boundary && <BoundaryReview boundary={review.boundary} />}
      </div>
    </Section>
  );

  function ofPhase(wanted: "ongoing" | "setup") {
    return {
      permissions: permissions.filter(({ phase }) => phase === wanted),
      managedPolicies: managedPolicies.filter(({ phase }) => phase === wanted),
      features: review.features,
    };
  }
}

/** Beside a policy by AWS nothing can be said of what else the role may do: AWS decides, and may change it. */
function scopeOf({ managedPolicies }: PermissionReviewView): string {
  if (managedPolicies.length === 0) return "The role in your account gets these permissions and no others.";
  return "The role in your account gets these permissions, and whatever AWS puts into the policies by AWS that are named here.";
}

function endOf({ permissions, managedPolicies }: PermissionReviewView): string {
  const endless = managedPolicies.some(({ phase }) => phase === "setup");
  if (!endless) return "They expire by themselves, and you can remove them earlier.";
  const others = permissions.some(({ phase }) => phase === "setup");
  return others
    ? "The statements expire by themselves; the policies by AWS stay until you remove the setup permissions."
    : "They do not expire by themselves: they stay until you remove the setup permissions.";
}

interface PhaseProps extends PermissionReviewView {
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
