import type { StartVerification } from "@/components/verifications/verification-actions";
import type { ActionResult } from "@/lib/action";

type OnConnection<More = unknown> = (
  input: { customer: string; connectionId: string } & More,
) => Promise<ActionResult<unknown>>;

/** What an admin may do with a connection from its menu. */
export interface ConnectionActions {
  renameConnection: OnConnection<{ name: string }>;
  deleteConnection: OnConnection;
  pauseConnection: OnConnection;
  resumeConnection: OnConnection;
  disconnectConnection: OnConnection;
  startVerification: StartVerification;
}
