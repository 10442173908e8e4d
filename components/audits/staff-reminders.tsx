import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { StaffReminderView } from "@/lib/audits/schema";
import { ConnectionLine } from "./connection-line";
import { reminderWords } from "./reminder-words";

/** Who waits for something, longest first. */
export function StaffReminders({ reminders }: { reminders: readonly StaffReminderView[] }) {
  if (reminders.length === 0) return null;
  return (
    <Section title="Reminders" description="Connections that need something done, longest waiting first.">
      <ul className="divide-y divide-line">
        {reminders.map(({ id, kind, since, ...connection }) => (
          <ConnectionLine key={id} {...connection} text={reminderWords[kind].title}>
            <p className="text-[13px] text-muted">
              since <RelativeTime at={since} />
            </p>
          </ConnectionLine>
        ))}
      </ul>
    </Section>
  );
}
