import Link from "next/link";
import { setupPath } from "@/components/connections/paths";
import { HandOff } from "@/components/links/customer-links";
import { purposeWords } from "@/components/links/link-words";
import { Alert } from "@/components/ui/alert";
import { buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { KeepFresh } from "@/components/ui/keep-fresh";
import { Tabs } from "@/components/ui/tabs";
import { exactMinute } from "@/components/ui/time-words";
import type { ConnectionDetail, LaunchInstructions } from "@/lib/connections/schema";
import type { MarkLaunched } from "./actions";
import { LaunchLink } from "./launch-link";
import { StepFooter } from "./step-footer";
import { TemplateDownload } from "./template-download";

interface LaunchStepProps {
  connection: ConnectionDetail;
  instructions: LaunchInstructions;
  markLaunched: MarkLaunched;
}

export function LaunchStep({ connection, instructions, markLaunched, createLink }: LaunchStepProps & WithHandOff) {
  return (
    <>
      {/* The end of the setup permissions counts from when the link is opened. */}
      <KeepFresh />
      <Card className="p-5 sm:p-6">
        <Tabs
          label="Ways to create the stack"
          tabs={[
            {
              value: "console",
              title: "AWS console",
              content: <Console {...{ connection, instructions, markLaunched }} />,
            },
            { value: "cli", title: "AWS CLI", content: <CommandLine instructions={instructions} /> },
            { value: "template", title: "Template", content: <TemplateDownload {...{ connection, instructions }} /> },
          ]}
        />
      </Card>
      <Alert tone="neutral" title="Leave the parameter ExternalId as it is">
        The connection works only with this value. A stack with another value must be repaired before it can be
        verified.
      </Alert>
      <StackExists instructions={instructions} />
      {connection.provenAt ? null : (
        <Disclosure summary="I do not have access to AWS">
          <div className="space-y-3">
            <p className="max-w-prose">{purposeWords.setup.explanation}</p>
            <HandOff customer={connection.customer} connectionId={connection.id} createLink={createLink} />
          </div>
        </Disclosure>
      )}
      <StepFooter hint="Opening AWS leads on to the next step, which watches for the role. If you made the stack another way, go on here.">
        <Link
          href={setupPath(connection.customer, connection.id, "role")}
          className={buttonStyle({ variant: connection.launchedAt ? "primary" : "secondary", size: "large" })}
        >
          I created the stack
        </Link>
      </StepFooter>
    </>
  );
}

type WithHandOff = Pick<Parameters<typeof HandOff>[0], "createLink">;

function StackExists({ instructions }: { instructions: LaunchInstructions }) {
  return (
    <Disclosure summary="AWS says that the stack exists already">
      <div className="space-y-3">
        <p>
          <a
            href={instructions.stackUrl}
            target="_blank"
            rel="noopener noreferrer"
            title="Opens in a new tab"
            className="text-accent-ink underline underline-offset-2"
          >
            Look at the stack
          </a>
          . If it is complete, go on to the next step. If it is in ROLLBACK_COMPLETE, delete it there or by this
          command, then create it again: AWS makes no second stack of its name before.
        </p>
        <CodeBlock what="command that deletes the stack" code={instructions.deleteStackCommand} />
      </div>
    </Disclosure>
  );
}

function Console({ connection, instructions, markLaunched }: LaunchStepProps) {
  return (
    <div className="space-y-5">
      <ol className="list-decimal space-y-1.5 pl-5 leading-relaxed marker:text-muted">
        <li>Sign in to the AWS account that you want to connect.</li>
        <li>The link opens a CloudFormation page with everything filled in. It creates one role and its policies.</li>
        <li>
          At the end of the page, tick the box about IAM resources and choose{" "}
          <strong className="font-medium">Create stack</strong>.
        </li>
      </ol>
      <LaunchLink
        url={instructions.launchUrl}
        customer={connection.customer}
        connectionId={connection.id}
        openedBefore={connection.launchedAt !== null}
        markLaunched={markLaunched}
      />
      <LaunchFacts instructions={instructions} />
    </div>
  );
}

function CommandLine({ instructions }: { instructions: LaunchInstructions }) {
  return (
    <div className="space-y-4">
      <p>Run this with credentials of the account that you want to connect, for example in AWS CloudShell.</p>
      <CodeBlock what="AWS CLI command" code={instructions.createStackCommand} />
      <LaunchFacts instructions={instructions} />
    </div>
  );
}

function LaunchFacts({ instructions }: { instructions: LaunchInstructions }) {
  const expiresAt = new Date(instructions.setupExpiresAt);
  return (
    <div className="border-line border-t pt-4">
      <DescriptionList
        items={[
          { term: "Stack", value: <code className="font-mono text-[12.5px]">{instructions.stackName}</code> },
          { term: "Region", value: <code className="font-mono text-[12.5px]">{instructions.region}</code> },
          ...instructions.features.map(({ title, chosen }) => ({
            term: title,
            value: chosen ? "Chosen" : "Not chosen",
          })),
          {
            term: "Setup permissions",
            value: (
              <>
                Expire by themselves on <time dateTime={instructions.setupExpiresAt}>{exactMinute(expiresAt)}</time>
                {instructions.setupPoliciesByAws.length > 0
                  ? `, but for ${instructions.setupPoliciesByAws.join(", ")}, which stays until you remove the setup permissions`
                  : null}
              </>
            ),
          },
        ]}
      />
    </div>
  );
}
