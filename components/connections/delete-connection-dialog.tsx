"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/action";

interface DeleteConnectionDialogProps {
  name: string;
  hasRole: boolean;
  remove: () => Promise<ActionResult<unknown>>;
  onClose: () => void;
  onDone: () => void;
}

export function DeleteConnectionDialog({ name, hasRole, remove, onClose, onDone }: DeleteConnectionDialogProps) {
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirm="Delete"
      keep="Keep it"
      isFinal
      ask={remove}
      onClose={onClose}
      onDone={onDone}
    >
      <p>
        Its external ID is deleted with it and is never issued again. It was never verified, so it has never been used.
      </p>
      {hasRole ? (
        <p>If you created its stack in AWS, delete the stack there too: this page cannot reach into your account.</p>
      ) : null}
    </ConfirmDialog>
  );
}
