import type { BoundaryStatement, Permission, PermissionPhase } from "../grants/permission";
import type { Path } from "./fault";
import { boundaryStatementSchema, permissionSchema } from "./permission-schema";
import { isRecord } from "./records";

export interface PlacedPermission {
  readonly path: Path;
  readonly phase: PermissionPhase;
  readonly permission: Permission;
}

export const boundaryPath: Path = ["role", "boundary"];

export function readPermissions(
  grants: Record<string, unknown>,
  path: Path,
  phase: PermissionPhase,
): PlacedPermission[] {
  const name = `${phase}Permissions`;
  const list: unknown = grants[name];
  return Array.isArray(list) ? placed(list, [...path, name], phase, permissionSchema) : [];
}

export function readBoundary({ role }: Record<string, unknown>): PlacedPermission[] {
  const list = isRecord(role) ? role.boundary : undefined;
  return Array.isArray(list) ? placed(list, boundaryPath, "ongoing", boundaryStatementSchema) : [];
}

/** Those that can be read. */
function placed(
  list: readonly unknown[],
  path: Path,
  phase: PermissionPhase,
  schema: typeof permissionSchema | typeof boundaryStatementSchema,
): PlacedPermission[] {
  return list.flatMap((item, index) => {
    const { data } = schema.safeParse(item);
    return data ? [{ path: [...path, index], phase, permission: data }] : [];
  });
}

/** Every action that a permission names, to be granted or to be left out, and where. */
export function actionsWithin(permission: BoundaryStatement): { action: string; at: Path }[] {
  return (["actions", "notActions"] as const).flatMap((list) =>
    (permission[list] ?? []).map((action, index) => ({ action, at: [list, index] })),
  );
}
