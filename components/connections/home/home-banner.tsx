import Link from "next/link";
import { WhoCan } from "@/components/people/who-can";
import { Alert } from "@/components/ui/alert";
import { buttonStyle } from "@/components/ui/button";
import type { CustomerHome } from "@/lib/connections/schema";
import { connectionPath } from "../paths";

interface HomeBannerProps {
  customer: string;
  home: Pick<CustomerHome, "counts"> & { worst: NonNullable<CustomerHome["worst"]> };
  mayAct: boolean;
  /** For who may not act: who may. */
  admins: readonly string[];
}

/** The one thing to repair first. */
export function HomeBanner({ customer, home: { worst, counts }, mayAct, admins }: HomeBannerProps) {
  const blocked = worst.status !== "degraded";
  return (
    <Alert
      tone={blocked ? "danger" : "warning"}
      title={title(blocked, counts.blocked, worst.name)}
      roomy
      className="mb-6"
    >
      {worst.cause ? <p className="max-w-prose">{worst.cause}</p> : null}
      <div className="pt-2 [&_a]:no-underline!">
        {mayAct ? (
          <Link href={connectionPath(customer, worst.id)} className={buttonStyle({ variant: "primary" })}>
            {blocked ? "Repair" : "See what to do about"} {worst.name}
          </Link>
        ) : (
          <WhoCan admins={admins} what="repair it" />
        )}
      </div>
    </Alert>
  );
}

function title(blocked: boolean, accounts: number, name: string): string {
  if (!blocked) return `${name} works, but a check failed`;
  return accounts === 1
    ? `${name} is not used until it is repaired`
    : `${accounts} accounts are not used until they are repaired. The gravest is ${name}`;
}
