import { AwsError } from "../../service";
import type { Role } from "../entities";

export function inlinePolicy(role: Role, name: string): string {
  const document = Object.hasOwn(role.inlinePolicies, name) ? role.inlinePolicies[name] : undefined;
  if (document === undefined) {
    throw new AwsError("NoSuchEntity", `The role policy with name ${name} cannot be found.`, 404);
  }
  return document;
}
