import type { RoleArnParts } from "../../aws/role-arn";
import type { CrossAccountConfig } from "../../config/config";
import { partitionSettings } from "../../config/config";
import { expectedTrustPolicy } from "../../template";
import type { Check, Evidence } from "../../types";
import { check, fact, finding } from "../check";
import { parseTrustPolicy } from "./document";
import { type TrustFindings, trustFindings } from "./findings";
import type { TrustFinding } from "./trust-finding";

export interface TrustPolicyInput {
  /** As GetRole returned it. */
  document: string;
  config: CrossAccountConfig;
  role: RoleArnParts;
  externalId: string;
  /** The other one of two, while the external ID is rotated: the connection's too. */
  rotatedId?: string | undefined;
  /** External IDs that were issued to other connections; none unless given. */
  othersExternalIds?: ReadonlySet<string>;
  /** When it is read: dates in it may be past. */
  now?: Date;
  /** The role was just assumed, and refused without its external ID and with wrong ones. */
  proven?: boolean;
}

export interface TrustPolicyResult {
  check: Check;
  /** Others can assume the role, or the vendor without this external ID. */
  open: boolean;
  /** It cannot be what AWS goes by, for it lets nobody in who was let in, or is no trust policy. */
  unclear: boolean;
}

/** Explains who a role's trust policy lets in and how it compares the external ID, and finds what is wider than the template. */
export function checkTrustPolicy(input: TrustPolicyInput): TrustPolicyResult {
  const read = readPolicy(input);
  if (!read) return { open: false, unclear: true, check: unreadableTrust("its document could not be understood") };
  const open = read.findings.some(({ severity }) => severity === "open");
  if (!open && !read.admitsVendor) return { open, unclear: true, check: unexplained(read.findings) };
  return { open, unclear: false, check: judge(read.findings, input) };
}

/**
 * Explains why a role let in who it must refuse, and nothing else: whoever named such a role need not own it, so its principals
 * and further conditions are not theirs to see.
 */
export function explainOpenTrust(input: TrustPolicyInput): Check {
  const reasons = (readPolicy(input)?.findings ?? []).filter(
    ({ severity, label }) => severity === "open" && label === "External ID",
  );
  const evidence = [...reasons.map(({ label, text }) => fact(label, text)), templatePolicy(input)];
  const cause = reasons[0]
    ? `The trust policy does not keep out who does not know the external ID. ${sentence(reasons[0])}`
    : "AWS still goes by an earlier trust policy than the one that it shows, which a change a moment ago would explain.";
  const remedy = "Verify again in a minute. The connection stays blocked until a verification proves it.";
  return check(
    "trust-policy",
    "failed",
    evidence,
    reasons[0]
      ? finding("trust-open", "certain", { cause })
      : finding("still-propagating", "likely", { cause, remedy }),
  );
}

/** Explains that the policy names other connections' external IDs, and nothing else of it; null where it does not. */
export function explainForeignTrust(input: TrustPolicyInput): Check | null {
  const listed = (readPolicy(input)?.findings ?? []).some(
    ({ label, severity }) => label === "External ID" && severity === "open",
  );
  return input.othersExternalIds?.size && listed ? explainOpenTrust(input) : null;
}

function readPolicy({
  document,
  config,
  role,
  externalId,
  rotatedId,
  othersExternalIds,
  now,
}: TrustPolicyInput): TrustFindings | null {
  const statements = parseTrustPolicy(document);
  const { serviceAccountId, trustedPrincipalArns } = partitionSettings(config, role.partition);
  return (
    statements &&
    trustFindings(statements, {
      partition: role.partition,
      accountId: role.accountId,
      vendorAccountId: serviceAccountId,
      externalId,
      rotatedId,
      othersExternalIds: othersExternalIds ?? new Set(),
      trustedPrincipalArns,
      now: now ?? new Date(),
    })
  );
}

/** AWS let the vendor in, so this is not the policy that it went by. */
function unexplained(findings: readonly TrustFinding[]): Check {
  const read = findings.map(({ label, text }) => fact(label, text));
  const cause =
    "The trust policy that AWS shows lets no one in with this external ID, and yet the role was just assumed with it: AWS goes by another one, which a change a moment ago would explain, or what answers is not AWS.";
  return check(
    "trust-policy",
    "warning",
    [...read, fact("What this shows", "Nothing about who is let in.")],
    finding("still-propagating", "likely", { cause, remedy: "Verify again in a minute." }),
  );
}

export function unreadableTrust(why: string): Check {
  const cause = "The role's trust policy could not be read, so it is known only by what AWS refused and allowed.";
  return check(
    "trust-policy",
    "warning",
    [fact("Could not be read", why)],
    finding("role-unreadable", "certain", { cause }),
  );
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
    const worst = open.find(isCertain(input)) ?? open[0];
    const doubts = open.some(({ tried }) => tried) && input.proven ? [contradicted] : [];
    const cause = `The trust policy lets in more than the vendor with this external ID. ${sentence(worst)}`;
    return check(
      "trust-policy",
      "failed",
      [...shown, ...doubts, templatePolicy(input)],
      finding("trust-open", worst && isCertain(input)(worst) ? "certain" : "likely", { cause }),
    );
  }
  if (wider.length > 0) {
    const cause = `The trust policy allows more than the template's. ${sentence(wider[0])}`;
    return check(
      "trust-policy",
      "failed",
      [...shown, templatePolicy(input)],
      finding("trust-wider", "certain", { cause }),
    );
  }
  if (notices.length > 0) {
    const cause = `The trust policy differs from the template's, without letting anyone else in. ${sentence(notices[0])}`;
    return check("trust-policy", "warning", shown, finding("trust-differs", "certain", { cause }));
  }
  return check("trust-policy", "passed", shown);
}

/** What was read without a doubt, and what AWS answered does not speak against. */
function isCertain({ proven }: TrustPolicyInput): (finding: TrustFinding) => boolean {
  return ({ sure, tried }) => sure && !(tried && proven);
}

const contradicted = fact(
  "What was tried",
  "AWS refused the role without an external ID and with wrong ones, which by this policy it should have allowed. A change a moment ago would explain that.",
);

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
