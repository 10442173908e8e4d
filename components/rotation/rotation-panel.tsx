import { receiptPath } from "@/components/connections/paths";
import { Alert } from "@/components/ui/alert";
import { Section } from "@/components/ui/card";
import { CopyValue } from "@/components/ui/copy-value";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RotationView } from "@/lib/connections/rotation-schema";
import type { RotationActions } from "./actions";
import { FollowRotation } from "./follow-rotation";
import { KeepOldId } from "./keep-old-id";
import { RotationProgress } from "./rotation-progress";
import { StartRotation } from "./start-rotation";
import { Step } from "./step";
import { UpdateWays } from "./update-ways";

interface RotationPanelProps {
  customer: string;
  connectionId: string;
  rotation: RotationView;
  productName: string;
  mayAct: boolean;
  actions: RotationActions;
}

/** Rotates an external ID step by step: what was done, what is to do now, and what happens by itself. */
export function RotationPanel({ customer, connectionId, rotation, productName, mayAct, actions }: RotationPanelProps) {
  const { running, last, issuedAt, refusal } = rotation;
  const named = { customer, connectionId };
  if (running) {
    const offers = mayAct && !running.isExpiring && !running.isAccepted;
    return (
      <>
        <Section
          title="Rotate the external ID"
          description={
            running.isPaused
              ? "The connection is paused, so nothing is asked of AWS. The rotation goes on once it is resumed."
              : "Both external IDs are tried until AWS accepts the new one and refuses the old one, so the rotation interrupts nothing."
          }
        >
          <ol className="space-y-6">
            <Step number={1} title="New external ID issued" isDone>
              <p className="text-muted">
                <RelativeTime at={running.startedAt} />
              </p>
              <CopyValue what="new external ID" value={running.externalId} />
            </Step>
            <Step number={2} title="Give it to the stack" isDone={running.isAccepted}>
              {running.isAccepted ? (
                <p className="text-muted">AWS accepts the new external ID.</p>
              ) : running.isExpiring ? (
                <Alert tone="warning" title="The time for this rotation is over">
                  Do not update the stack any more. AWS is asked once more in a quarter of an hour; if it still accepts
                  the old external ID alone, the new one is retired and the old one stays.
                </Alert>
              ) : offers ? (
                <UpdateWays running={running} />
              ) : (
                <p className="text-muted">An admin of your team can update the stack.</p>
              )}
            </Step>
            <Step number={3} title="The old external ID is refused, and retired" isDone={false}>
              {running.isPaused ? null : (
                <RotationProgress seen={running.seen} isAccepted={running.isAccepted} productName={productName} />
              )}
            </Step>
          </ol>
          {mayAct ? (
            <div className="mt-6 flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4">
              <p className="text-muted">
                {running.isExpiring ? null : (
                  <>
                    Unless AWS accepts it, the new external ID expires <RelativeTime at={running.expiresAt} />.
                  </>
                )}
              </p>
              {running.isAccepted ? null : (
                <KeepOldId ask={actions.abandonRotation} customer={customer} connectionId={connectionId} />
              )}
            </div>
          ) : null}
        </Section>
        {mayAct && !running.isPaused ? <FollowRotation {...named} followRotation={actions.followRotation} /> : null}
      </>
    );
  }
  return (
    <>
      {last ? <LastRotation {...named} last={last} /> : null}
      <Section
        title="Rotate the external ID"
        description={
          <>
            The external ID in use was issued <RelativeTime at={issuedAt} />. A new one takes its place without any
            interruption.
          </>
        }
      >
        <ol className="space-y-4">
          <Step number={1} title="Issue a new external ID">
            <p className="text-muted">
              {productName} makes it. From then on the old one and the new one are both tried.
            </p>
          </Step>
          <Step number={2} title="Give it to the stack">
            <p className="text-muted">
              One value of the stack changes, by the AWS console or one command. It takes about a minute.
            </p>
          </Step>
          <Step number={3} title="The old one is refused, and retired">
            <p className="text-muted">
              {productName} verifies the role with the new one, waits until AWS refuses the old one, and says when it is
              done.
            </p>
          </Step>
        </ol>
        <div className="mt-6">
          {refusal ? (
            <Alert tone="neutral">{refusal}</Alert>
          ) : mayAct ? (
            <StartRotation {...named} startRotation={actions.startRotation} isAgain={last !== null} />
          ) : (
            <p className="text-muted">An admin of your team can rotate it.</p>
          )}
        </div>
      </Section>
    </>
  );
}

const lastWords = {
  completed: {
    tone: "success",
    title: "The external ID was rotated",
    text: "AWS accepts the new one and refused the old one, which is retired.",
  },
  abandoned: {
    tone: "neutral",
    title: "The old external ID was kept",
    text: "The new one was retired before AWS accepted it.",
  },
  expired: {
    tone: "neutral",
    title: "The rotation expired",
    text: "The stack was not updated in time. The old external ID stays, and the new one is retired: do not use it any more.",
  },
} as const;

interface LastRotationProps extends Pick<RotationPanelProps, "customer" | "connectionId"> {
  last: NonNullable<RotationView["last"]>;
}

function LastRotation({ customer, connectionId, last: { outcome, endedAt, receiptId } }: LastRotationProps) {
  const { tone, title, text } = lastWords[outcome];
  return (
    <Alert tone={tone} title={title} role="status" className="mb-6">
      <p>{text}</p>
      <p className="text-[13px] text-muted">
        <RelativeTime at={endedAt} />
        {receiptId ? (
          <>
            {" · "}
            <a href={receiptPath(customer, connectionId, receiptId)} download>
              Download the receipt
            </a>
          </>
        ) : null}
      </p>
    </Alert>
  );
}
