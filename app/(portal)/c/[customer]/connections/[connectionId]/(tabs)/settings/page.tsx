import type { Metadata } from "next";
import { ConnectionEnd } from "@/components/connections/connection-end";
import { RenameForm } from "@/components/connections/rename-form";
import { WhoCan } from "@/components/people/who-can";
import { Section } from "@/components/ui/card";
import { branding } from "@/lib/branding";
import {
  deleteConnection,
  disconnectConnection,
  pauseConnection,
  renameConnection,
  resumeConnection,
} from "@/lib/connections/actions";
import { adminNames } from "@/lib/people/queries";
import { openConnection, type TabParams } from "../open-connection";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: TabParams }) {
  const { access, connection } = await openConnection(params);
  const { customer, id: connectionId, name, provenAt, status, holds } = connection;
  const mayAct = access.role === "admin";
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      {mayAct ? (
        <Section title="Name" description="Only the name here changes; nothing in AWS does.">
          <RenameForm key={name} {...{ customer, connectionId, name, renameConnection }} />
        </Section>
      ) : (
        <WhoCan admins={await adminNames(access)} what="change these settings, pause the connection or disconnect it" />
      )}
      {mayAct ? (
        <ConnectionEnd
          connection={{
            customer,
            id: connectionId,
            name,
            provenAt,
            status,
            holds,
            hasRole: connection.roleArn !== null,
          }}
          productName={branding.productName}
          {...{ deleteConnection, pauseConnection, resumeConnection, disconnectConnection }}
        />
      ) : null}
    </div>
  );
}
