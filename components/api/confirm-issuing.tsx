"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface ConfirmIssuingProps {
  onClose: () => void;
  onConfirm: () => void;
}

/** Asked apart from the form, of a key that may get credentials of every customer. */
export function ConfirmIssuing({ onClose, onConfirm }: ConfirmIssuingProps) {
  const [isSure, setIsSure] = useState(false);
  return (
    <Dialog title="Credentials of every customer?" onClose={onClose}>
      <div className="space-y-2">
        <p>
          Anyone who gets hold of this key can get credentials for the AWS accounts of all customers, until it is
          revoked.
        </p>
        <p>A key for one customer, or one that works from your own networks alone, is safer.</p>
      </div>
      <label className="mt-4 flex items-start gap-2.5">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={isSure}
          onChange={({ target }) => setIsSure(target.checked)}
        />
        <span className="font-medium">This key must reach the accounts of all customers.</span>
      </label>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Go back</Button>
        <Button variant="danger" disabled={!isSure} onClick={onConfirm}>
          Make the key
        </Button>
      </div>
    </Dialog>
  );
}
