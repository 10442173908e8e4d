import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { CheckView, VerificationView } from "@/lib/verifications/schema";
import { CheckList } from "./check-list";

const aboutPermissions: readonly CheckView["id"][] = ["ongoing-permissions", "setup-permissions", "excess-permissions"];

/** What the last verification saw of the permissions that the role really has; nothing before there was one. */
export function SeenPermissions({
  verification,
  externalId,
}: {
  verification: VerificationView | null;
  externalId: string;
}) {
  const checks = verification?.checks.filter(({ id }) => aboutPermissions.includes(id)) ?? [];
  if (!verification?.finishedAt || checks.length === 0) return null;
  return (
    <Section
      title="What the role really has"
      description={
        <>
          As the last verification saw it, <RelativeTime at={verification.finishedAt} />.
        </>
      }
    >
      <div className="-mx-5 -mb-5 border-line border-t sm:-mx-6 sm:-mb-6">
        <CheckList checks={checks} externalId={externalId} />
      </div>
    </Section>
  );
}
