import { covers, type Grant, noStricter } from "./coverage";
import type { Conditions, PolicyStatement } from "./document";

/** Whether the Deny takes away all that the grant allows, at any time that the grant's conditions hold. */
export function deniesWholly(deny: PolicyStatement, grant: Grant): boolean {
  return covers({ ...deny, conditions: {} }, grant) && alwaysHolds(deny.conditions, grant.conditions);
}

/** Whether the conditions hold whenever those of the grant do, as far as that can be told. */
function alwaysHolds(conditions: Conditions, grant: Conditions): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(
      ([key, values]) =>
        noStricter({ [operator]: { [key]: values } }, grant) || isExcluded(operator, key, values, grant),
    ),
  );
}

/** “Not one of these” holds where the grant asks for others. */
function isExcluded(operator: string, key: string, values: readonly string[], grant: Conditions): boolean {
  if (!/^stringnotequals(ifexists)?$/i.test(operator)) return false;
  return Object.entries(grant)
    .filter(([name]) => /^stringequals$/i.test(name))
    .flatMap(([, keys]) => Object.entries(keys))
    .some(
      ([name, wanted]) => name.toLowerCase() === key.toLowerCase() && wanted.every((value) => !values.includes(value)),
    );
}
