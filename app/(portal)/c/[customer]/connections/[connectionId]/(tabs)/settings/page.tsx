import type { Metadata } from "next";
import { ConnectionEnd } from "@/components/connections/connection-end";
import { RenameForm } from "@/components/connections/rename-form";
import { WhoCan } from "@/components/people/who-can";
import { Section } from "@/components/ui/card";
import { branding } from "@/lib/branding";
import { deleteConnection, renameConnection } from "@/lib/connections/actions";
import { adminNames } from "@/lib/people/queries";
import { openConnection, type TabParams } from "../open-connection";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: TabParams }) {
  const { access, connection } = await openConnection(params);
  const { customer, id: connectionId, name } = connection;
  const mayAct = access.role === "admin";
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      {mayAct ? (
        <Section title="Name" description="Only the name here changes; nothing in AWS does.">
          <RenameForm key={name} {...{ customer, connectionId, name, renameConnection }} />
        </Section>
      ) : (
        <WhoCan admins={await adminNames(access)} what="change these settings" />
      )}
      <ConnectionEnd
        connection={connection}
        productName={branding.productName}
        mayAct={mayAct}
        deleteConnection={deleteConnection}
      />
    </div>
  );
}
