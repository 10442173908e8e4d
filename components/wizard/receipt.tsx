import { BadgeCheck, Download } from "lucide-react";
import { receiptPath } from "@/components/connections/paths";
import { buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyValue } from "@/components/ui/copy-value";
import { DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { exactTime } from "@/components/ui/time-words";
import { CheckList } from "@/components/verifications/check-list";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { VerificationView } from "@/lib/verifications/schema";

interface ReceiptProps {
  connection: ConnectionDetail;
  verification: VerificationView | null;
}

/** The dated proof that the setup permissions are gone, or were never there. */
export function Receipt({ connection, verification }: ReceiptProps) {
  const neverGranted = connection.setupPermissions === "never-granted";
  return (
    <Card className="overflow-hidden">
      <div className="border-success-line border-b bg-success-soft px-5 py-7 text-center sm:px-6" role="status">
        <BadgeCheck aria-hidden className="mx-auto size-9 text-success" />
        <h2 className="mt-2.5 font-semibold text-lg">
          {neverGranted ? "There are no setup permissions" : "The setup permissions are gone"}
        </h2>
        <p className="mt-1 text-muted">
          {neverGranted ? "The role never had any." : "Verified by reading what is attached to the role."}
        </p>
      </div>
      <div className="px-5 py-5 sm:px-6">
        <DescriptionList items={facts(connection, verification)} />
        {neverGranted ? null : (
          <a
            href={receiptPath(connection.customer, connection.id)}
            download
            className={buttonStyle({ variant: "secondary", className: "mt-5" })}
          >
            <Download aria-hidden />
            Download the receipt
          </a>
        )}
        {verification && verification.checks.length > 0 ? (
          <Disclosure summary="What was checked" className="mt-4">
            <div className="-mx-5 border-line border-t sm:-mx-6">
              <CheckList checks={verification.checks} />
            </div>
          </Disclosure>
        ) : null}
      </div>
    </Card>
  );
}

function facts(connection: ConnectionDetail, verification: VerificationView | null) {
  const provenGone = connection.setupGoneAt;
  return [
    ...(provenGone
      ? [{ term: "Verified on", value: <time dateTime={provenGone.toISOString()}>{exactTime(provenGone)}</time> }]
      : []),
    ...(connection.accountId
      ? [{ term: "AWS account", value: <CopyValue what="account ID" value={connection.accountId} /> }]
      : []),
    ...(connection.roleArn ? [{ term: "Role", value: <CopyValue what="role ARN" value={connection.roleArn} /> }] : []),
    ...(verification
      ? [{ term: "Verification", value: <CopyValue what="verification ID" value={verification.id} /> }]
      : []),
  ];
}
