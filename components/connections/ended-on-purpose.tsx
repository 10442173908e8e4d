"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { WhoCan } from "@/components/people/who-can";
import { Alert } from "@/components/ui/alert";
import { Button, buttonStyle } from "@/components/ui/button";
import type { ConnectionActions } from "./actions";
import { ExitDialog } from "./exit-dialog";
import { setupPath } from "./paths";

interface EndedOnPurposeProps extends Pick<ConnectionActions, "disconnectConnection"> {
  customer: string;
  connectionId: string;
  name: string;
  productName: string;
  mayAct: boolean;
  /** For who may not act: who may. */
  admins: readonly string[];
}

/** A role that AWS lets nobody of ours into any more may be broken, or its stack was deleted to end the access. */
export function EndedOnPurpose(props: EndedOnPurposeProps) {
  const { customer, connectionId, name, productName, mayAct, admins, disconnectConnection } = props;
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  return (
    <Alert tone="warning" title="Ended on purpose?" roomy>
      <p className="max-w-prose">
        AWS no longer lets {productName} use this role, so the connection is not used. If you deleted its stack to end
        the access, disconnect it here too. If not, repair it.
      </p>
      {mayAct ? (
        <div className="flex flex-wrap gap-2 pt-2 [&_a]:no-underline!">
          <Button onClick={() => setAsked(true)}>Yes, disconnect it</Button>
          <Link href={setupPath(customer, connectionId, "verify")} className={buttonStyle({ variant: "primary" })}>
            No, repair it
          </Link>
        </div>
      ) : (
        <WhoCan admins={admins} what="answer this" />
      )}
      {asked ? (
        <ExitDialog
          exit="disconnect"
          name={name}
          hasRole
          ask={() => disconnectConnection({ customer, connectionId })}
          onClose={() => setAsked(false)}
          onDone={() => router.refresh()}
        />
      ) : null}
    </Alert>
  );
}
