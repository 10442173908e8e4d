import { overlapsAction, overlapsResource, unitsOf } from "../policy/coverage";
import { type StatementScope, scopeLists } from "../policy/scope";

/** Whether a Deny takes away some of what a permission allows, everywhere or at times. */
export function mayLimit(deny: StatementScope, permission: StatementScope): boolean {
  const denied = scopeLists(deny);
  const { actions, resources } = scopeLists(permission);
  return (
    unitsOf(actions).some((action) => overlapsAction(denied.actions, action)) &&
    unitsOf(resources).some((resource) => overlapsResource(denied.resources, resource))
  );
}
