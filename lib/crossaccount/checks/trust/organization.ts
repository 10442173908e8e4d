import { comparisons, isNegated } from "./condition";
import type { TrustStatement } from "./document";
import type { TrustParties } from "./principal";

const KEYS = ["aws:principalorgid", "aws:principalorgpaths"];

/**
 * The organization of the vendor, where the policy says it: AWS just let the vendor in, by a statement that asks for one
 * organization, or past one that denies everyone outside it.
 */
export function organizationOfVendor(
  statements: readonly TrustStatement[],
  { vendorAccountId }: TrustParties,
): string | undefined {
  const allows = statements.filter((one) => one.effect === "Allow" && one.reaches.includes("sts:AssumeRole"));
  const asked = allows.length === 1 ? allows.flatMap(({ conditions }) => organizationIn(conditions, false)) : [];
  const denied = statements.flatMap((statement) => {
    const { effect, principals, principalsExcluded, conditions } = statement;
    const ofVendor = principals.some(
      ({ type, value }) =>
        type === "AWS" && (value === "*" || value === vendorAccountId || value.endsWith(`::${vendorAccountId}:root`)),
    );
    const covers = effect === "Deny" && !principalsExcluded && ofVendor && statement.reaches.includes("sts:AssumeRole");
    return covers && comparisons(conditions).length === 1 ? organizationIn(conditions, true) : [];
  });
  return [...asked, ...denied][0];
}

function organizationIn(conditions: TrustStatement["conditions"], negated: boolean): string[] {
  return comparisons(conditions).flatMap((found) => {
    const fits = KEYS.includes(found.key.toLowerCase()) && isNegated(found) === negated && found.set !== "all";
    const missing = negated || !found.passesWhenMissing;
    return fits && missing && /^string(not)?(equals|like)$/.test(found.operator) ? oneOrganization(found.values) : [];
  });
}

/** Organizations' IDs have ten letters and digits and more (Organizations API, Organization); a pattern may name any. */
function oneOrganization(values: readonly string[]): string[] {
  const [first = "", ...more] = values.map((value) => value.split("/")[0]);
  return /^o-[a-z0-9]{10,32}$/.test(first) && more.every((value) => value === first) ? [first] : [];
}
