"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { useAction } from "@/components/ui/use-action";
import type { ProposedAccount } from "@/lib/links/schema";
import type { DecideAccount } from "./actions";
import { GroupedAccount } from "./grouped-account";
import { makerName } from "./link-words";

interface ConfirmAccountProps {
  customer: string;
  connectionId: string;
  productName: string;
  account: ProposedAccount;
  mayAct: boolean;
  confirmAccount: DecideAccount;
  rejectAccount: DecideAccount;
}

/** Where a swapped account is noticed: the digits, as large as they matter, and where they came from. */
export function ConfirmAccount({ productName, account, mayAct, ...rest }: ConfirmAccountProps) {
  return (
    <Alert tone="warning" title="Is this your AWS account?" roomy>
      <p className="my-2 text-2xl text-ink">
        <GroupedAccount accountId={account.accountId} />
      </p>
      <p className="max-w-prose">
        <Origin account={account} productName={productName} /> Compare all 12 digits with the account that you mean, for
        example in the AWS console’s top right menu. {productName} gets no credentials before you confirm it, and once
        you did, this connection stays with this account.
      </p>
      {mayAct ? (
        <Decision account={account} {...rest} />
      ) : (
        <p className="mt-3">An admin of your team can confirm it.</p>
      )}
    </Alert>
  );
}

function Origin({
  account: { proposedAt, roleWorks, link },
  productName,
}: Pick<ConfirmAccountProps, "account" | "productName">) {
  return (
    <>
      It came <RelativeTime at={proposedAt} />{" "}
      {link ? (
        <>
          through the hand-off link that {makerName(link.madeBy, productName)} made <RelativeTime at={link.createdAt} />
          . It is used without signing in, so we cannot say by whom.
        </>
      ) : (
        "through a hand-off link that is not kept any more."
      )}{" "}
      {roleWorks ? "The role there is in order." : "The role there was not found in order yet."}
    </>
  );
}

type DecisionProps = Omit<ConfirmAccountProps, "productName" | "mayAct">;

function Decision({ customer, connectionId, account: { accountId }, confirmAccount, rejectAccount }: DecisionProps) {
  const router = useRouter();
  const input = { customer, connectionId, accountId };
  const confirming = useAction(() => confirmAccount(input));
  const rejecting = useAction(() => rejectAccount(input));
  const [asked, setAsked] = useState(false);
  const problem = confirming.problem ?? rejecting.problem;
  const done = () => router.refresh();
  return (
    <>
      {problem ? (
        <p role="alert" className="mt-2 text-danger text-sm">
          {problem}
        </p>
      ) : null}
      {asked ? (
        <div className="mt-3 space-y-2">
          <p>Its role is forgotten, and the open links of this connection end. Nothing changes in AWS.</p>
          <div className="flex flex-wrap gap-2">
            <Button variant="danger" pending={rejecting.pending} onClick={() => rejecting.run(done)}>
              Reject this account
            </Button>
            <Button onClick={() => setAsked(false)}>Back</Button>
          </div>
        </div>
      ) : (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button variant="primary" pending={confirming.pending} onClick={() => confirming.run(done)}>
            Yes, confirm this account
          </Button>
          <Button onClick={() => setAsked(true)}>No, it is not ours</Button>
        </div>
      )}
    </>
  );
}
