import type { Evidence } from "../types";
import { fact } from "./check";
import { type PermissionGap, statementJson } from "./permission-gaps";

/** The statement to add, the same as a difference to what is there, and where to add it. */
export function missingStatement(gap: PermissionGap): Evidence[] {
  const { statement, actions } = gap;
  return [
    fact("Not granted", actions.join(", ")),
    { label: `Add this statement to policy ${statement.policy}`, value: statementJson(gap), format: "code" },
    { label: `Difference in policy ${statement.policy}`, value: difference(gap), format: "code" },
    fact(
      "Where",
      `IAM › Policies › ${statement.policy} › Edit, or CloudFormation › the stack › Update with the current template`,
    ),
  ];
}

/** The whole statement of the template; what the role lacks begins with a plus. */
function difference({ statement, actions }: PermissionGap): string {
  const { sid, effect, resources, condition } = statement;
  const body = { Sid: sid, Effect: effect, Action: statement.actions, Resource: resources };
  const lines = JSON.stringify(condition ? { ...body, Condition: condition } : body, null, 2).split("\n");
  const lacksAll = actions.length === statement.actions.length;
  const lacking = new Set(actions.map((action) => JSON.stringify(action)));
  return lines
    .map((line) => (lacksAll || lacking.has(line.trim().replace(/,$/, "")) ? `+ ${line}` : `  ${line}`))
    .join("\n");
}
