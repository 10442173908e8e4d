import { z } from "zod";
import type { ConnectionStatus, SetupPermissions } from "@/lib/crossaccount/status";
import { customerReference } from "@/lib/tenancy/schema";
import type { VerificationView } from "@/lib/verifications/schema";
import type { WizardStep } from "./wizard";

/** Without control characters, halves of characters, and signs that turn the order of what follows. */
const oneLine = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;

export const createConnectionInput = z.strictObject({
  customer: customerReference,
  name: z
    .string()
    .trim()
    .min(1, "Give the connection a name, such as Production.")
    .max(80, "Use 80 characters at most.")
    .regex(oneLine, "Use letters, digits, spaces and signs in one line; something here cannot be shown.")
    .regex(/[\p{L}\p{N}\p{P}\p{S}]/u, "Give the connection a name that can be seen, such as Production."),
  region: z.string().trim().min(1, "Choose a region."),
  /** Made by the form when it is first shown, so that a double click or a reload never creates two. */
  requestId: z.uuid(),
});
export const submitRoleArnInput = z.strictObject({
  customer: customerReference,
  connectionId: z.uuid(),
  roleArn: z.string().max(2048, "A role ARN has 2,048 characters at most."),
});
export const findRoleInput = z.strictObject({
  customer: customerReference,
  connectionId: z.uuid(),
  accountId: z
    .string()
    .trim()
    .transform((text) => text.replace(/[-\s]/g, ""))
    .pipe(
      z.string().regex(/^\d{12}$/, "An AWS account ID has 12 digits. You find it in the AWS console's top right menu."),
    ),
});
/** What pages and lists show. No ciphertext, and no role ARN where a list does not need it. */
export interface ConnectionSummary {
  id: string;
  customerId: string;
  /** The customer's reference, as in addresses. */
  customer: string;
  name: string;
  status: ConnectionStatus;
  partition: string;
  region: string;
  accountId: string | null;
  setupPermissions: SetupPermissions;
  /** Where the wizard goes on; null when it is finished. */
  nextStep: WizardStep | null;
  createdAt: Date;
  statusChangedAt: Date;
  lastVerifiedAt: Date | null;
}

export interface ConnectionDetail extends ConnectionSummary {
  externalId: string;
  roleArn: string | null;
  roleName: string;
  stackName: string;
  launchedAt: Date | null;
  provenAt: Date | null;
  setupGoneAt: Date | null;
  history: { from: ConnectionStatus; to: ConnectionStatus; cause: string; at: Date }[];
}

export interface StaffConnectionSummary extends ConnectionSummary {
  customerName: string;
}

/** What staff see of one connection: everything but its external ID. */
export interface StaffConnectionDetail extends Omit<ConnectionDetail, "externalId"> {
  customerName: string;
  verification: VerificationView | null;
}

export interface StaffConnectionList {
  rows: StaffConnectionSummary[];
  /** Given back for the rows that follow; null at the end. */
  nextCursor: string | null;
  /** Connections by status, whatever is searched for. */
  counts: Record<ConnectionStatus, number>;
}

/** Everything the launch step shows. `SetupExpiresAt` is computed when it is asked for. */
export interface LaunchInstructions {
  launchUrl: string;
  createStackCommand: string;
  templateUrl: string;
  stackName: string;
  region: string;
  setupExpiresAt: string;
}

/** Everything the last step shows. */
export interface DropSetupInstructions {
  updateUrl: string;
  updateStackCommand: string;
  setupExpiresAt: string | null;
}

export type FindRoleResult =
  | { found: true }
  /** Not assumable yet; asked again after `retryAfterSeconds`. */
  | { found: false; retryAfterSeconds: number; explanation: string };
