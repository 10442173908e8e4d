import type { CrossAccountConfig } from "../config/config";
import type { PolicyStatement } from "../grants/policy-types";
import { type Verdict, verdictOf } from "../verdict";
import { templateVersion } from "./document";
import { expectedTrustPolicy } from "./expected";
import {
  type ReviewedBoundary,
  type ReviewedManagedPolicy,
  type ReviewedPermission,
  type ReviewedStack,
  reviewBoundary,
  reviewManagedPolicies,
  reviewPermissions,
} from "./permission-review";
import { verdictFacts } from "./verdict-facts";

/** The whole permission review as data, for who decides without the portal. */
export interface ReviewDocument {
  readonly product: string;
  readonly template_version: string;
  readonly features: readonly { readonly id: string; readonly title: string; readonly chosen: boolean }[];
  readonly verdict: Pick<Verdict, "reads" | "changes" | "limits">;
  readonly trust_policy: object;
  readonly statements: readonly ReviewedStatement[];
  /** What the role can do at most, whatever its statements allow. */
  readonly boundary?: object;
  readonly policies_by_aws: readonly (Omit<ReviewedManagedPolicy, "risk" | "readOnly"> & {
    readonly vendors_risk_rating: string;
  })[];
}

interface ReviewedStatement {
  readonly phase: ReviewedPermission["phase"];
  readonly feature?: string | undefined;
  readonly summary: string;
  readonly why: string;
  /** Absent of the template's own, by which the role reads itself. */
  readonly vendors_risk_rating?: string;
  readonly leads_to?: readonly string[];
  readonly escalates?: string | undefined;
  readonly statement: PolicyStatement;
}

const externalIdPlaceholder = "EXTERNAL-ID-OF-THE-CONNECTION";

/** What a stack with these features grants, from the same builders as the template. */
export function reviewDocument(
  config: CrossAccountConfig,
  stack: ReviewedStack,
  features: readonly string[],
): ReviewDocument {
  const isChosen = ({ feature }: { feature?: string }) => feature === undefined || features.includes(feature);
  const permissions = reviewPermissions(config, stack).filter(isChosen);
  const policies = reviewManagedPolicies(config, stack).filter(isChosen);
  const { reads, changes, limits } = verdictOf(verdictFacts(permissions, policies), features);
  const partition = stack.partition ?? "aws";
  const boundary = reviewBoundary(config, stack);
  return {
    product: config.branding.productName,
    template_version: templateVersion(config),
    features: config.features.map(({ id, title }) => ({ id, title, chosen: features.includes(id) })),
    verdict: { reads, changes, limits },
    trust_policy: expectedTrustPolicy(config, {
      partition,
      externalId: externalIdPlaceholder,
    }),
    statements: permissions.map(reviewedStatement),
    ...(boundary && { boundary: boundaryData(boundary) }),
    policies_by_aws: policies.map(({ risk, readOnly: _readOnly, ...policy }) => ({
      ...policy,
      vendors_risk_rating: risk,
    })),
  };
}

function boundaryData(boundary: ReviewedBoundary): object {
  if (!("statements" in boundary)) return boundary;
  return boundary.statements.map(({ why, summary, json }) => ({
    why,
    summary,
    statement: JSON.parse(json) as unknown,
  }));
}

function reviewedStatement({
  phase,
  feature,
  summary,
  why,
  risk,
  upkeep,
  leadsTo,
  escalates,
  json,
}: ReviewedPermission): ReviewedStatement {
  return {
    phase,
    feature,
    summary,
    why,
    ...(!upkeep && { vendors_risk_rating: risk }),
    ...(leadsTo.length > 0 && { leads_to: leadsTo }),
    escalates,
    statement: JSON.parse(json) as PolicyStatement,
  };
}
