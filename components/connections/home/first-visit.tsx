import { BadgeCheck, Clock } from "lucide-react";
import Link from "next/link";
import { WhoCan } from "@/components/people/who-can";
import { buttonStyle } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { PermissionReviewView } from "@/lib/connections/review-schema";
import { connectionsPath } from "../paths";
import { PermissionSummary } from "./permission-summary";

interface FirstVisitProps {
  customer: string;
  productName: string;
  review: PermissionReviewView;
  mayAct: boolean;
  admins: readonly string[];
}

const steps = [
  {
    title: "Review what the role may do",
    time: "1 minute",
    text: "Name the account and read the permissions. Nothing is created yet.",
  },
  {
    title: "Create the role in AWS",
    time: "2 minutes",
    text: "A link opens CloudFormation with everything filled in. You need IAM rights in the account, and nothing is created until you press Create there.",
  },
  {
    title: "See that only this portal gets in",
    time: "less than a minute",
    text: "The role is tried with its external ID, without one and with wrong ones, and only the first may work.",
  },
] as const;

/** For a team without connections: what it takes, what it allows, and what they get in the end. */
export function FirstVisit({ customer, productName, review, mayAct, admins }: FirstVisitProps) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <Section
        title="Connect your first AWS account"
        description={`${productName} gets a role of its own in your account: no keys, only what you agree to, and you can end it at any time.`}
      >
        <ol className="space-y-5">
          {steps.map(({ title, time, text }, index) => (
            <li key={title} className="flex gap-4">
              <span
                aria-hidden
                className="flex size-7 shrink-0 items-center justify-center rounded-full border border-line bg-sunken font-medium text-[13px]"
              >
                {index + 1}
              </span>
              <div className="min-w-0">
                <h3 className="flex flex-wrap items-baseline gap-x-3 font-medium">
                  {title}
                  <span className="inline-flex items-center gap-1 font-normal text-[13px] text-muted">
                    <Clock aria-hidden className="size-3.5 self-center" />
                    {time}
                  </span>
                </h3>
                <p className="mt-0.5 max-w-prose text-muted">{text}</p>
              </div>
            </li>
          ))}
        </ol>
        <div className="mt-6">
          {mayAct ? (
            <>
              <Link
                href={`${connectionsPath(customer)}/new`}
                className={buttonStyle({ variant: "primary", size: "large" })}
              >
                Connect an AWS account
              </Link>
              <p className="mt-3 max-w-prose text-[13px] text-muted">
                No access to AWS? Begin all the same: the second step makes a link for a colleague who has, and who
                needs no login here.
              </p>
            </>
          ) : (
            <WhoCan admins={admins} what="connect one" />
          )}
        </div>
      </Section>
      <div className="space-y-6">
        <PermissionSummary productName={productName} review={review} customer={customer} />
        <SampleReceipt />
      </div>
    </div>
  );
}

/** What the last step hands out, so that a security team knows what to expect. */
function SampleReceipt() {
  return (
    <Card className="overflow-hidden border-dashed">
      <div className="flex items-start gap-3 border-line border-b px-5 py-4 sm:px-6">
        <BadgeCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
        <div>
          <h2 className="font-semibold text-[15px]">What you get in the end</h2>
          <p className="text-muted">An example of the receipt that an auditor can keep.</p>
        </div>
      </div>
      <div className="px-5 py-4 text-muted sm:px-6">
        <DescriptionList
          items={[
            { term: "Verified gone", value: "The setup permissions" },
            { term: "AWS account", value: <span className="font-mono text-[12.5px]">1111-2222-3333</span> },
            { term: "Checked", value: "Access, refusals, trust policy, permissions" },
          ]}
        />
      </div>
    </Card>
  );
}
