import { CodeBlock } from "@/components/ui/code-block";
import { CopyValue } from "@/components/ui/copy-value";
import { Disclosure } from "@/components/ui/disclosure";
import type { StackRepairs } from "@/lib/connections/schema";

interface SearchChecklistProps {
  accountId: string;
  repairs: StackRepairs;
}

/** What to look at when a role is not found after a minute, and for each what AWS takes as its repair. */
export function SearchChecklist({ accountId, repairs }: SearchChecklistProps) {
  const { stackName, region, externalId } = repairs;
  return (
    <div className="space-y-2">
      <p className="font-medium">Look at these in the AWS console:</p>
      <ol className="list-decimal space-y-3 pl-5 marker:text-muted">
        <li>
          Did the stack finish? <AwsLink href={repairs.stackUrl}>Open the stack</AwsLink>{" "}
          <code className="break-all font-mono text-[12.5px]">{stackName}</code>: it should say CREATE_COMPLETE.
          <Disclosure summary="It says ROLLBACK_COMPLETE" className="mt-1">
            <div className="space-y-2">
              <p>Delete it first: AWS makes no second stack of its name before. Then create it again in step 2.</p>
              <CodeBlock what="command that deletes the stack" code={repairs.deleteStackCommand} />
            </div>
          </Disclosure>
        </li>
        <li>
          Is it in this account, <code className="font-mono text-[12.5px]">{accountId}</code>?
        </li>
        <li>
          Is it in this Region, <code className="font-mono text-[12.5px]">{region}</code>?
        </li>
        <li>
          Is its parameter ExternalId exactly this?
          <CopyValue what="external ID" value={externalId} />
          <Disclosure summary="It is another" className="mt-1">
            <div className="space-y-2">
              <p>
                <AwsLink href={repairs.updateUrl}>Open the stack's update</AwsLink>, keep the template and all other
                parameters, and put this value in. Or run:
              </p>
              <CodeBlock what="command that sets the external ID" code={repairs.setExternalIdCommand} />
            </div>
          </Disclosure>
        </li>
      </ol>
    </div>
  );
}

function AwsLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title="Opens in a new tab"
      className="text-accent-ink underline underline-offset-2"
    >
      {children}
    </a>
  );
}
