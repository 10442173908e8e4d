import { CopyValue } from "@/components/ui/copy-value";
import type { ConnectionDetail } from "@/lib/connections/schema";

/** What to look at when a role is not found after a minute. */
export function SearchChecklist({ accountId, connection }: SearchChecklistProps) {
  const { stackName, region, externalId } = connection;
  return (
    <div className="space-y-2">
      <p className="font-medium">Look at these in the AWS console:</p>
      <ul className="list-disc space-y-1.5 pl-5 marker:text-muted">
        <li>
          The stack <code className="break-all font-mono text-[12.5px]">{stackName}</code>, or what you named it, is
          there and in CREATE_COMPLETE. One in ROLLBACK_COMPLETE has to be deleted before another of its name can be
          made.
        </li>
        <li>
          You are in account <code className="font-mono text-[12.5px]">{accountId}</code> and in the Region{" "}
          <code className="font-mono text-[12.5px]">{region}</code>.
        </li>
        <li>
          Its parameter ExternalId is exactly this:
          <CopyValue what="external ID" value={externalId} />
        </li>
      </ul>
    </div>
  );
}

interface SearchChecklistProps {
  accountId: string;
  connection: Pick<ConnectionDetail, "stackName" | "region" | "externalId">;
}
