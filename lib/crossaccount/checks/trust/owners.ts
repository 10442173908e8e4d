import type { Comparison } from "./condition";
import { type Keys, meaningOf } from "./operators";
import type { OwnerClaim, SharedIssuer } from "./shared-issuers";

/** Name of the condition key that a claim becomes. */
export function claimKey(issuer: string, claim: string): string {
  return claim.includes(":") ? claim.toLowerCase() : `${issuer}:${claim}`.toLowerCase();
}

/** The owner that a value names, in lower case; none where it is someone's choice how it goes on. */
function ownerOf({ owner }: OwnerClaim, value: string, wildcards: boolean): string | undefined {
  const written = value.split(wildcards ? /[*?]|\$\{/ : /\$\{/)[0] ?? "";
  const named = owner.exec(written)?.[0];
  if (named === undefined) return undefined;
  // To the end of what is certain, which is not the value's.
  const continues = written !== value && named === written && !/[/:]$/.test(named);
  return continues ? undefined : named.toLowerCase();
}

/** Owners that a policy names by a shared issuer's claims: the customer knows them, and nobody else is one of them. */
export function namedOwners(
  issuer: string,
  { owners }: SharedIssuer,
  found: readonly Comparison[],
): ReadonlySet<string> {
  const named = owners.flatMap((claim) =>
    found
      .filter(({ key }) => key.toLowerCase() === claimKey(issuer, claim.claim))
      .flatMap((comparison) =>
        comparison.values.flatMap((value) => {
          const owner = ownerOf(claim, value, meaningOf(comparison)?.wildcards ?? false);
          return owner === undefined ? [] : [`${claim.claim} ${owner}`];
        }),
      ),
  );
  return new Set(named);
}

/** Whether a token with these claims can be that of someone whom none of these owners let in. */
export function isOutsiders(issuer: string, { owners }: SharedIssuer, named: ReadonlySet<string>, keys: Keys): boolean {
  return !owners.some((claim) => {
    const values = keys.get(claimKey(issuer, claim.claim)) ?? [];
    const isOwners = values.some((value) => named.has(`${claim.claim} ${ownerOf(claim, value, false)}`));
    return isOwners && !isGuest(issuer, claim, keys);
  });
}

function isGuest(issuer: string, { outsiders }: OwnerClaim, keys: Keys): boolean {
  if (!outsiders) return false;
  const values = keys.get(claimKey(issuer, outsiders.claim)) ?? [];
  return values.length === 1 && values[0] === outsiders.value;
}
