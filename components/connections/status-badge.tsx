import { Badge } from "@/components/ui/badge";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { statusWords } from "./status-words";

export function StatusBadge({ status }: { status: ConnectionStatus }) {
  const { word, tone, icon: Icon } = statusWords[status];
  return (
    <Badge tone={tone}>
      <Icon />
      {word}
    </Badge>
  );
}
