import type { RoleArnParts } from "../../aws/role-arn";
import type { CrossAccountConfig } from "../../config/config";
import { partitionSettings } from "../../config/config";
import { expectedTrustPolicy } from "../../template";
import type { Check, Evidence } from "../../types";
import { check, fact } from "../check";
import { parseTrustPolicy } from "./document";
import { type TrustFinding, trustFindings } from "./findings";

export interface TrustPolicyInput {
  /** As GetRole returned it. */
  document: string;
  config: CrossAccountConfig;
  role: RoleArnParts;
  externalId: string;
  /** External IDs that were issued to other connections; none unless given. */
  othersExternalIds?: ReadonlySet<string>;
}

export interface TrustPolicyResult {
  check: Check;
  /** Others can assume the role, or the vendor without this external ID. */
  open: boolean;
}

/** Explains who a role's trust policy lets in and how it compares the external ID, and finds what is wider than the template. */
export function checkTrustPolicy(input: TrustPolicyInput): TrustPolicyResult {
  const findings = findingsOf(input);
  if (!findings) return { open: false, check: unreadableTrust("its document could not be understood") };
  return { check: judge(findings, input), open: findings.some(({ severity }) => severity === "open") };
}

/**
 * Explains why a role let in who it must refuse, and nothing else: whoever named such a role need not own it, so its principals
 * and further conditions are not theirs to see.
 */
export function explainOpenTrust(input: TrustPolicyInput): Check {
  const reasons = (findingsOf(input) ?? []).filter(
    ({ severity, label }) => severity === "open" && label === "External ID",
  );
  const evidence = [...reasons.map(({ label, text }) => fact(label, text)), templatePolicy(input)];
  return check("trust-policy", "failed", evidence, {
    cause: reasons[0]
      ? `The trust policy lets in callers that do not know the external ID. ${sentence(reasons[0])}`
      : "AWS still applies an earlier trust policy than the one it shows; a very recent change would explain that.",
    confidence: reasons[0] ? "certain" : "likely",
    remedy: reasons[0]
      ? openRemedy
      : "Verify again in a minute. The connection stays blocked until a verification passes.",
  });
}

/** Explains that the policy names other connections' external IDs, and nothing else of it; null where it does not. */
export function explainForeignTrust(input: TrustPolicyInput): Check | null {
  const listed = (findingsOf(input) ?? []).some(
    ({ label, severity }) => label === "External ID" && severity === "open",
  );
  return input.othersExternalIds?.size && listed ? explainOpenTrust(input) : null;
}

function findingsOf({
  document,
  config,
  role,
  externalId,
  othersExternalIds,
}: TrustPolicyInput): TrustFinding[] | null {
  const statements = parseTrustPolicy(document);
  const { serviceAccountId, trustedPrincipalArns } = partitionSettings(config, role.partition);
  return (
    statements &&
    trustFindings(statements, {
      partition: role.partition,
      accountId: role.accountId,
      vendorAccountId: serviceAccountId,
      externalId,
      othersExternalIds: othersExternalIds ?? new Set(),
      trustedPrincipalArns,
    })
  );
}

export function unreadableTrust(why: string): Check {
  return check("trust-policy", "warning", [fact("Could not be read", why)], {
    cause: "The role's trust policy could not be read, so only what AWS refused and allowed is known of it.",
    confidence: "certain",
    remedy: "Update the stack with the current template, which lets the role read itself; then verify again.",
  });
}

function judge(findings: readonly TrustFinding[], input: TrustPolicyInput): Check {
  const of = (severity: TrustFinding["severity"]) => findings.filter((finding) => finding.severity === severity);
  const evidence = (list: readonly TrustFinding[]) => list.map(({ label, text }) => fact(label, text));
  const open = of("open");
  const wider = of("wider");
  const notices = of("notice");
  const all = [...open, ...wider, ...notices, ...of("stated")];
  const shown = [
    fact("Vendor's account", partitionSettings(input.config, input.role.partition).serviceAccountId),
    ...evidence(all),
  ];
  if (open.length > 0) {
    return check("trust-policy", "failed", [...shown, templatePolicy(input)], {
      cause: `The trust policy lets in more than the vendor with this external ID. ${sentence(open[0])}`,
      confidence: "certain",
      remedy: openRemedy,
    });
  }
  if (wider.length > 0) {
    return check("trust-policy", "failed", [...shown, templatePolicy(input)], {
      cause: `The trust policy allows more than the template's. ${sentence(wider[0])}`,
      confidence: "certain",
      remedy: repair,
    });
  }
  if (notices.length > 0) {
    return check("trust-policy", "warning", shown, {
      cause: `The trust policy differs from the template's, without letting anyone else in. ${sentence(notices[0])}`,
      confidence: "certain",
      remedy: "If that is intended, nothing needs to be done; otherwise update the stack with the current template.",
    });
  }
  return check("trust-policy", "passed", shown);
}

const repair =
  "In IAM › Roles, open the role's Trust relationships and put the statement below, with the external ID of this connection, or update the stack with the template unchanged; then verify again.";

const openRemedy = `${repair} The connection stays blocked until a verification passes.`;

function sentence(finding: TrustFinding | undefined): string {
  return finding ? `${finding.label}: ${finding.text}.` : "";
}

/** The template's trust policy; the external ID stands on the page beside it and in no report. */
function templatePolicy({ config, role }: TrustPolicyInput): Evidence {
  const document = expectedTrustPolicy(config, {
    partition: role.partition,
    externalId: "EXTERNAL-ID-OF-THIS-CONNECTION",
  });
  return { label: "Trust policy of the template", value: JSON.stringify(document, null, 2), format: "code" };
}
