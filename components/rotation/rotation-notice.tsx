import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { type ConnectionStatus, isUsable } from "@/lib/crossaccount/status";

interface RotationNoticeProps {
  status: ConnectionStatus;
  /** Where it goes on, for who can see that. */
  href?: string;
}

/** That a rotation runs, and whether anything stands in its way. */
export function RotationNotice({ status, href }: RotationNoticeProps) {
  return (
    <Alert tone="info" title="The external ID is being rotated">
      {words(status)}
      {href ? (
        <>
          {" "}
          <Link href={href}>See what is left to do</Link>.
        </>
      ) : null}
    </Alert>
  );
}

function words(status: ConnectionStatus): string {
  if (status === "paused") return "It goes on once the connection is resumed.";
  return isUsable(status) ? "The connection works meanwhile." : "It ends once the connection works.";
}
