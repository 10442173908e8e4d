import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { NewTabButton } from "@/components/ui/new-tab-button";

interface AwsStepProps {
  /** What the page in AWS is opened for. */
  label: string;
  url: string;
  command: string;
  /** The one thing to do next. */
  isPrimary?: boolean;
}

/** Something that only the customer can do in AWS: on its page there, or by a command. */
export function AwsStep({ label, url, command, isPrimary = false }: AwsStepProps) {
  return (
    <div className="space-y-2">
      <NewTabButton href={url} variant={isPrimary ? "primary" : "secondary"} size="medium">
        {label}
      </NewTabButton>
      <Disclosure summary="With the AWS CLI">
        <CodeBlock what={label} code={command} />
      </Disclosure>
    </div>
  );
}
