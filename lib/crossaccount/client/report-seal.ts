import { createHash } from "node:crypto";
import { CrossAccountError } from "../errors";
import type { ConnectionScope, EncryptionContext, Encryptor, VerificationReport } from "../types";

/**
 * Seals a report by the keys that keep role ARNs: whoever has not these cannot change a word of it, nor use it for another customer or
 * connection. It may pass through other processes, as JSON, to one that has the same keys.
 */
export async function sealReport(
  encryptor: Encryptor,
  scope: ConnectionScope,
  report: VerificationReport,
): Promise<VerificationReport> {
  const seal = await encryptor.encrypt(digestOf(report), contextOf(scope));
  return { ...report, seal: Buffer.from(seal).toString("base64url") };
}

/** @throws CrossAccountError `report-mismatch`; `decryption-failed` where the seal itself was changed or is another connection's */
export async function requireSeal(
  encryptor: Encryptor,
  scope: ConnectionScope,
  { seal, ...report }: VerificationReport,
): Promise<void> {
  const sealed = seal && (await encryptor.decrypt(Buffer.from(seal, "base64url"), contextOf(scope)));
  if (sealed === digestOf(report)) return;
  throw new CrossAccountError(
    "report-mismatch",
    "The report is not as the verification made it. Pass what verifyIntegration returned, unchanged, or verify the role again.",
  );
}

/** A connection that is not stored yet may have no ID; what its role and external ID are is in the report's subject. */
function contextOf({ customerId, connectionId }: ConnectionScope): EncryptionContext {
  return { customerId, connectionId: connectionId || "new", field: "report" };
}

/** The same whatever the order of fields, which a database may change. */
function digestOf(report: VerificationReport): string {
  const sorted = JSON.stringify(report, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(sorted).digest("base64url");
}
