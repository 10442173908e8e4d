import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { Ban } from "@/components/ui/glyphs";
import type { ReviewedPermission } from "@/lib/connections/review-schema";
import { ActionChips } from "./action-chips";
import { type Label, risks } from "./risks";

const denial: Label = { tone: "success", word: "Forbidden", icon: Ban };

/** One statement: what it allows, why the vendor asks for it, how much is at stake, and the JSON behind it. */
export function StatementReview({ permission, feature }: { permission: ReviewedPermission; feature?: string }) {
  const { tone, word, icon: Icon } = permission.effect === "Deny" ? denial : risks[permission.risk];
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-64 break-words font-medium [overflow-wrap:anywhere]">{permission.summary}</p>
        <Badge tone={tone}>
          <Icon />
          {word}
        </Badge>
      </div>
      <p className="mt-1 max-w-prose text-muted">{permission.why}</p>
      {permission.notActions ? <p className="mt-2 text-[13px] text-muted">All actions except:</p> : null}
      <ActionChips actions={permission.notActions ?? permission.actions} />
      {permission.broad && <p className="mt-1 max-w-prose text-muted">Why so broad: {permission.broad}</p>}
      {permission.escalates && <Consequences why={permission.escalates} leadsTo={permission.leadsTo} />}
      {permission.limitedBy.length > 0 && (
        <p className="mt-1 max-w-prose text-muted">
          Limited by what is forbidden in {permission.limitedBy.join(", ")}.
        </p>
      )}
      {feature && <p className="mt-1 max-w-prose text-muted">Only with: {feature}</p>}
      <Disclosure summary="As JSON" className="mt-1.5 text-[13px]">
        <CodeBlock what={`statement ${permission.sid}`} code={statementJson(permission)} />
      </Disclosure>
    </li>
  );
}

/** The statement as the template has it. */
function statementJson(permission: ReviewedPermission): string {
  const { sid, effect, actions, notActions, resources, notResources, condition } = permission;
  const statement = {
    ...{ Sid: sid, Effect: effect },
    ...(notActions ? { NotAction: notActions } : { Action: actions }),
    ...(notResources ? { NotResource: notResources } : { Resource: resources }),
    ...(condition && { Condition: condition }),
  };
  return JSON.stringify(statement, null, 2);
}

/** What the statement makes possible beyond what it lists, and why the vendor asks for that. */
function Consequences({ why, leadsTo }: { why: string; leadsTo: readonly string[] }) {
  return (
    <Alert tone="danger" className="mt-2 max-w-prose" title="This leads to more than is listed">
      {leadsTo.length > 0 && (
        <ul className="list-disc pl-4">
          {leadsTo.map((consequence) => (
            <li key={consequence} className="break-words">
              {consequence}.
            </li>
          ))}
        </ul>
      )}
      <p className="mt-1">Why: {why}</p>
    </Alert>
  );
}
