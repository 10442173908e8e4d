import { KeyRound } from "lucide-react";
import { CopyValue } from "@/components/ui/copy-value";

/** What protects the role, in one line: there is nothing to do about it. */
export function ExternalIdLine({ productName, externalId }: { productName: string; externalId: string | null }) {
  return (
    <div className="flex gap-3 border-line border-t pt-4 text-muted">
      <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 space-y-1">
        <p>
          {externalId
            ? `${productName} sends this external ID with every request, and your role refuses all others. The next step fills it in.`
            : `Continue makes an external ID for this connection alone: ${productName} sends it with every request, and your role refuses all others.`}
        </p>
        {externalId ? (
          <div className="text-ink">
            <CopyValue what="external ID" value={externalId} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
