import { type Digester, parseRoleArn, roleIdentity } from "@/lib/crossaccount";

/** Two connections may never share an external ID, whoever's they are. */
export function externalIdDigest(digester: Digester, externalId: string): string {
  return digester.digest(externalId, "externalId");
}

/** The same whoever names the role, so that it can belong to one connection alone. */
export function roleDigest(digester: Digester, roleArn: string): string {
  return digester.digest(roleIdentity(parseRoleArn(roleArn)), "role");
}

/** Made with the customer, so that a customer names a role once. */
export function roleArnDigest(digester: Digester, customerId: string, roleArn: string): string {
  return digester.digest(`${customerId} ${roleArn}`, "roleArn");
}
