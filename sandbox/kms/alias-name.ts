import { AwsError, type RequestContext } from "../service";
import { type Alias, aliasArn, isHere, state } from "./state";

export function checkAliasName(name: string): void {
  if (name.startsWith("alias/aws/")) {
    throw new AwsError("NotAuthorizedException", "alias/aws/ is reserved for AWS managed keys");
  }
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw new AwsError(
      "InvalidAliasNameException",
      `Alias name ${name} must be "alias/" and then letters, digits, / _ -`,
    );
  }
}

export function ownAlias(name: string, context: RequestContext): Alias {
  const alias = state(context).aliases.find((alias) => alias.name === name && isHere(alias, context));
  if (alias) return alias;
  throw new AwsError("NotFoundException", `Alias ${aliasArn({ ...context, name })} is not found.`);
}
