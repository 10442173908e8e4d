import type { Check } from "../types";

/** Stand for what reports must not hold: they are kept, and both values are kept encrypted only. */
const ROLE_ARN = "{roleArn}";
const EXTERNAL_ID = "{externalId}";

/** What a report is about. */
interface Subject {
  roleArn: string;
  externalId: string;
  /** The other one of two, while the external ID is rotated. */
  rotatedId?: string | undefined;
}

/** The text without the role's ARN and the external ID, however they got into it. */
export function redact(text: string, { roleArn, externalId, rotatedId }: Subject): string {
  const redacted = text.replaceAll(roleArn, ROLE_ARN).replaceAll(externalId, EXTERNAL_ID);
  return rotatedId ? redacted.replaceAll(rotatedId, EXTERNAL_ID) : redacted;
}

export function redactCheck(check: Check, subject: Subject): Check {
  return withTexts(check, (text) => redact(text, subject));
}

/** Puts the role's ARN back into a text of a finding, for showing it to someone who may see the ARN. */
export function showRoleArn(text: string, roleArn: string): string {
  return text.replaceAll(ROLE_ARN, roleArn);
}

/** Puts the role's ARN back into all texts of a check. */
export function showRoleArnIn(check: Check, roleArn: string): Check {
  return withTexts(check, (text) => showRoleArn(text, roleArn));
}

function withTexts(check: Check, change: (text: string) => string): Check {
  return {
    ...check,
    evidence: check.evidence.map((fact) => ({ ...fact, label: change(fact.label), value: change(fact.value) })),
    ...(check.cause !== undefined && { cause: change(check.cause) }),
    ...(check.remedy !== undefined && { remedy: change(check.remedy) }),
    ...(check.policies && { policies: check.policies.map((policy) => ({ ...policy, name: change(policy.name) })) }),
    ...(check.ways && {
      ways: check.ways.map(({ enter, ...way }) => ({
        ...way,
        label: change(way.label),
        value: change(way.value),
        ...(enter && { enter: { ...enter, value: change(enter.value) } }),
      })),
    }),
  };
}
