"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { buttonStyle } from "@/components/ui/button";
import type { WizardStep } from "@/lib/connections/wizard";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { setupPath } from "./paths";

interface HeaderActionProps {
  customer: string;
  connectionId: string;
  status: ConnectionStatus;
  nextStep: WizardStep | null;
  /** Address of the tab that tells what to do, where this would be said twice. */
  overview: string;
}

/** The one thing to do next, on every tab but the one that has it already. */
export function HeaderAction({ customer, connectionId, status, nextStep, overview }: HeaderActionProps) {
  const isOverview = usePathname() === overview;
  if (status === "setup") {
    return (
      <Link href={setupPath(customer, connectionId, "drop-setup")} className={buttonStyle({ variant: "primary" })}>
        Remove setup permissions
      </Link>
    );
  }
  if (isOverview) return null;
  if (status === "pending") {
    return (
      <Link
        href={setupPath(customer, connectionId, nextStep ?? undefined)}
        className={buttonStyle({ variant: "primary" })}
      >
        Continue setup
      </Link>
    );
  }
  if (status === "insecure" || status === "broken" || status === "degraded") {
    return (
      <Link href={overview} className={buttonStyle({ variant: "primary" })}>
        See what to do
      </Link>
    );
  }
  return null;
}
