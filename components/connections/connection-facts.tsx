import { CopyValue } from "@/components/ui/copy-value";
import { DescriptionList } from "@/components/ui/description-list";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ConnectionDetail } from "@/lib/connections/schema";

/** Staff see no external ID: no one but the customer's admin needs it to make the role. */
type ShownConnection = Omit<ConnectionDetail, "externalId"> & { externalId?: string };

export function ConnectionFacts({ connection }: { connection: ShownConnection }) {
  return <DescriptionList items={factsOf(connection)} />;
}

function factsOf(connection: ShownConnection) {
  const { accountId, roleArn, externalId } = connection;
  return [
    { term: "AWS account", value: accountId ? <CopyValue what="account ID" value={accountId} /> : "Not known yet" },
    { term: "Role ARN", value: roleArn ? <CopyValue what="role ARN" value={roleArn} /> : "Not known yet" },
    ...(externalId ? [{ term: "External ID", value: <CopyValue what="external ID" value={externalId} /> }] : []),
    { term: "Stack", value: <CopyValue what="stack name" value={connection.stackName} /> },
    { term: "Region", value: connection.region },
    // What was seen before the end need not be so any more.
    ...(connection.end ? [] : [{ term: "Setup permissions", value: setupWords(connection) }]),
    ...(connection.provenAt ? [{ term: "First verified", value: <RelativeTime at={connection.provenAt} /> }] : []),
    { term: "Created", value: <RelativeTime at={connection.createdAt} /> },
  ];
}

function setupWords({ setupPermissions, setupGoneAt }: ShownConnection) {
  switch (setupPermissions) {
    case "gone":
      return setupGoneAt ? (
        <>
          Verified gone <RelativeTime at={setupGoneAt} />
        </>
      ) : (
        "Verified gone"
      );
    case "never-granted":
      return "Never granted";
    case "present":
      return "Still there";
    case "unknown":
      return "Not known yet";
  }
}
