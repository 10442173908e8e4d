"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Menu, MenuAction, menuEntryStyle } from "@/components/ui/menu";
import { useAction } from "@/components/ui/use-action";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { isStopped, isUsable } from "@/lib/crossaccount/status";
import type { ConnectionActions } from "./actions";
import { ExitDialog } from "./exit-dialog";
import { connectionPath, connectionsPath, rotationPath } from "./paths";
import { RenameConnectionDialog } from "./rename-connection-dialog";

export interface MenuSubject {
  id: string;
  name: string;
  status: ConnectionStatus;
  hasRole: boolean;
  /** Whether a verification once showed its role. */
  isProven: boolean;
  setupGone: boolean;
  /** Staff may hold it besides. */
  heldByCustomer: boolean;
}

interface ConnectionMenuProps {
  customer: string;
  connection: MenuSubject;
  actions: ConnectionActions;
  /** On the connection's own page it is open already. */
  isOpen?: boolean;
}

/** What an admin may do with a connection right now. */
export function ConnectionMenu({ customer, connection, actions, isOpen = false }: ConnectionMenuProps) {
  const router = useRouter();
  const [asked, setAsked] = useState<"rename" | "exit" | null>(null);
  const { id: connectionId, name, status, hasRole, isProven, setupGone, heldByCustomer } = connection;
  const named = { customer, connectionId };
  const verify = useAction(() => actions.startVerification({ ...named, expectSetup: setupGone ? "gone" : "present" }));
  const pause = useAction(() => actions.pauseConnection(named));
  const resume = useAction(() => actions.resumeConnection(named));
  const exit = isProven ? "disconnect" : "delete";
  const isOngoing = isProven && status !== "disconnected";
  const problem = verify.problem ?? pause.problem ?? resume.problem;
  const page = connectionPath(customer, connectionId);
  const close = () => setAsked(null);
  return (
    <>
      <Menu label={`More for ${name}`}>
        {isOpen ? null : (
          <Link href={page} className={menuEntryStyle}>
            Open
          </Link>
        )}
        <MenuAction onSelect={() => setAsked("rename")}>Rename</MenuAction>
        {hasRole && !isStopped(status) ? (
          <MenuAction onSelect={() => verify.run(() => (isOpen ? router.refresh() : router.push(page)))}>
            Verify
          </MenuAction>
        ) : null}
        {isOngoing && !heldByCustomer ? (
          <MenuAction
            onSelect={() =>
              pause.run(() => {
                announce(`${name} is paused.`);
                router.refresh();
              })
            }
          >
            Pause
          </MenuAction>
        ) : null}
        {heldByCustomer && status === "paused" ? (
          <MenuAction
            onSelect={() =>
              resume.run(() => {
                announce(`Your pause of ${name} has ended.`);
                router.refresh();
              })
            }
          >
            Resume
          </MenuAction>
        ) : null}
        {isUsable(status) ? (
          <Link href={rotationPath(customer, connectionId)} className={menuEntryStyle}>
            Rotate external ID
          </Link>
        ) : null}
        {status === "disconnected" ? null : (
          <MenuAction onSelect={() => setAsked("exit")}>
            <span className="text-danger">{isProven ? "Disconnect" : "Delete"}</span>
          </MenuAction>
        )}
      </Menu>
      {problem ? (
        <p role="alert" className="basis-full text-danger text-sm">
          {problem}
        </p>
      ) : null}
      {asked === "rename" ? (
        <RenameConnectionDialog {...named} name={name} renameConnection={actions.renameConnection} onClose={close} />
      ) : null}
      {asked === "exit" ? (
        <ExitDialog
          {...{ exit, name, hasRole }}
          ask={() => actions[`${exit}Connection`](named)}
          onClose={close}
          onDone={() => {
            // A deleted one has no page, and the page of an ended one says what is left to do.
            const leadsTo = isProven ? page : connectionsPath(customer);
            if (isOpen === isProven) router.refresh();
            else router.push(leadsTo);
          }}
        />
      ) : null}
    </>
  );
}
