import { Badge, type Tone } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import type { ReviewedPermission } from "@/lib/crossaccount";
import { StatementReview } from "./statement-review";

interface PermissionReviewProps {
  productName: string;
  permissions: readonly ReviewedPermission[];
  /** Proven to be no longer attached to the role. */
  setupGone?: boolean;
}

/** What the role will be allowed, in plain words: the ongoing statements, then those that go away after setup. */
export function PermissionReview({ productName, permissions, setupGone = false }: PermissionReviewProps) {
  return (
    <Section
      title={`What ${productName} may do`}
      description="The template grants the role in your account these permissions and no others. Each verification looks for what was attached besides."
    >
      <div className="space-y-7">
        <Phase
          title="Ongoing"
          tone="neutral"
          explanation="As long as the connection exists."
          permissions={permissions.filter(({ phase }) => phase === "ongoing")}
        />
        <Phase
          title="Setup only"
          tone="info"
          explanation={
            setupGone
              ? "Verified: the role no longer has these."
              : "They expire by themselves, and you can remove them earlier."
          }
          permissions={permissions.filter(({ phase }) => phase === "setup")}
        />
      </div>
    </Section>
  );
}

interface PhaseProps {
  title: string;
  tone: Tone;
  explanation: string;
  permissions: readonly ReviewedPermission[];
}

function Phase({ title, tone, explanation, permissions }: PhaseProps) {
  if (permissions.length === 0) return null;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h3>
          <Badge tone={tone}>{title}</Badge>
        </h3>
        <p className="text-[13px] text-muted">{explanation}</p>
      </div>
      <ul className="mt-1.5 divide-y divide-line">
        {permissions.map((permission) => (
          <StatementReview key={permission.sid} permission={permission} />
        ))}
      </ul>
    </div>
  );
}
