"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { RotationActions } from "./actions";

interface KeepOldIdProps {
  customer: string;
  connectionId: string;
  ask: RotationActions["abandonRotation"];
}

/** Abandons a rotation, after saying what follows. */
export function KeepOldId({ customer, connectionId, ask }: KeepOldIdProps) {
  const router = useRouter();
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Keep the old one</Button>
      {isAsked ? (
        <ConfirmDialog
          title="Keep the old external ID?"
          confirm="Keep the old one"
          keep="Go on rotating"
          ask={() => ask({ customer, connectionId })}
          onClose={() => setIsAsked(false)}
          onDone={() => router.refresh()}
        >
          <p>
            AWS is asked first. If it accepts only the old external ID, the new one is retired and never used again.
          </p>
          <p>Do not update the stack with the new one afterwards: the connection would stop working.</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
