import Link from "next/link";
import { connectionPath, setupPath } from "@/components/connections/paths";
import { buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyValue } from "@/components/ui/copy-value";
import { DescriptionList } from "@/components/ui/description-list";
import type { CancelVerification, StartVerification } from "@/components/verifications/verification-actions";
import { VerificationPanel } from "@/components/verifications/verification-panel";
import type { ConnectionDetail } from "@/lib/connections/schema";
import { isUsable } from "@/lib/crossaccount/status";
import type { VerificationView } from "@/lib/verifications/schema";
import { StepFooter } from "./step-footer";

export interface VerifyStepProps {
  connection: ConnectionDetail;
  verification: VerificationView | null;
  startVerification: StartVerification;
  cancelVerification: CancelVerification;
}

export function VerifyStep({ connection, verification, startVerification, cancelVerification }: VerifyStepProps) {
  return (
    <>
      <VerificationPanel
        customer={connection.customer}
        connectionId={connection.id}
        externalId={connection.externalId}
        expectSetup={expectedSetup(connection)}
        latest={verification}
        begins={connection.provenAt === null && (verification === null || verification.state === "abandoned")}
        startVerification={startVerification}
        cancelVerification={cancelVerification}
        intro={{
          title: "Ready to verify",
          text: "The portal uses the role and reads its policies. Nothing in your account is changed.",
        }}
      />
      <WayOn connection={connection} verification={verification} />
    </>
  );
}

/** Nothing while a first answer is awaited: what would stand here could be another thing a second later. */
function WayOn({ connection, verification }: Pick<VerifyStepProps, "connection" | "verification">) {
  if (isUsable(connection.status)) return <Onward connection={connection} />;
  if (verification?.state === "running") return null;
  return <ChangeRole connection={connection} />;
}

/** What the customer has said about setup permissions: a connection that dropped them is checked for that. */
export function expectedSetup({ setupPermissions }: Pick<ConnectionDetail, "setupPermissions">): "present" | "gone" {
  return setupPermissions === "gone" ? "gone" : "present";
}

function Onward({ connection }: { connection: ConnectionDetail }) {
  const finished = connection.status === "active";
  return (
    <StepFooter
      hint={finished ? "No setup permissions are left to remove." : "One step is left: remove the setup permissions."}
    >
      <Link
        href={
          finished
            ? connectionPath(connection.customer, connection.id)
            : setupPath(connection.customer, connection.id, "drop-setup")
        }
        className={buttonStyle({ variant: connection.status === "degraded" ? "secondary" : "primary", size: "large" })}
      >
        {finished ? "Done" : "Continue"}
      </Link>
    </StepFooter>
  );
}

/** What the remedy of a failed check asks to be compared, and the ways back to where it is repaired. */
function ChangeRole({ connection }: { connection: ConnectionDetail }) {
  const { customer, id, externalId, roleArn, provenAt } = connection;
  return (
    <>
      <Card className="p-5 sm:p-6">
        <DescriptionList
          items={[
            { term: "External ID", value: <CopyValue what="external ID" value={externalId} /> },
            { term: "Role ARN", value: roleArn ? <CopyValue what="role ARN" value={roleArn} /> : "Not known yet" },
          ]}
        />
      </Card>
      <StepFooter
        hint={
          provenAt
            ? "If the stack was deleted, create it again: the role gets the same name."
            : "Something wrong here? You can repeat every step."
        }
      >
        <Link href={setupPath(customer, id, "launch")} className={buttonStyle({ variant: "ghost" })}>
          Back to launch
        </Link>
        {provenAt ? null : (
          <Link href={setupPath(customer, id, "role")} className={buttonStyle({ variant: "ghost" })}>
            Use another role
          </Link>
        )}
      </StepFooter>
    </>
  );
}
