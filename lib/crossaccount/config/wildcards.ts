import { knownAction } from "../actions/actions";
import type { Permission } from "../grants/permission";
import { isBroad } from "../policy/reach";
import { type ActionPlace, reachedResources } from "../policy/scope";

/** Verbs by which AWS names calls that change nothing, as far as a wildcard stands for calls to come. */
const readingVerbs =
  /^(BatchGet|Check|Describe|Estimate|Get|Head|List|Lookup|Query|Scan|Search|Select|Simulate|Test|Validate|View)/i;

export function isReading(action: string): boolean {
  const known = knownAction(action);
  if (known) return known.level === "List" || known.level === "Read";
  return readingVerbs.test(action.split(":")[1] ?? "");
}

/** `*` or `service:*`: every call of a service, those that AWS adds later too. */
export function isWholeService(action: string): boolean {
  return /^(\*|[^:]+:\**)$/.test(action);
}

export interface WildcardNote {
  readonly place: ActionPlace;
  readonly message: string;
}

/** What an Allow statement grants more broadly than its author may have meant. */
export function wildcardNotes(permission: Permission): WildcardNote[] {
  const { effect, actions = [], broad } = permission;
  if (effect === "Deny" || broad !== undefined) return [];
  const everywhere = reachedResources(permission).some(isBroad);
  return actions.flatMap((action, actionIndex): WildcardNote[] => {
    const place = ["actions", actionIndex] as const;
    if (isReading(action)) return [];
    if (/[*?]/.test(action)) {
      const message = `${action} also allows calls that AWS adds later; name the calls, or say in "broad" why not`;
      return [{ place, message }];
    }
    const known = knownAction(action);
    if (!everywhere || known?.resourceTypes.length === 0) return [];
    const does = known?.level === "Permissions management" ? "sets who may do what" : "changes things";
    const message = `${action} ${does} and may name any resource; narrow the resources, or say in "broad" why not`;
    return [{ place, message }];
  });
}
