"use client";

import type { ReactNode } from "react";
import { PermissionReview } from "@/components/connections/permission-review";
import { Card } from "@/components/ui/card";
import { StepNumber } from "@/components/ui/step-number";
import { AccountSearch } from "./account-search";
import type { HandOffProps } from "./hand-off-props";
import { LaunchStack } from "./launch-stack";
import { permissionsAnchor } from "./link-token";
import { LinkVerification } from "./link-verification";

/** What an AWS admin without a login does, beside what the role may do. */
export function HandOffSteps(props: HandOffProps) {
  const { token, page, todo, productName, actions, refresh } = props;
  const { launched, roleNamed, verification } = page.progress;
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <ol className="min-w-0 space-y-4">
        <Step number={1} title="Read what the role may do" done={launched || roleNamed}>
          <p>
            The stack creates one role with{" "}
            <a href={`#${permissionsAnchor}`} className="text-accent-ink underline underline-offset-2">
              these permissions
            </a>
            . Only {productName} can use it, and only with the external ID of this connection.
          </p>
        </Step>
        <Step number={2} title="Create the stack" done={launched || roleNamed}>
          <LaunchStack {...props} />
        </Step>
        <Step number={3} title="Let us find the role" done={roleNamed}>
          <AccountSearch {...props} />
        </Step>
        {roleNamed ? (
          <li>
            <LinkVerification
              token={token}
              verification={verification}
              externalId={todo.externalId}
              label={verification ? "Verify again" : "Verify the role"}
              verifyByLink={actions.verifyByLink}
              refresh={refresh}
            />
          </li>
        ) : null}
      </ol>
      <div id={permissionsAnchor} className="min-w-0 scroll-mt-6">
        <PermissionReview productName={productName} review={todo.review} />
      </div>
    </div>
  );
}

function Step({
  number,
  title,
  done,
  children,
}: {
  number: number;
  title: string;
  done: boolean;
  children: ReactNode;
}) {
  return (
    <li>
      <Card className="p-5 sm:p-6">
        <div className="flex gap-3.5">
          <StepNumber number={number} isDone={done} />
          <div className="min-w-0 flex-1 space-y-3">
            <h2 className="font-semibold text-[15px] leading-6">
              {title}
              {done ? <span className="sr-only"> (done)</span> : null}
            </h2>
            {children}
          </div>
        </div>
      </Card>
    </li>
  );
}
