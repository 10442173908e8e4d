import { takenResources } from "./reach";
import { type ActionPlace, placesAllowing, reachedResources, type StatementScope } from "./scope";

export interface EscalationGrant extends StatementScope {
  readonly effect: string;
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface AllowedCall {
  readonly grant: EscalationGrant;
  /** Index into the grants. */
  readonly grantIndex: number;
  readonly place: ActionPlace;
  /** Patterns of what the grant may reach. */
  readonly resources: readonly string[];
  /** Such as `iam:PassRole`. */
  readonly name: string;
}

/**
 * Where grants allow one of the calls; each pattern of an action once for each call. All but some actions on resources of one service
 * are, of other services' calls, none.
 */
export function allowedCalls(grants: readonly EscalationGrant[], names: readonly string[]): AllowedCall[] {
  return grants.flatMap((grant, grantIndex) => {
    if (grant.effect !== "Allow") return [];
    const resources = reachedResources(grant);
    return names
      .filter((name) => !grant.notActions || takenResources(name, resources).length > 0)
      .flatMap((name) => placesAllowing(grant, name).map((place) => ({ grant, grantIndex, place, resources, name })))
      .toSorted((one, other) => (one.place[1] ?? 0) - (other.place[1] ?? 0));
  });
}
