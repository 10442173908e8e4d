import "server-only";
import { config } from "@/lib/config";
import { type Partition, partitionSettings } from "@/lib/crossaccount";
import { AppError } from "@/lib/errors";

/** A role in the vendor's own account would be no customer's. @throws AppError `invalid-input` */
export function refuseVendorAccount(accountId: string | null, partition: Partition): void {
  if (accountId !== partitionSettings(config, partition).serviceAccountId) return;
  const message = `This account belongs to ${config.branding.productName} itself. Enter the ID of the account that you want to connect.`;
  throw new AppError("invalid-input", message, { fields: { accountId: message } });
}
