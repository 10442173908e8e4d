import Link from "next/link";
import { setupPath } from "@/components/connections/paths";
import { buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyValue } from "@/components/ui/copy-value";
import { DescriptionList } from "@/components/ui/description-list";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ConnectionDetail } from "@/lib/connections/schema";
import { StepFooter } from "./step-footer";

interface ProvenRoleProps {
  connection: Pick<ConnectionDetail, "id" | "customer" | "accountId" | "roleArn" | "provenAt">;
}

/** The role step of a connection that stays with its role: nothing is left to choose. */
export function ProvenRole({ connection: { id, customer, accountId, roleArn, provenAt } }: ProvenRoleProps) {
  return (
    <>
      <Card className="p-5 sm:p-6">
        <DescriptionList
          items={[
            ...(accountId ? [{ term: "AWS account", value: <CopyValue what="account ID" value={accountId} /> }] : []),
            ...(roleArn ? [{ term: "Role ARN", value: <CopyValue what="role ARN" value={roleArn} /> }] : []),
            ...(provenAt ? [{ term: "First verified", value: <RelativeTime at={provenAt} /> }] : []),
          ]}
        />
      </Card>
      <StepFooter hint="To connect another role or account, create a new connection.">
        <Link href={setupPath(customer, id, "verify")} className={buttonStyle({ variant: "primary", size: "large" })}>
          Continue
        </Link>
      </StepFooter>
    </>
  );
}
