import type { PolicyStatement } from "./document";

/**
 * What the console's "Revoke active sessions" writes into a role: it denies everything to sessions that were issued before, and
 * nothing to those that are made later (IAM User Guide, id_roles_use_revoke-sessions).
 */
export const revocationName = "AWSRevokeOlderSessions";

export function revocationDocument(issuedBefore: Date): object {
  const condition = { DateLessThan: { "aws:TokenIssueTime": issuedBefore.toISOString() } };
  const statement = { Effect: "Deny", Action: ["*"], Resource: ["*"], Condition: condition };
  return { Version: "2012-10-17", Statement: [statement] };
}

/** Until when sessions are denied by a Deny that has this one condition; null for every other statement. */
export function revokedBefore({ effect, conditions }: PolicyStatement): string | null {
  const entries = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ name: `${operator} ${key}`.toLowerCase(), values })),
  );
  const [entry, ...more] = entries;
  if (effect !== "Deny" || more.length > 0 || entry?.name !== "datelessthan aws:tokenissuetime") return null;
  const [time = "", ...others] = [entry.values].flat();
  return others.length === 0 && !Number.isNaN(Date.parse(time)) ? time : null;
}

/** The inline policy by that name, as long as all that it does is to revoke. */
export function isRevocationPolicy(statements: readonly PolicyStatement[]): boolean {
  return (
    statements.length > 0 &&
    statements.every((one) => one.policy === revocationName && !one.policyArn && revokedBefore(one) !== null)
  );
}
