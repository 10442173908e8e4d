import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { WhoCan } from "@/components/people/who-can";
import { buttonStyle } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { exactMinute, exactTime } from "@/components/ui/time-words";
import type { ActionResult } from "@/lib/action";
import type { EndView, ExitInstructions } from "@/lib/connections/exit-schema";
import type { ConnectionDetail } from "@/lib/connections/schema";
import { ActionButton } from "./action-button";
import { AwsStep } from "./aws-step";
import { IssuedBefore } from "./issued-before";
import { receiptPath } from "./paths";

interface EndPanelProps {
  connection: Pick<ConnectionDetail, "customer" | "id" | "credentialsUntil">;
  end: EndView;
  productName: string;
  mayAct: boolean;
  /** For who may not act: who may. */
  admins: readonly string[];
  instructions: ExitInstructions | null;
  checkEndedAccess: (input: { customer: string; connectionId: string }) => Promise<ActionResult<unknown>>;
}

/** The end of a connection: who made it, what is left to do in AWS, and what AWS says since. */
export function EndPanel(props: EndPanelProps) {
  const { connection, end, productName, mayAct, admins, instructions, checkEndedAccess } = props;
  const { customer, id: connectionId, credentialsUntil } = connection;
  const isGone = end.accessGoneAt !== null;
  return (
    <Section
      title="Disconnected"
      description={
        <>
          {end.name ? `${end.name} ended` : "Your team ended"} it <RelativeTime at={end.at} />. {productName} does not
          use this account any more.
        </>
      }
    >
      <div className="space-y-6">
        {instructions && !isGone ? (
          <Step title="Delete its stack in AWS">
            <p className="max-w-prose text-muted">
              Stack {instructions.stackName} in {instructions.region}. Its role and policies are deleted with it. If you
              made the role {instructions.roleName} by hand, delete that role in IAM instead.
            </p>
            <AwsStep
              label="Open the stack in AWS"
              url={instructions.stackUrl}
              command={instructions.deleteStackCommand}
              isPrimary
            />
          </Step>
        ) : null}
        <Step title={isGone ? "Access is gone" : "Whether access is gone"}>
          <Answer end={end} productName={productName} />
          <div className="flex flex-wrap gap-2">
            {mayAct ? (
              <ActionButton action={checkEndedAccess} input={{ customer, connectionId }} done="AWS was asked.">
                Ask AWS now
              </ActionButton>
            ) : (
              <WhoCan admins={admins} what="have AWS asked now" />
            )}
            {end.receiptId ? (
              <a href={receiptPath(customer, connectionId, end.receiptId)} download className={buttonStyle()}>
                Download the receipt
              </a>
            ) : null}
          </div>
        </Step>
        {isGone ? null : (
          <Step title="Credentials from before">
            <IssuedBefore productName={productName} until={credentialsUntil} instructions={instructions} />
          </Step>
        )}
      </div>
    </Section>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="space-y-2.5">
      <h3 className="font-medium">{title}</h3>
      {children}
    </div>
  );
}

/** As a dated fact, with what it cannot say. */
export function Answer({ end, productName }: { end: EndView; productName: string }) {
  const { accessGoneAt, lastAskedAt, lastAnswer, nextAskAt } = end;
  const isOver = lastAskedAt ? ` ${productName} asked for a week, and asks no more by itself.` : null;
  const next = nextAskAt
    ? ` ${productName} asks ${lastAskedAt ? "again " : ""}by itself, next on ${exactMinute(nextAskAt)}.`
    : isOver;
  if (accessGoneAt) {
    return (
      <Fact icon={<CircleCheck aria-hidden className="size-4 text-success" />}>
        AWS refused {productName} on {exactTime(accessGoneAt)}
        {lastAskedAt && lastAskedAt > accessGoneAt && lastAnswer === "refused" ? (
          <>
            , and again <RelativeTime at={lastAskedAt} />
          </>
        ) : null}
        . It accepted {productName}’s own credentials in the same run. A role that was deleted and one that refuses look
        alike from outside.{next}
      </Fact>
    );
  }
  if (lastAnswer === "allowed" && lastAskedAt) {
    return (
      <Fact icon={<CircleAlert aria-hidden className="size-4 text-warning" />}>
        AWS would still let {productName} in, asked <RelativeTime at={lastAskedAt} />. That session was dropped unused.
        Delete the stack to end the access in AWS too.{next}
      </Fact>
    );
  }
  return (
    <Fact icon={<CircleDashed aria-hidden className="size-4 text-muted" />}>
      {lastAskedAt ? (
        <>
          AWS gave no clear answer <RelativeTime at={lastAskedAt} />.
        </>
      ) : (
        "AWS has not been asked yet."
      )}
      {next}
    </Fact>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex max-w-prose gap-2.5">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <span className="min-w-0">{children}</span>
    </p>
  );
}
