import { rolePath } from "../aws/role-arn";
import { CrossAccountError } from "../errors";
import type { RoleDeclaration } from "./permission";
import { documentSize, policyCharacters } from "./policies";
import type { PolicyDocument } from "./policy-types";
import { selfReadStatements } from "./self-read";
import { declaredStatement, managedPolicyArn } from "./statements";
import { longestValues, type StackValues } from "./values";

/** The policy's name is the role's name and this. */
export const boundarySuffix = "-Boundary";

/** The permissions boundary that the template gives to the role: a policy that it makes, or one by AWS. */
export type Boundary<T> = { readonly document: PolicyDocument<T> } | { readonly arn: T };

/**
 * Nothing where the config declares none. One that the template makes always reaches as far as the role's reading of itself.
 * @throws CrossAccountError `template-too-large`
 */
export function boundaryOf<T>(config: RoleDeclaration, values: StackValues<T>): Boundary<T | string> | undefined {
  const { boundary } = config.role;
  if (boundary === undefined) return undefined;
  if (typeof boundary === "string") return { arn: managedPolicyArn({ arn: boundary }, values) };
  const documentWith = <V>(some: StackValues<V>): PolicyDocument<V | string> => ({
    Version: "2012-10-17",
    Statement: [
      ...selfReadStatements(rolePath(config), some),
      ...boundary.map((statement) => declaredStatement(statement, some)),
    ],
  });
  const size = documentSize(documentWith(longestValues));
  if (size <= policyCharacters) return { document: documentWith(values) };
  throw new CrossAccountError(
    "template-too-large",
    `The policy of role.boundary would have ${size} characters, and IAM allows ${policyCharacters} for a policy, of which a role has one as its boundary. Use fewer or shorter statements, with wildcards where that is safe.`,
  );
}
