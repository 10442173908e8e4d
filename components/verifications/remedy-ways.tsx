import { ExternalLink } from "lucide-react";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyValue } from "@/components/ui/copy-value";
import { Disclosure } from "@/components/ui/disclosure";
import type { CheckView } from "@/lib/verifications/schema";
import { withExternalId } from "./check-words";

interface RemedyWaysProps {
  ways: CheckView["ways"];
  /** Is filled in; staff do not see it. */
  externalId?: string | undefined;
}

/** Ways to follow a remedy, one of them open at a time: commands to run, and pages with what to enter there. */
export function RemedyWays({ ways, externalId }: RemedyWaysProps) {
  if (ways.length === 0) return null;
  return (
    <ul aria-label="Ways to repair it" className="space-y-2">
      {ways.map((way) => (
        <li key={`${way.kind} ${way.label}`}>
          <Disclosure summary={way.label}>
            {way.kind === "command" ? (
              <CodeBlock what={way.label} code={withExternalId(way.value, externalId)} />
            ) : (
              <Page way={way} externalId={externalId} />
            )}
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}

function Page({ way, externalId }: { way: CheckView["ways"][number]; externalId?: string | undefined }) {
  const value = way.enter && withExternalId(way.enter.value, externalId);
  return (
    <div className="space-y-2">
      <a
        href={withExternalId(way.value, externalId)}
        target="_blank"
        rel="noopener noreferrer"
        title="Opens in a new tab"
        className="inline-flex items-center gap-1.5 text-accent-ink underline underline-offset-2"
      >
        Open it in the AWS console
        <ExternalLink aria-hidden className="size-3.5" />
      </a>
      {way.enter && value ? (
        <div>
          <p className="text-[13px] text-muted">{way.enter.name}:</p>
          {value.includes("\n") ? (
            <CodeBlock what={way.enter.name} code={value} />
          ) : (
            <CopyValue what={way.enter.name} value={value} />
          )}
        </div>
      ) : null}
    </div>
  );
}
