import type { RoleArnParts } from "../aws/role-arn";
import { stackNames } from "../launch/stack-names";
import { waysFor } from "../remedies/ways";
import type { Check, RemedyWay } from "../types";
import type { VerifyDependencies, VerifyRequest } from "./request";

/** Remedies of one verification: they name the role, its stack and where the template lies, as far as that is known. */
export interface Repairs {
  ways(check: Check): RemedyWay[];
  /** The stack may have been renamed when it was made. */
  learnStack(name: string): void;
  /** As learned from the role. */
  stackName(): string | undefined;
}

export function createRepairs(
  { config, clock, consoleUrl, templateUrl }: VerifyDependencies,
  { region, connectionId, stackName }: VerifyRequest,
  role: RoleArnParts | undefined,
): Repairs {
  let learned: string | undefined;
  return {
    ways(check) {
      if (!role || !check.causeId || check.status === "skipped") return [];
      const name = learned ?? stackName ?? stackNames(config, connectionId).stackName;
      const facts = {
        config,
        role,
        region,
        stackName: name,
        templateUrl: templateUrl?.(region),
        consoleUrl,
        now: clock(),
      };
      return waysFor(check.causeId, facts, check);
    },
    learnStack: (name) => {
      learned = name;
    },
    stackName: () => learned,
  };
}
