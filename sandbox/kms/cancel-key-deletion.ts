import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { keyArn } from "./state";

const schema = z.strictObject({ KeyId: keyId });

/** The key is left disabled, as in AWS. */
export function cancelKeyDeletion(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(schema, input).KeyId, context);
  authorizeKey("kms:CancelKeyDeletion", { key }, context);
  if (key.state !== "PendingDeletion") {
    throw new AwsError("KMSInvalidStateException", `${keyArn(key)} is not pending deletion.`);
  }
  key.state = "Disabled";
  delete key.deletion;
  return { KeyId: keyArn(key) };
}
