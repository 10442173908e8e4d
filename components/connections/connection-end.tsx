"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import type { ConnectionDetail } from "@/lib/connections/schema";
import { ActionButton } from "./action-button";
import type { ConnectionActions } from "./actions";
import { ExitDialog } from "./exit-dialog";
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
  const { customer, id: connectionId, name, provenAt, status, holds, hasRole } = connection;
  if (status === "disconnected") return null;
  const input = { customer, connectionId };
  const isHeld = holds.some(({ by }) => by === "customer");
  const { exit, title, description, button, leadsTo } = provenAt
    ? {
        exit: "disconnect" as const,
        title: "Disconnect",
        description: `${productName} stops using the account for good. Its history stays here, as evidence of what was allowed and done.`,
        button: "Disconnect",
        leadsTo: connectionPath(customer, connectionId),
      }
    : {
        exit: "delete" as const,
        title: "Delete",
        description: "It was never verified, so nothing is lost with it.",
        button: "Delete this connection",
        leadsTo: connectionsPath(customer),
      };
  return (
    <>
      {provenAt ? (
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
      ) : null}
      <Section title={title} description={description}>
        <Button onClick={() => setAsked(true)}>{button}</Button>
        {asked ? (
          <ExitDialog
            {...{ exit, name, hasRole }}
            ask={() => actions[`${exit}Connection`](input)}
            onClose={() => setAsked(false)}
            onDone={() => router.push(leadsTo)}
          />
        ) : null}
      </Section>
    </>
  );
}
