import { Alert } from "@/components/ui/alert";
import { Spinner } from "@/components/ui/spinner";
import type { RotationView } from "@/lib/connections/rotation-schema";

interface RotationProgressProps {
  seen: NonNullable<RotationView["running"]>["seen"];
  isAccepted: boolean;
  productName: string;
}

/** What is waited for, and how long that usually takes. */
export function RotationProgress({ seen, isAccepted, productName }: RotationProgressProps) {
  if (seen === "both") {
    return (
      <Alert tone="warning" role="status" title="AWS accepts both external IDs">
        The old one is not retired while the role still accepts it. Set the stack’s ExternalId to the new one, or take
        the old one out of the role’s trust policy. {productName} looks again every minute while this page is open.
      </Alert>
    );
  }
  return (
    <p role="status" className="flex items-start gap-2.5 text-muted">
      <Spinner className="mt-0.5 shrink-0" />
      <span>{waitWords(seen, isAccepted)}</span>
    </p>
  );
}

function waitWords(seen: RotationProgressProps["seen"], isAccepted: boolean): string {
  if (isAccepted) {
    return "AWS accepts the new external ID. It is verified, and AWS is asked until it refuses the old one: usually less than a minute.";
  }
  if (seen === "arriving") {
    return "The role’s trust policy names the new external ID already. AWS takes up to a minute to go by it.";
  }
  return "Waiting until AWS accepts the new external ID: usually within a minute after the stack was updated.";
}
