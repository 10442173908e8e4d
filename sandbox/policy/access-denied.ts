import { AwsError } from "../service";
import type { Decision, PolicyKind } from "./evaluate";

type Refusal = Decision & { allowed: false };

/** A refusal by policies, which knows the kind of policy that it comes from. */
export class AccessDenied extends AwsError {
  readonly by: PolicyKind;

  constructor(refusal: Refusal, { who, action, resource }: { who: string; action: string; resource: string }) {
    const what = `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;
    super("AccessDenied", `${what} ${reason(refusal, action)}`, 403);
    this.by = refusal.by;
  }
}

const kinds: Record<PolicyKind, [article: string, kind: string]> = {
  identity: ["an", "identity-based policy"],
  resource: ["a", "resource-based policy"],
  boundary: ["a", "permissions boundary"],
  session: ["a", "session policy"],
  "service-control": ["a", "service control policy"],
  "resource-control": ["a", "resource control policy"],
};

function reason({ by, explicit }: Refusal, action: string): string {
  const [article, kind] = kinds[by];
  return explicit ? `with an explicit deny in ${article} ${kind}` : `because no ${kind} allows the ${action} action`;
}
