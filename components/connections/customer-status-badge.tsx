import { Badge } from "@/components/ui/badge";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { customerStatusWords } from "./customer-status";

export function CustomerStatusBadge({ status }: { status: ConnectionStatus }) {
  const { word, tone, icon: Icon } = customerStatusWords(status);
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
