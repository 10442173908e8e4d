"use client";

import { useBranding } from "@/components/layout/branding-context";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/action";

interface DisconnectDialogProps {
  name: string;
  disconnect: () => Promise<ActionResult<unknown>>;
  onClose: () => void;
  onDone: () => void;
}

/** What an end comes to, before it is made: there is no way back. */
export function DisconnectDialog({ name, disconnect, onClose, onDone }: DisconnectDialogProps) {
  const { productName } = useBranding();
  return (
    <ConfirmDialog
      title={`Disconnect ${name}?`}
      confirm="Disconnect"
      keep="Keep it"
      isFinal
      ask={disconnect}
      onClose={onClose}
      onDone={onDone}
    >
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
    </ConfirmDialog>
  );
}
