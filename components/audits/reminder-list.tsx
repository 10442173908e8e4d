import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ReminderView } from "@/lib/audits/schema";
import { reminderWords } from "./reminder-words";

/** A reminder about a connection that needs something done. The rest of the page has the way to it, but for a template update. */
export function ReminderList({ reminders }: { reminders: readonly ReminderView[] }) {
  return reminders.map(({ id, kind, since, updateUrl, others }) => (
    <Alert key={id} tone="info" title={reminderWords[kind].title} roomy>
      <p className="max-w-prose text-ink">{reminderWords[kind].text}</p>
      <p className="text-[13px] text-muted">
        Began <RelativeTime at={since} />
      </p>
      {others.map(({ connectionId, connectionName, customerName }) => (
        <p key={connectionId}>
          <Link href={`/staff/connections/${connectionId}`}>
            {connectionName} of {customerName}
          </Link>
        </p>
      ))}
      {updateUrl ? (
        <p>
          <a href={updateUrl} target="_blank" rel="noreferrer">
            Update the stack in CloudFormation
          </a>
        </p>
      ) : null}
    </Alert>
  ));
}
