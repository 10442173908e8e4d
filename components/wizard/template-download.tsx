import { Download } from "lucide-react";
import { buttonStyle } from "@/components/ui/button";
import { CopyValue } from "@/components/ui/copy-value";
import { DescriptionList } from "@/components/ui/description-list";
import type { ConnectionDetail, LaunchInstructions } from "@/lib/connections/schema";

interface TemplateDownloadProps {
  connection: ConnectionDetail;
  instructions: LaunchInstructions;
}

/** For those who create stacks with tools of their own: the document, and what to give its parameters. */
export function TemplateDownload({ connection, instructions }: TemplateDownloadProps) {
  const parameters = [
    ["ExternalId", connection.externalId],
    ["RoleName", connection.roleName],
    ["SetupPhase", "true"],
    ["SetupExpiresAt", instructions.setupExpiresAt],
    ...instructions.features.map(({ parameter, chosen }) => [parameter, String(chosen)] as const),
  ] as const;
  return (
    <div className="space-y-5">
      <p className="max-w-prose">
        Review the template, or create the stack with your own tool, in {instructions.region}. Set these parameters and
        leave the others as they are.
      </p>
      <a href={instructions.templateUrl} download className={buttonStyle()}>
        <Download aria-hidden />
        Download template
      </a>
      <div className="border-line border-t pt-4">
        <DescriptionList
          items={parameters.map(([name, value]) => ({ term: name, value: <CopyValue what={name} value={value} /> }))}
        />
      </div>
    </div>
  );
}
