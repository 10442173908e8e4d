import type { Digester } from "@/lib/crossaccount";

/** Two connections may never share an external ID, whoever's they are. */
export function externalIdDigest(digester: Digester, externalId: string): string {
  return digester.digest(externalId, "externalId");
}

/** Made with the customer, so that the same role in two customers' hands cannot be seen in the database. */
export function roleArnDigest(digester: Digester, customerId: string, roleArn: string): string {
  return digester.digest(`${customerId} ${roleArn}`, "roleArn");
}
