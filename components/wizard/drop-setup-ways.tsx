import { Timer } from "lucide-react";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { NewTabButton } from "@/components/ui/new-tab-button";
import { Tabs } from "@/components/ui/tabs";
import { exactMinute, timeLeft } from "@/components/ui/time-words";
import type { DropSetupInstructions } from "@/lib/connections/schema";
import { Countdown } from "./countdown";

export function DropSetupWays({ instructions }: { instructions: DropSetupInstructions }) {
  return (
    <Card className="overflow-hidden">
      {instructions.setupExpiresAt ? <Expiry at={instructions.setupExpiresAt} /> : null}
      <div className="p-5 sm:p-6">
        <h2 className="mb-4 font-semibold text-[15px]">Remove them now</h2>
        <Tabs
          label="Ways to update the stack"
          tabs={[
            { value: "console", title: "AWS console", content: <Console url={instructions.updateUrl} /> },
            {
              value: "cli",
              title: "AWS CLI",
              content: (
                <div className="space-y-4">
                  <p>Run this with credentials of the connected account.</p>
                  <CodeBlock what="AWS CLI command" code={instructions.updateStackCommand} />
                </div>
              ),
            },
          ]}
        />
      </div>
    </Card>
  );
}

function Expiry({ at }: { at: Date }) {
  return (
    <div className="flex gap-3.5 border-line border-b bg-sunken px-5 py-4 sm:px-6">
      <Timer aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      <div>
        <p>
          They expire by themselves in{" "}
          <span className="font-semibold">
            <Countdown until={at.toISOString()} initial={timeLeft(at, new Date())} />
          </span>
        </p>
        <p className="mt-0.5 text-[13px] text-muted">
          On <time dateTime={at.toISOString()}>{exactMinute(at)}</time>. AWS enforces it, even if no one does anything.
        </p>
      </div>
    </div>
  );
}

function Console({ url }: { url: string }) {
  return (
    <div className="space-y-5">
      <ol className="list-decimal space-y-1.5 pl-5 leading-relaxed marker:text-muted">
        <li>The link opens the stack's update page, in the same account and region as before.</li>
        <li>
          Keep the template, and set the parameter <code className="font-mono text-[12.5px]">SetupPhase</code> to{" "}
          <code className="font-mono text-[12.5px]">false</code>; leave all others as they are.
        </li>
        <li>Tick the box about IAM resources and submit. AWS takes about a minute.</li>
      </ol>
      <NewTabButton href={url}>Open the stack update</NewTabButton>
    </div>
  );
}
