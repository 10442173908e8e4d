import { ExternalLink } from "lucide-react";
import { buttonStyle } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";

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
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        title="Opens in a new tab"
        className={`${buttonStyle({ variant: isPrimary ? "primary" : "secondary" })} no-underline!`}
      >
        {label}
        <ExternalLink aria-hidden className="size-4" />
      </a>
      <Disclosure summary="With the AWS CLI">
        <CodeBlock what={label} code={command} />
      </Disclosure>
    </div>
  );
}
