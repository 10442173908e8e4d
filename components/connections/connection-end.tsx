"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import type { ConnectionDetail } from "@/lib/connections/schema";
import { ActionButton } from "./action-button";
import type { ConnectionActions } from "./actions";
import { DeleteConnectionDialog } from "./delete-connection-dialog";
import { DisconnectDialog } from "./disconnect-dialog";
import { connectionPath, connectionsPath } from "./paths";

interface ConnectionEndProps
  extends Pick<
    ConnectionActions,
    "deleteConnection" | "pauseConnection" | "resumeConnection" | "disconnectConnection"
  > {
  connection: Pick<ConnectionDetail, "customer" | "id" | "name" | "provenAt" | "status" | "holds"> & {
    hasRole: boolean;
  };
  productName: string;
}

/** The ways out, for admins: what is in use is paused or disconnected, what was never verified is deleted. */
export function ConnectionEnd({ connection, productName, ...actions }: ConnectionEndProps) {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const close = () => setAsked(false);
  const { customer, id: connectionId, name, provenAt, status, holds, hasRole } = connection;
  const input = { customer, connectionId };
  if (status === "disconnected") return null;
  if (!provenAt) {
    return (
      <Section title="Delete" description="It was never verified, so nothing is lost with it.">
        <Button onClick={() => setAsked(true)}>Delete this connection</Button>
        {asked ? (
          <DeleteConnectionDialog
            name={name}
            hasRole={hasRole}
            remove={() => actions.deleteConnection(input)}
            onClose={close}
            onDone={() => router.push(connectionsPath(customer))}
          />
        ) : null}
      </Section>
    );
  }
  const isHeld = holds.some(({ by }) => by === "customer");
  return (
    <>
      <Section
        title="Pause"
        description={`${productName} gets no credentials while the connection is paused. You can end your own pause at any time.`}
      >
        {isHeld ? (
          <ActionButton action={actions.resumeConnection} input={input} done={`Your pause of ${name} has ended.`}>
            {holds.length > 1 ? "End your pause" : "Resume"}
          </ActionButton>
        ) : (
          <ActionButton action={actions.pauseConnection} input={input} done={`${name} is paused.`}>
            Pause
          </ActionButton>
        )}
      </Section>
      <Section
        title="Disconnect"
        description={`${productName} stops using the account for good. Its history stays here, as evidence of what was allowed and done.`}
      >
        <Button onClick={() => setAsked(true)}>Disconnect</Button>
        {asked ? (
          <DisconnectDialog
            name={name}
            disconnect={() => actions.disconnectConnection(input)}
            onClose={close}
            onDone={() => router.push(connectionPath(customer, connectionId))}
          />
        ) : null}
      </Section>
    </>
  );
}
