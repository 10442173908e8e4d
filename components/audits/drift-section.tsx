import { Section } from "@/components/ui/card";
import type { DriftView } from "@/lib/audits/schema";
import { DriftList } from "./drift-list";

/** What is different about the role since it was last verified with nothing wrong; nothing where nothing is. */
export async function DriftSection({ drifts }: { drifts: Promise<DriftView[]> }) {
  const lasting = (await drifts).filter(({ endedAt }) => endedAt === null);
  if (lasting.length === 0) return null;
  return (
    <Section
      title="What changed"
      description="Audits compare the role with its state when a person last verified it without findings."
    >
      <DriftList drifts={lasting} />
    </Section>
  );
}
