import { randomUUID } from "node:crypto";
import { partitionOfRegion } from "../aws/partition";
import { formatRoleArn, parseRoleArn, type RoleArnParts } from "../aws/role-arn";
import { CrossAccountError } from "../errors";
import { factsAfter, factsOf, isUsable, type StatusFacts, statusFrom } from "../status";
import { decryptExternalId, decryptRoleArn, onlyConnection } from "../storage/connections";
import { decryptKnownId } from "../storage/external-ids";
import type { StoredConnection, VerificationReport } from "../types";
import { reportSubject } from "../verification/report-subject";
import type { ClientDependencies } from "./dependencies";
import { requireSeal } from "./report-seal";
import { settleRotation } from "./rotation";
import type { StoreCustomerCredentialsInput, StoredCredentials } from "./types";

/** Stores a role for a connection, with the status that a verification of exactly this role earned it. */
export async function storeCredentials(
  dependencies: ClientDependencies,
  input: StoreCustomerCredentialsInput,
): Promise<StoredCredentials> {
  const { storage, encryptor, registry, config } = dependencies;
  const { customerId, report } = input;
  const existing = input.connectionId
    ? await storage.get(customerId, input.connectionId)
    : await onlyConnection(storage, customerId);
  const connectionId = existing?.connectionId ?? input.connectionId ?? randomUUID();
  const region = input.region ?? existing?.region ?? config.defaultRegion;
  const role = parseRoleArn(input.roleArn, { partition: partitionOfRegion(region) });
  const roleArn = formatRoleArn(role);
  const externalIds = await externalIdsFor(dependencies, input, existing);
  const externalId = externalIds.current;
  requireSameAccount(existing, role);
  if (report) {
    await requireSeal(
      encryptor,
      { customerId, connectionId: existing?.connectionId ?? input.connectionId ?? "" },
      report,
    );
    requireReportOn(report, roleArn, (report.rotation?.inUse === "next" && externalIds.next) || externalId);
  }
  if (await registry?.isRoleTaken(roleArn, { customerId, connectionId })) throw roleTaken();

  const replaces = existing ? (await decryptRoleArn(encryptor, existing)) !== roleArn : false;
  if (existing && isUsable(existing.status) && replaces && report?.outcome !== "proven") throw worksAlready();
  const facts = factsFor(existing, replaces, report);
  const status = statusFrom(facts);
  const scope = { customerId, connectionId };
  await storage.put({
    ...scope,
    accountId: report?.outcome === "proven" ? role.accountId : (existing?.accountId ?? null),
    // The same ciphertext where it is the same role, so that sessions that are kept go on.
    roleArn:
      existing?.roleArn && !replaces
        ? existing.roleArn
        : await encryptor.encrypt(roleArn, { ...scope, field: "roleArn" }),
    externalId: existing?.externalId ?? (await encryptor.encrypt(externalId, { ...scope, field: "externalId" })),
    region,
    status,
    verified: facts.proven,
    confirmed: facts.confirmed,
    setupPermissions: facts.setupPermissions,
    trust: facts.trust,
    nextExternalId: existing?.nextExternalId ?? null,
    nextAccepted: existing?.nextAccepted ?? false,
  });
  if (existing && report) await settleRotation(dependencies, existing, report);
  return { connectionId, status };
}

/** The stored external IDs are the only true ones, two while one is rotated; another is refused rather than stored. */
export async function externalIdsFor(
  { encryptor }: Pick<ClientDependencies, "encryptor">,
  { externalId }: { externalId?: string },
  existing: StoredConnection | null,
): Promise<{ current: string; next?: string }> {
  const stored = existing ? await decryptExternalId(encryptor, existing) : undefined;
  const next = existing?.nextExternalId
    ? await decryptKnownId(encryptor, existing, { which: "next", ciphertext: existing.nextExternalId })
    : undefined;
  if (stored && externalId && stored !== externalId && next !== externalId) {
    throw new CrossAccountError(
      "input-invalid",
      "The external ID is not the one that was issued for this connection. Leave it out: the stored one is used.",
    );
  }
  const known = stored ?? externalId;
  if (known) return { current: known, ...(next !== undefined && { next }) };
  throw new CrossAccountError(
    "input-invalid",
    "This connection is not stored, so its external ID is needed. Generate the integration URL first, or pass externalId.",
  );
}

/** Nothing is known of another role yet; it neither confirms an account nor undoes that someone paused or ended the connection. */
function factsFor(
  existing: StoredConnection | null,
  replaces: boolean,
  report: VerificationReport | undefined,
): StatusFacts {
  const { disconnected, paused, confirmed, ...ofRole } = factsOf(existing ?? { status: "pending" });
  const facts = { ...(replaces ? factsOf({ status: "pending" }) : ofRole), disconnected, paused, confirmed };
  return report ? factsAfter(facts, report) : facts;
}

function requireSameAccount(existing: StoredConnection | null, role: RoleArnParts): void {
  if (!existing?.accountId || existing.accountId === role.accountId) return;
  throw new CrossAccountError(
    "account-mismatch",
    "The role is not in this connection's account. Create a new connection for that account.",
  );
}

function requireReportOn(report: VerificationReport, roleArn: string, externalId: string): void {
  if (report.subject === reportSubject(roleArn, externalId)) return;
  throw new CrossAccountError(
    "report-mismatch",
    "The report is about another role or external ID. Verify this role and pass that run's report.",
  );
}

function roleTaken(): CrossAccountError {
  return new CrossAccountError(
    "role-taken",
    "Another connection already uses this role. Each connection needs its own role: create one, then pass its ARN.",
  );
}

function worksAlready(): CrossAccountError {
  return new CrossAccountError(
    "report-mismatch",
    "This connection works with another role, which is kept. A new role replaces it only with a report that verifies the new one.",
  );
}
