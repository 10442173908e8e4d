import { CirclePause } from "lucide-react";
import { WhoCan } from "@/components/people/who-can";
import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ExitInstructions, HoldView } from "@/lib/connections/exit-schema";
import type { ConnectionDetail } from "@/lib/connections/schema";
import { ActionButton } from "./action-button";
import type { ConnectionActions } from "./actions";
import { IssuedBefore } from "./issued-before";

interface PausedPanelProps extends Pick<ConnectionActions, "resumeConnection"> {
  connection: Pick<ConnectionDetail, "customer" | "id" | "name" | "holds" | "credentialsUntil">;
  productName: string;
  mayAct: boolean;
  /** For who may not act: who may. */
  admins: readonly string[];
  instructions: ExitInstructions | null;
}

/** Who paused the connection since when, who can resume it, and what a pause does not take back. */
export function PausedPanel({ connection, productName, mayAct, admins, instructions, ...actions }: PausedPanelProps) {
  const { customer, id: connectionId, name, holds, credentialsUntil } = connection;
  const isOwn = holds.some(({ by }) => by === "customer");
  return (
    <Section
      title="Paused"
      description={`${productName} gets no credentials for this account. Nothing in AWS has changed.`}
    >
      <div className="space-y-4">
        <ul className="space-y-2">
          {holds.map((hold) => (
            <li key={hold.by} className="flex gap-2.5">
              <CirclePause aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
              <span>
                {holderWords(hold, productName)} <RelativeTime at={hold.since} />.{" "}
                {hold.by === "staff" ? `Only ${productName} can end this pause.` : null}
              </span>
            </li>
          ))}
        </ul>
        {isOwn && mayAct ? (
          <ActionButton
            action={actions.resumeConnection}
            input={{ customer, connectionId }}
            done={`Your pause of ${name} has ended.`}
            variant="primary"
          >
            {holds.length > 1 ? "End your pause" : "Resume"}
          </ActionButton>
        ) : null}
        {isOwn && !mayAct ? <WhoCan admins={admins} what="resume it" /> : null}
        <IssuedBefore productName={productName} until={credentialsUntil} instructions={instructions} />
      </div>
    </Section>
  );
}

export function holderWords({ by, name }: HoldView, productName: string): string {
  if (by === "staff") return name ? `Paused by ${name} of ${productName}` : `Paused by ${productName}`;
  return name ? `Paused by ${name}` : "Paused by your team";
}
