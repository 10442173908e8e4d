import Link from "next/link";
import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { StaffReminderView } from "@/lib/audits/schema";
import { reminderWords } from "./reminder-words";

/** Who waits for something, longest first. */
export function StaffReminders({ reminders }: { reminders: readonly StaffReminderView[] }) {
  if (reminders.length === 0) return null;
  return (
    <Section title="Reminders" description="Connections where something is left to do, longest first.">
      <ul className="divide-y divide-line">
        {reminders.map(({ id, kind, since, connectionId, connectionName, customerName }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0"
          >
            <p className="min-w-0">
              <Link
                href={`/staff/connections/${connectionId}`}
                className="rounded-sm font-medium underline-offset-4 hover:underline"
              >
                {connectionName}
              </Link>
              <span className="text-muted"> · {customerName} · </span>
              {reminderWords[kind].title}
            </p>
            <p className="text-[13px] text-muted">
              since <RelativeTime at={since} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
