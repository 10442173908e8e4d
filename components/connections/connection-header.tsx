import { NavTabs } from "@/components/layout/nav-tabs";
import { PageHeader } from "@/components/layout/page-header";
import { WhoCan } from "@/components/people/who-can";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { ConnectionActions } from "./actions";
import { ConnectionMenu } from "./connection-menu";
import { customerStatusWords } from "./customer-status";
import { CustomerStatusBadge } from "./customer-status-badge";
import { HeaderAction } from "./header-action";
import { connectionPath, connectionsPath, connectionTabs } from "./paths";

interface ConnectionHeaderProps {
  connection: ConnectionDetail;
  mayAct: boolean;
  /** For who may not act: who may. */
  admins: readonly string[];
  actions: ConnectionActions;
}

/** Name, status and account, the one thing to do next, the menu, and the tabs. */
export function ConnectionHeader({ connection, mayAct, admins, actions }: ConnectionHeaderProps) {
  const { customer, id, name, status, accountId, provenAt, setupPermissions } = connection;
  const needsSomeone = !["active", "paused", "disconnected"].includes(status);
  return (
    <>
      <PageHeader
        back={{ title: "Connections", href: connectionsPath(customer) }}
        title={name}
        badge={<CustomerStatusBadge status={status} />}
        description={
          <>
            {accountId ? (
              <>
                <span className="font-mono text-[12.5px] text-ink">{accountId}</span> ·{" "}
              </>
            ) : null}
            {customerStatusWords(status).meaning}
            {needsSomeone && !mayAct ? <WhoCan admins={admins} what="go on with it" /> : null}
          </>
        }
        actions={
          mayAct ? (
            <>
              <HeaderAction
                customer={customer}
                connectionId={id}
                status={status}
                nextStep={connection.nextStep}
                overview={connectionPath(customer, id)}
              />
              <ConnectionMenu
                customer={customer}
                connection={{
                  ...{ id, name, status },
                  hasRole: connection.roleArn !== null,
                  isProven: provenAt !== null,
                  setupGone: setupPermissions === "gone",
                  heldByCustomer: connection.holds.some(({ by }) => by === "customer"),
                }}
                actions={actions}
                isOpen
              />
            </>
          ) : null
        }
      />
      <div className="mb-6 border-line border-b">
        <NavTabs label={name} tabs={connectionTabs(customer, id)} />
      </div>
    </>
  );
}
