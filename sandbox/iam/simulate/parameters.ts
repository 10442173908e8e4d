import { list, optional, type Parameter, structure, text, whole } from "../../protocol/input";
import { AwsError } from "../../service";
import { document } from "../parameters";

/** What both kinds of simulation take. */
export const simulationParameters = {
  ActionNames: list(text({ minimum: 3, maximum: 128 }), 1000),
  ResourceArns: list(text({ minimum: 1, maximum: 2048 }), 1000),
  PolicyInputList: list(document, 100),
  PermissionsBoundaryPolicyInputList: list(document, 1),
  ContextEntries: list(
    structure({
      ContextKeyName: text({ minimum: 5, maximum: 256 }),
      ContextKeyValues: list(text(), 1000),
      ContextKeyType: optional(oneOf("string", "numeric", "boolean", "ip", "binary", "date")),
    }),
    1000,
  ),
  Marker: optional(text({ minimum: 1 })),
  MaxItems: optional(whole(1, 1000)),
};

function oneOf(...types: string[]): Parameter<string> {
  return text({ pattern: new RegExp(`^(${types.join("|")})(List)?$`) });
}

export function requireActions(actions: string[]): void {
  if (actions.length === 0) throw invalid("At least one action name must be given.");
  const bad = actions.find((action) => !/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action));
  if (bad !== undefined) throw invalid(`Action ${bad} is not the name of one operation, with its service.`);
}

export function requireResources(resources: string[]): void {
  const bad = resources.find((resource) => resource !== "*" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(resource));
  if (bad !== undefined) throw invalid(`Resource ${bad} must be in ARN format or "*".`);
}

export function invalid(message: string): AwsError {
  return new AwsError("InvalidInput", message);
}
