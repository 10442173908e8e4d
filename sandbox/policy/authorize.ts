import { type Authorization, AwsError, type RequestContext } from "../service";

export function authorize(authorization: Authorization, { context }: { context: RequestContext }): void {
  const { principal } = context;
  const own = (authorization.resourceAccountId ?? context.accountId) === principal.accountId;
  if (principal.kind === "user" && own) return;
  throw new AwsError(
    "AccessDenied",
    `User: ${principal.arn} is not authorized to perform: ${authorization.action} on resource: ${authorization.resource}`,
    403,
  );
}
