"use client";

import { ExternalLink } from "lucide-react";
import { buttonStyle } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { GroupedAccount } from "./grouped-account";
import type { HandOffProps } from "./hand-off-props";

/** The launch link, and the same by a command. */
export function LaunchStack({ token, page, todo: { instructions }, actions }: HandOffProps) {
  const { accountId, accountIs, launched, roleNamed } = page.progress;
  if (!instructions) return null;
  const isSettled = accountIs === "named" || accountIs === "confirmed";

  /** Only noted, never waited for. */
  function note() {
    actions.launchByLink({ token }).catch(() => undefined);
  }

  return (
    <>
      <p>
        Sign in to AWS
        {isSettled && accountId ? (
          <>
            {" "}
            with the account <GroupedAccount accountId={accountId} />, which {page.customerName} named
          </>
        ) : (
          " with the account that is to be connected"
        )}
        . The link opens CloudFormation with everything filled in. At the end of that page, tick the box about IAM
        resources and choose <strong className="font-medium">Create stack</strong>. Leave the parameter ExternalId as it
        is.
      </p>
      <a
        href={instructions.launchUrl}
        target="_blank"
        rel="noopener noreferrer"
        title="Opens in a new tab"
        onClick={note}
        className={buttonStyle({ variant: launched || roleNamed ? "secondary" : "primary", size: "large" })}
      >
        Open AWS CloudFormation
        <ExternalLink aria-hidden />
      </a>
      <Disclosure summary="With the AWS CLI instead">
        <CodeBlock what="AWS CLI command" code={instructions.createStackCommand} />
      </Disclosure>
      <Disclosure summary="AWS says that the stack exists already">
        <div className="space-y-3">
          <p>
            If it is complete, go on. If it is in ROLLBACK_COMPLETE, delete it by this command, then create it again:
            AWS makes no second stack of its name before.
          </p>
          <CodeBlock what="command that deletes the stack" code={instructions.deleteStackCommand} />
        </div>
      </Disclosure>
    </>
  );
}
