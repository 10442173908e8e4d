"use client";

import { useBranding } from "@/components/layout/branding-context";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/action";

interface ExitDialogProps {
  /** What was never verified is deleted, all else disconnected. */
  exit: "delete" | "disconnect";
  name: string;
  hasRole: boolean;
  ask: () => Promise<ActionResult<unknown>>;
  onClose: () => void;
  onDone: () => void;
}

/** What an end comes to, before it is made: there is no way back. */
export function ExitDialog({ exit, name, hasRole, ...asking }: ExitDialogProps) {
  const confirm = exit === "delete" ? "Delete" : "Disconnect";
  return (
    <ConfirmDialog title={`${confirm} ${name}?`} confirm={confirm} keep="Keep it" isFinal {...asking}>
      {exit === "delete" ? <Deleting hasRole={hasRole} /> : <Disconnecting />}
    </ConfirmDialog>
  );
}

function Deleting({ hasRole }: Pick<ExitDialogProps, "hasRole">) {
  return (
    <>
      <p>
        Its external ID is deleted with it and is never issued again. It was never verified, so it has never been used.
      </p>
      {hasRole ? (
        <p>If you created its stack in AWS, delete the stack there too: this page cannot reach into your account.</p>
      ) : null}
    </>
  );
}

function Disconnecting() {
  const { productName } = useBranding();
  return (
    <>
      <p>
        {productName} stops using this account at once and for good. This cannot be undone: to connect the account
        again, you create a new connection.
      </p>
      <ul className="list-disc space-y-1 pl-5 text-muted">
        <li>Links that are open and a verification that runs end with it.</li>
        <li>History, access log and receipts stay here.</li>
        <li>
          Nothing is deleted in AWS by this. The connection’s page then tells how to delete the stack, and whether AWS
          refuses {productName} since.
        </li>
      </ul>
    </>
  );
}
