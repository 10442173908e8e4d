import "server-only";
import { z } from "zod";
import { CHECK_IDS, type Check, type ConnectionScope, showRoleArnIn } from "@/lib/crossaccount";
import { sealedJson } from "@/lib/crossaccount-client/seal";
import { remedyWay } from "./schema";

/** What a check found, apart from its status. Evidence may name what belongs to the customer, so it is kept encrypted. */
const detailSchema = z.object({
  title: z.string(),
  evidence: z.array(z.object({ label: z.string(), value: z.string(), format: z.enum(["text", "code"]).optional() })),
  cause: z.string().optional(),
  confidence: z.enum(["certain", "likely", "possible"]).optional(),
  remedy: z.string().optional(),
  // Earlier versions kept none of these.
  causeId: z.string().optional(),
  ways: z.array(remedyWay).optional(),
});

export interface StoredCheck {
  checkId: string;
  position: number;
  status: string;
  detailCiphertext: Uint8Array<ArrayBuffer>;
}

/** A finished check as it is stored. Its texts name the role that it is about, even when the connection has another one later. */
export async function storedCheck(check: Check, roleArn: string, owner: ConnectionScope): Promise<StoredCheck> {
  return {
    checkId: check.id,
    position: CHECK_IDS.indexOf(check.id),
    status: check.status,
    detailCiphertext: await sealedDetail.seal(showRoleArnIn(check, roleArn), owner),
  };
}

/** Its `unseal` throws CrossAccountError `decryption-failed` for a ciphertext that belongs to another connection. */
export const sealedDetail = sealedJson(detailSchema, "checkDetail");
