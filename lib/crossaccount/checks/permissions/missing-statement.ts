import type { Evidence } from "../../types";
import { fact } from "../check";
import { type PermissionGap, statementJson } from "./gaps";

/** The statement to add, where only a part is missing also as a difference to what is there, and where to add it. */
export function missingStatement(gap: PermissionGap): Evidence[] {
  const { statement, actions } = gap;
  return [
    fact("Not granted", actions.join(", ")),
    { label: `Add this statement to policy ${statement.policy}`, value: statementJson(gap), format: "code" },
    ...difference(gap),
    fact("Where", `IAM › Policies › ${statement.policy} › Edit`),
  ];
}

/** The whole statement of the template; what the role lacks begins with a plus. Nothing where it lacks the statement itself. */
function difference(gap: PermissionGap): Evidence[] {
  const { statement, actions } = gap;
  if (actions.length === statement.actions.length) return [];
  const lines = statementJson({ ...gap, actions: [...statement.actions] }).split("\n");
  const lacking = new Set(actions.map((action) => JSON.stringify(action)));
  const value = lines.map((line) => `${lacking.has(line.trim().replace(/,$/, "")) ? "+" : " "} ${line}`).join("\n");
  return [{ label: `Difference in policy ${statement.policy}`, value, format: "code" }];
}
