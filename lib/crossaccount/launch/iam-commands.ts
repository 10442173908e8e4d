import { revocationDocument, revocationName } from "../policy/revocation";
import { lines, quoted } from "./shell";

interface RoleCommand {
  readonly region: string;
  readonly roleName: string;
}

/** Sets the whole trust policy of a role. */
export function updateTrustCommand(command: RoleCommand & { readonly document: object }): string {
  return roleCommand("update-assume-role-policy", command, [
    `--policy-document ${quoted(JSON.stringify(command.document))}`,
  ]);
}

/** Takes a policy away from a role: an inline one is deleted, a managed one detached. */
export function removePolicyCommand(command: RoleCommand & { readonly name: string; readonly arn?: string }): string {
  return command.arn
    ? roleCommand("detach-role-policy", command, [`--policy-arn ${quoted(command.arn)}`])
    : roleCommand("delete-role-policy", command, [`--policy-name ${quoted(command.name)}`]);
}

/** Sets how long sessions of a role may last, in seconds. */
export function updateDurationCommand(command: RoleCommand & { readonly seconds: number }): string {
  return roleCommand("update-role", command, [`--max-session-duration ${command.seconds}`]);
}

/** Attaches a managed policy to a role. */
export function attachPolicyCommand(command: RoleCommand & { readonly arn: string }): string {
  return roleCommand("attach-role-policy", command, [`--policy-arn ${quoted(command.arn)}`]);
}

/** Writes an inline policy into a role. */
export function putPolicyCommand(command: RoleCommand & { readonly name: string; readonly document: object }): string {
  return roleCommand("put-role-policy", command, [
    `--policy-name ${quoted(command.name)}`,
    `--policy-document ${quoted(JSON.stringify(command.document))}`,
  ]);
}

/** Ends what sessions of a role may do that were issued before: the same policy as the console's "Revoke active sessions" writes. */
export function revokeSessionsCommand({
  issuedBefore,
  ...command
}: RoleCommand & { readonly issuedBefore: Date }): string {
  return putPolicyCommand({ ...command, name: revocationName, document: revocationDocument(issuedBefore) });
}

/** Sets the permissions boundary of a role. */
export function putBoundaryCommand(command: RoleCommand & { readonly arn: string }): string {
  return roleCommand("put-role-permissions-boundary", command, [`--permissions-boundary ${quoted(command.arn)}`]);
}

/** IAM is one for a partition, and the CLI finds the partition by a Region. */
function roleCommand(verb: string, { region, roleName }: RoleCommand, more: readonly string[]): string {
  return lines(`aws iam ${verb}`, [`--region ${quoted(region)}`, `--role-name ${quoted(roleName)}`, ...more]);
}
