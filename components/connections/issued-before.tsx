import { RelativeTime } from "@/components/ui/relative-time";
import { exactTime } from "@/components/ui/time-words";
import type { ExitInstructions } from "@/lib/connections/exit-schema";
import { AwsStep } from "./aws-step";

interface IssuedBeforeProps {
  productName: string;
  /** When the last credentials expire; null where none are valid. */
  until: Date | null;
  /** Null for who cannot act in the account. */
  instructions: Pick<ExitInstructions, "revokeUrl" | "revokeCommand"> | null;
}

/** What a stop in the portal does not take back, until when, and how AWS does. */
export function IssuedBefore({ productName, until, instructions }: IssuedBeforeProps) {
  if (until === null) return <p>No credentials that {productName} got before are valid any more.</p>;
  return (
    <div className="space-y-3">
      <p className="max-w-prose">
        Credentials that {productName} got before stay valid in AWS until they expire, the last of them{" "}
        <RelativeTime at={until} /> ({exactTime(until)}).
        {instructions ? " Only AWS can end them earlier: choose Revoke active sessions there." : null}
      </p>
      {instructions ? (
        <AwsStep
          label="Open Revoke sessions in AWS"
          url={instructions.revokeUrl}
          command={instructions.revokeCommand}
        />
      ) : null}
    </div>
  );
}
