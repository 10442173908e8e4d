import { AwsError } from "../service";
import { type Key, keyArn } from "./state";

/** Only an enabled key encrypts or decrypts. */
export function requireEnabled(key: Key): void {
  requireNotPendingDeletion(key);
  if (key.state === "Disabled") throw new AwsError("DisabledException", `${keyArn(key)} is disabled.`);
}

export function requireNotPendingDeletion(key: Key): void {
  if (key.state === "PendingDeletion") {
    throw new AwsError("KMSInvalidStateException", `${keyArn(key)} is pending deletion.`);
  }
}
