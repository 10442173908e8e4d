"use client";

import Link from "next/link";
import { useBranding } from "@/components/layout/branding-context";
import { buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { UsesOfWeek } from "@/lib/access-log/schema";
import type { HomeRow } from "@/lib/connections/schema";
import { isTroubled } from "@/lib/connections/state";
import type { ConnectionActions } from "../actions";
import { ConnectionMenu } from "../connection-menu";
import { CustomerStatusBadge } from "../customer-status-badge";
import { connectionPath } from "../paths";
import { leftToDo, rowAction } from "./left-to-do";
import { Week } from "./week";

interface HomeListProps {
  customer: string;
  rows: readonly HomeRow[];
  uses: UsesOfWeek["connections"];
  /** When the server rendered the list, which the words of its times count from in the browser too. */
  now: Date;
  mayAct: boolean;
  actions: ConnectionActions;
}

/** In the browser too, so that the rows are sent for it, not the whole list a second time. */
export function HomeList({ rows, ...rest }: HomeListProps) {
  return (
    <Card className="overflow-hidden">
      <ul aria-label="Connections" className="divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.id} row={row} {...rest} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ row, customer, uses, now, mayAct, actions }: Omit<HomeListProps, "rows"> & { row: HomeRow }) {
  const { productName } = useBranding();
  const action = mayAct ? rowAction(customer, row) : null;
  const days = uses[row.id];
  return (
    <li className="home-row">
      <CustomerStatusBadge status={row.status} />
      <h2 className="min-w-0">
        {/* The link covers the whole row. */}
        <Link href={connectionPath(customer, row.id)} prefetch={false} className="row-link break-words font-medium">
          {row.name}
        </Link>
        <span className="block font-normal text-[13px] text-muted">
          {row.accountId ? <span className="font-mono text-[12.5px]">{row.accountId}</span> : "No AWS account yet"}
        </span>
      </h2>
      <p className={isTroubled(row.status) ? "home-left" : "home-left text-muted"}>
        {leftToDo(row, now, productName)}
        {days ? (
          <span className="block text-[13px] text-muted">
            <Week days={days} />
          </span>
        ) : null}
      </p>
      {mayAct ? (
        <div className="home-actions">
          {action ? (
            <Link href={action.href} prefetch={false} className={buttonStyle({ size: "small" })}>
              {action.label}
              <span className="sr-only"> {row.name}</span>
            </Link>
          ) : null}
          <ConnectionMenu
            customer={customer}
            connection={{
              ...{ id: row.id, name: row.name, status: row.status, hasRole: row.hasRole },
              isProven: row.provenAt !== null,
              setupGone: row.status === "active",
              heldByCustomer: row.heldByCustomer,
            }}
            actions={actions}
          />
        </div>
      ) : null}
    </li>
  );
}
