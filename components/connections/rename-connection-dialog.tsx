"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ConnectionActions } from "./actions";
import { RenameForm } from "./rename-form";

interface RenameConnectionDialogProps extends Pick<ConnectionActions, "renameConnection"> {
  customer: string;
  connectionId: string;
  name: string;
  onClose: () => void;
}

export function RenameConnectionDialog({ onClose, ...rest }: RenameConnectionDialogProps) {
  return (
    <Dialog title={`Rename ${rest.name}`} onClose={onClose}>
      <p className="mb-4 text-muted">Only the name here changes; nothing in AWS does.</p>
      <RenameForm {...rest} onDone={onClose}>
        <Button onClick={onClose}>Cancel</Button>
      </RenameForm>
    </Dialog>
  );
}
