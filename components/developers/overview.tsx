import Link from "next/link";
import { Section } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

interface OverviewProps {
  parts: readonly { title: string; text: string; code?: string }[];
  rooms: readonly { title: string; operations: readonly { signature: string; summary: string; href: string }[] }[];
  scopes: readonly { scope: string; meaning: string }[];
  problems: readonly { code: string; status: number; meaning: string; tryAgain: boolean }[];
}

/** What holds for every call, and all that can be called. */
export function Overview({ parts, rooms, scopes, problems }: OverviewProps) {
  return (
    <div className="space-y-6">
      {parts.map(({ title, text, code }) => (
        <Section key={title} title={title}>
          <p className="max-w-prose">{text}</p>
          {code ? <CodeBlock what={title.toLowerCase()} code={code} className="mt-4" /> : null}
        </Section>
      ))}
      <Section title="Scopes">
        <dl className="divide-y divide-line">
          {scopes.map(({ scope, meaning }) => (
            <div key={scope} className="py-2">
              <dt className="font-mono text-[12.5px]">{scope}</dt>
              <dd className="text-muted">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="Codes of errors">
        <dl className="divide-y divide-line">
          {problems.map(({ code, status, meaning, tryAgain }) => (
            <div key={code} className="py-2">
              <dt>
                <span className="font-mono text-[12.5px]">{code}</span>{" "}
                <span className="text-muted text-xs">{status}</span>
              </dt>
              <dd className="text-muted">
                {meaning}
                {tryAgain ? " Trying again can help." : ""}
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      {rooms.map(({ title, operations }) => (
        <Section key={title} title={title}>
          <ul className="divide-y divide-line">
            {operations.map(({ signature, summary, href: to }) => (
              <li key={to} className="py-2">
                <Link
                  href={to}
                  className="break-all rounded-sm font-mono text-[12.5px] text-accent-ink hover:underline"
                >
                  {signature}
                </Link>
                <p className="text-muted">{summary}</p>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
