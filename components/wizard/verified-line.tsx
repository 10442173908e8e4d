import { CircleCheck } from "lucide-react";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { RelativeTime } from "@/components/ui/relative-time";
import { CheckList } from "@/components/verifications/check-list";
import type { VerificationView } from "@/lib/verifications/schema";

/** What the step before found, folded: the way on is below. */
export function VerifiedLine({ verification }: { verification: VerificationView }) {
  const { checks, finishedAt, startedAt } = verification;
  const passed = checks.filter(({ status }) => status === "passed").length;
  return (
    <Card className="overflow-hidden">
      <div className="flex gap-3.5 bg-success-soft px-5 py-4 sm:px-6">
        <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold text-base text-success">The role is verified</h2>
          <p className="mt-0.5">
            It works with its external ID and refuses requests without it or with wrong ones. The connection can be
            used.
          </p>
          <Disclosure
            className="mt-1"
            summary={
              <>
                {passed} of {checks.length} checks passed <RelativeTime at={finishedAt ?? startedAt} />
              </>
            }
          >
            <div className="-ml-8.5 rounded-lg border border-line bg-surface">
              <CheckList checks={checks} />
            </div>
          </Disclosure>
        </div>
      </div>
    </Card>
  );
}
