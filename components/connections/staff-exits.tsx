import { CirclePause } from "lucide-react";
import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { StaffConnectionDetail } from "@/lib/connections/schema";
import { Answer } from "./end-panel";
import { IssuedBefore } from "./issued-before";
import { holderWords } from "./paused-panel";

interface StaffExitsProps {
  connection: Pick<StaffConnectionDetail, "customerName" | "holds" | "end" | "credentialsUntil">;
  productName: string;
}

/** Who stopped a connection since when, as staff see it. */
export function StaffExits({ connection, productName }: StaffExitsProps) {
  const { customerName, holds, end, credentialsUntil } = connection;
  if (holds.length === 0 && !end) return null;
  return (
    <Section title={end ? "Disconnected" : "Paused"}>
      <div className="space-y-3">
        {holds.map((hold) => (
          <p key={hold.by} className="flex gap-2.5">
            <CirclePause aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            <span>
              {hold.by === "customer" && !hold.name ? `Paused by ${customerName}` : holderWords(hold, productName)}{" "}
              <RelativeTime at={hold.since} />.{" "}
              {hold.by === "customer" ? `Only ${customerName} can end this pause.` : `${customerName} sees this pause.`}
            </span>
          </p>
        ))}
        {end ? (
          <>
            <p>
              {end.name ?? customerName} ended it <RelativeTime at={end.at} />.
            </p>
            <Answer end={end} productName={productName} />
          </>
        ) : null}
        {end?.accessGoneAt ? null : (
          <IssuedBefore productName={productName} until={credentialsUntil} instructions={null} />
        )}
      </div>
    </Section>
  );
}
