import { administratorPolicies, readOnlyPolicies } from "../policy/aws-policies";
import { nearName } from "./near-name";
import { managedPolicySchema } from "./permission-schema";

type Path = readonly PropertyKey[];

interface Fault {
  readonly path: Path;
  readonly message: string;
}

const lists = ["ongoingManagedPolicies", "setupManagedPolicies"];
const prefix = "arn:aws:iam::aws:policy/";

/** What is wrong with the policies by AWS that a config attaches, in all of its phases and features. */
export function managedPolicyFaults(
  places: readonly (readonly [path: Path, grants: Record<string, unknown>])[],
): readonly Fault[] {
  const seen = new Set<string>();
  return places.flatMap(([path, grants]) =>
    lists.flatMap((list) => {
      const policies: unknown = grants[list];
      if (!Array.isArray(policies)) return [];
      return policies.flatMap((item: unknown, index) => {
        const { data } = managedPolicySchema.safeParse(item);
        if (!data) return [];
        const message = seen.has(data.arn) ? "is attached already; name each policy once" : policyFault(data);
        seen.add(data.arn);
        return message ? [{ path: [...path, list, index, "arn"], message }] : [];
      });
    }),
  );
}

function policyFault({ arn, escalates }: { arn: string; escalates?: string | undefined }): string | undefined {
  const name = arn.slice(prefix.length);
  if (administratorPolicies.has(name) || /(^|\/)AdministratorAccess/.test(name)) {
    return "makes the role an administrator, or lets it become one or change its own stack; no reason allows that. Name the permissions instead";
  }
  if (/^aws-service-role\//.test(name)) return "is for service-linked roles alone: AWS attaches it to no other";
  if (readOnlyPolicies.has(name)) return undefined;
  const meant = meantName(name);
  if (meant) return `is no policy by AWS that is known here; did you mean ${prefix}${meant}?`;
  if (escalates !== undefined) return undefined;
  return 'is not known to be for reading alone; say in "escalates" what it makes possible, which customers read in red';
}

/** The policy of the same name under another path, or one spelled nearly so. */
function meantName(name: string): string | undefined {
  const last = (text: string) => text.slice(text.lastIndexOf("/") + 1);
  const known = [...readOnlyPolicies];
  return known.find((one) => last(one).toLowerCase() === last(name).toLowerCase()) ?? nearName(name, known);
}
