import { CodeBlock } from "@/components/ui/code-block";
import { CopyValue } from "@/components/ui/copy-value";
import { NewTabButton } from "@/components/ui/new-tab-button";
import { Tabs } from "@/components/ui/tabs";
import type { RotationView } from "@/lib/connections/rotation-schema";

type Running = NonNullable<RotationView["running"]>;

/** Every way in which the stack gets the new external ID, and nothing else. */
export function UpdateWays({ running }: { running: Running }) {
  return (
    <Tabs
      label="Ways to update the stack"
      tabs={[
        { value: "console", title: "AWS console", content: <Console {...running} /> },
        {
          value: "cli",
          title: "AWS CLI",
          content: (
            <Command what="AWS CLI command" code={running.updateStackCommand}>
              Run this with credentials of the connected account. All other parameters keep their values.
            </Command>
          ),
        },
        {
          value: "change-set",
          title: "Change set",
          content: (
            <Command what="change set commands" code={running.changeSetCommand}>
              The same by a change set. It also undoes what was changed by hand on the stack’s role and policies.
            </Command>
          ),
        },
        {
          value: "no-stack",
          title: "No stack",
          content: (
            <Command what="trust policy command" code={running.trustCommand}>
              Only if no stack made the role: sets its trust policy to the template’s, with the new external ID.
            </Command>
          ),
        },
      ]}
    />
  );
}

function Command({ what, code, children }: { what: string; code: string; children: string }) {
  return (
    <div className="space-y-3">
      <p>{children}</p>
      <CodeBlock what={what} code={code} />
    </div>
  );
}

function Console({ updateUrl, stackName, externalId }: Running) {
  return (
    <div className="space-y-4">
      <ol className="list-decimal space-y-1.5 pl-5 leading-relaxed marker:text-muted">
        <li>
          The link opens the update page of the stack{" "}
          <code className="break-all font-mono text-[12.5px]">{stackName}</code>. Keep the template.
        </li>
        <li>
          Set the parameter <code className="font-mono text-[12.5px]">ExternalId</code> to this value, and leave all
          others as they are:
          <CopyValue what="value for ExternalId" value={externalId} />
        </li>
        <li>Tick the box about IAM resources and submit. AWS takes about a minute.</li>
      </ol>
      <NewTabButton href={updateUrl}>Open the stack update</NewTabButton>
    </div>
  );
}
