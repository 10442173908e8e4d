import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ReceiptKind, ReceiptView } from "@/lib/receipts/schema";
import { receiptPath } from "./paths";

const titles: Record<ReceiptKind, string> = {
  setup: "Setup permissions are gone",
  rotation: "Rotation of the external ID",
  end: "Access after the end",
};

interface ReceiptListProps {
  customer: string;
  connectionId: string;
  receipts: readonly ReceiptView[];
}

/** What AWS answered on a day, to keep and to show. */
export function ReceiptList({ customer, connectionId, receipts }: ReceiptListProps) {
  if (receipts.length === 0) return null;
  return (
    <Section
      title="Receipts"
      description="What AWS answered, as it was said that day. None holds an external ID."
      className="mb-6"
    >
      <ul className="space-y-2">
        {receipts.map(({ id, kind, at }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
            <a
              href={receiptPath(customer, connectionId, id)}
              download
              className="font-medium underline underline-offset-2"
            >
              {titles[kind]}
            </a>
            <span className="text-[13px] text-muted">
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
