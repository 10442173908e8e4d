import type { BoundaryStatement, Permission, RoleSettings } from "../grants/permission";
import { conditionNotes } from "./condition-schema";
import { type ConfigFault, fault, type Path } from "./fault";
import { actionsWithin, boundaryPath } from "./placed-permission";
import { actionNote } from "./unknown-action";
import { wildcardNotes } from "./wildcards";

/** What is allowed but worth a second look: actions that AWS lacks, wildcards that no `broad` explains, doubtful conditions. */
export function permissionWarnings(path: Path, permissions: readonly Permission[]): readonly ConfigFault[] {
  return permissions.flatMap((permission, index) => [
    ...statementWarnings([...path, index], permission),
    ...wildcardNotes(permission).map(({ place, message }) => fault([...path, index, ...place], message)),
  ]);
}

/** The same of the role's boundary, where a wildcard grants nothing. */
export function boundaryWarnings(boundary: RoleSettings["boundary"]): readonly ConfigFault[] {
  const statements = typeof boundary === "object" ? boundary : [];
  return statements.flatMap((statement, index) => statementWarnings([...boundaryPath, index], statement));
}

function statementWarnings(path: Path, statement: BoundaryStatement): ConfigFault[] {
  return [
    ...actionsWithin(statement).flatMap(({ action, at }) => {
      const message = actionNote(action);
      return message ? [fault([...path, ...at], message)] : [];
    }),
    ...conditionNotes(statement.condition ?? {}).map(({ path: where, message }) =>
      fault([...path, "condition", ...where], message),
    ),
  ];
}
