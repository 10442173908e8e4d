import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import type { ReviewedBoundary } from "@/lib/connections/review-schema";

/** The role's permissions boundary: no grant, but the end of all grants. */
export function BoundaryReview({ boundary }: { boundary: ReviewedBoundary }) {
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h3>
          <Badge tone="success">At most</Badge>
        </h3>
        <p className="text-[13px] text-muted">
          The role’s permissions boundary. It grants nothing: whatever the policies allow, the role can do no more than
          this. A role has one boundary, so one that you name in PermissionsBoundaryArn takes its place.
        </p>
      </div>
      {"arn" in boundary ? <ByAws {...boundary} /> : <Statements statements={boundary.statements} />}
    </div>
  );
}

function ByAws({ arn, name }: { arn: string; name: string }) {
  return (
    <div className="py-4">
      <p className="break-words font-medium [overflow-wrap:anywhere]">What {name} allows, a policy by AWS.</p>
      <p className="mt-1 max-w-prose text-muted">
        AWS decides what is in it, and changes it when it likes. <code className="break-all">{arn}</code>
      </p>
    </div>
  );
}

function Statements({ statements }: Extract<ReviewedBoundary, { statements: unknown }>) {
  return (
    <ul className="mt-1.5 divide-y divide-line">
      {statements.map(({ sid, why, summary, json }) => (
        <li key={sid} className="py-4">
          <p className="break-words font-medium [overflow-wrap:anywhere]">{summary}</p>
          <p className="mt-1 max-w-prose text-muted">{why}</p>
          <Disclosure summary="As JSON" className="mt-1.5 text-[13px]">
            <CodeBlock what={`statement ${sid} of the boundary`} code={json} />
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}
