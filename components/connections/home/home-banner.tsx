import Link from "next/link";
import { WhoCan } from "@/components/people/who-can";
import { Alert } from "@/components/ui/alert";
import { buttonStyle } from "@/components/ui/button";
import type { CustomerHome } from "@/lib/connections/schema";
import { connectionPath } from "../paths";

interface HomeBannerProps {
  customer: string;
  productName: string;
  home: Pick<CustomerHome, "counts"> & { worst: NonNullable<CustomerHome["worst"]> };
  mayAct: boolean;
  /** For who may not act: who may. */
  admins: readonly string[];
}

/** The one thing to repair first. */
export function HomeBanner({ customer, productName, home: { worst, counts }, mayAct, admins }: HomeBannerProps) {
  const isBroken = worst.status === "broken";
  const blocked = worst.status !== "degraded";
  return (
    <Alert
      tone={blocked && !isBroken ? "danger" : "warning"}
      title={title(blocked, counts.blocked, worst.name)}
      roomy
      className="mb-6"
    >
      {worst.cause ? <p className="max-w-prose">{worst.cause}</p> : null}
      {isBroken ? (
        <p className="max-w-prose">
          Ended on purpose? If you deleted its stack so that {productName} has no access, disconnect it instead of
          repairing it.
        </p>
      ) : null}
      <div className="pt-2 [&_a]:no-underline!">
        {mayAct ? (
          <Link href={connectionPath(customer, worst.id)} className={buttonStyle({ variant: "primary" })}>
            {isBroken ? "Repair or disconnect" : blocked ? "Repair" : "See what to do about"} {worst.name}
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
