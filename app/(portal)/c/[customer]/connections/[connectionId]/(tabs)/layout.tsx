import type { ReactNode } from "react";
import { found } from "@/app/found";
import { ConnectionHeader } from "@/components/connections/connection-header";
import { changesPath } from "@/components/connections/paths";
import { FollowChanges } from "@/components/ui/follow-changes";
import { KeepFresh } from "@/components/ui/keep-fresh";
import { requireCustomer } from "@/lib/auth/session";
import {
  deleteConnection,
  disconnectConnection,
  pauseConnection,
  renameConnection,
  resumeConnection,
} from "@/lib/connections/actions";
import { markOfConnection } from "@/lib/connections/changes";
import { adminNames } from "@/lib/people/queries";
import { startVerification } from "@/lib/verifications/actions";
import { openConnection, type TabParams } from "./open-connection";

/** What all tabs of a connection have above them; it follows what happens elsewhere for all of them. */
export default async function ConnectionLayout({ params, children }: { params: TabParams; children: ReactNode }) {
  const { customer: reference, connectionId } = await params;
  // First, so that a change while the page is read is noticed afterwards.
  const mark = await found(markOfConnection(await requireCustomer(decodeURIComponent(reference)), connectionId));
  const { access, connection } = await openConnection(params);
  const mayAct = access.role === "admin";
  const { customer, id } = connection;
  return (
    <>
      <ConnectionHeader
        connection={connection}
        mayAct={mayAct}
        admins={mayAct ? [] : await adminNames(access)}
        actions={{
          ...{ renameConnection, deleteConnection, startVerification },
          ...{ pauseConnection, resumeConnection, disconnectConnection },
        }}
      />
      {children}
      <FollowChanges address={changesPath(customer, id)} mark={mark} />
      <KeepFresh />
    </>
  );
}
