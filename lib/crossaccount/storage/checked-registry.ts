import { CrossAccountError, withCode } from "../errors";
import type { ConnectionRegistry } from "../types";

const failed = {
  code: "storage-failed",
  message: "The registry failed, so nobody knows whose the role is.",
} as const;

/** A registry of the vendor's own whose failures have a code. One that says neither yes nor no would let a role have two owners. */
export function checkedRegistry(registry: ConnectionRegistry): ConnectionRegistry {
  return {
    isRoleTaken: (roleArn, asking) =>
      withCode(failed, async () => {
        const taken: unknown = await registry.isRoleTaken(roleArn, asking);
        if (typeof taken === "boolean") return taken;
        throw new CrossAccountError("storage-failed", "The registry's isRoleTaken must answer with true or false.");
      }),
    issuedToOthers: (externalIds, asking) =>
      withCode(failed, async () => {
        const issued: unknown = await registry.issuedToOthers(externalIds, asking);
        if (Array.isArray(issued)) return issued.map(String);
        throw new CrossAccountError("storage-failed", "The registry's issuedToOthers must answer with a list.");
      }),
  };
}
