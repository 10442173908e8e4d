import type { CheckView } from "@/lib/connections/schema";
import { CheckItem } from "./check-item";

export function CheckList({ checks }: { checks: readonly CheckView[] }) {
  return (
    <ul aria-label="Checks" className="divide-y divide-line">
      {checks.map((check) => (
        <CheckItem key={check.id} check={check} />
      ))}
    </ul>
  );
}
