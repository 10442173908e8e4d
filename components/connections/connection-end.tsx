"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { CopyValue } from "@/components/ui/copy-value";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { ConnectionActions } from "./actions";
import { DeleteConnectionDialog } from "./delete-connection-dialog";
import { connectionsPath } from "./paths";

interface ConnectionEndProps extends Pick<ConnectionActions, "deleteConnection"> {
  connection: Pick<
    ConnectionDetail,
    "customer" | "id" | "name" | "roleArn" | "provenAt" | "stackName" | "region" | "status"
  >;
  productName: string;
  mayAct: boolean;
}

/** How a connection ends: what was never verified is deleted here, what works is ended in AWS. */
export function ConnectionEnd({ connection, productName, mayAct, deleteConnection }: ConnectionEndProps) {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const { customer, id: connectionId, name, roleArn, provenAt, stackName, region } = connection;
  if (provenAt) {
    return (
      <Section title="End the access" description="Its history stays here, as evidence of what was allowed and done.">
        <ol className="max-w-prose list-decimal space-y-1.5 pl-5 marker:text-muted">
          <li>Open CloudFormation in the account, in {region}.</li>
          <li>
            Delete this stack. Its role and policies are deleted with it.
            <CopyValue what="stack name" value={stackName} />
          </li>
          <li>From then on AWS refuses {productName}.</li>
        </ol>
      </Section>
    );
  }
  if (!mayAct) return null;
  return (
    <Section title="Delete" description="It was never verified, so nothing is lost with it.">
      <Button onClick={() => setAsked(true)}>Delete this connection</Button>
      {asked ? (
        <DeleteConnectionDialog
          name={name}
          hasRole={roleArn !== null}
          remove={() => deleteConnection({ customer, connectionId })}
          onClose={() => setAsked(false)}
          onDone={() => router.push(connectionsPath(customer))}
        />
      ) : null}
    </Section>
  );
}
