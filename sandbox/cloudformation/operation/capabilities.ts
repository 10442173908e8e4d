import { AwsError } from "../../service";
import { requiredCapabilities } from "../template/capabilities";
import type { Template } from "../template/template";
import { validationError } from "../validation-error";
import { type Input, stringsOf } from "./input";

const known = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];

/** The capabilities a request acknowledges; refused when the template needs more. */
export function readCapabilities(input: Input, template: Template): string[] {
  const given = stringsOf(input, "Capabilities");
  const wrong = given.filter((item) => !known.includes(item));
  if (wrong.length > 0) {
    throw validationError(
      `1 validation error detected: Value '[${wrong.join(", ")}]' at 'capabilities' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${known.join(", ")}]]`,
    );
  }
  const missing = requiredCapabilities(template).capabilities.filter(
    (item) => !given.includes(item) && !given.includes("CAPABILITY_NAMED_IAM"),
  );
  if (missing.length > 0) {
    throw new AwsError("InsufficientCapabilitiesException", `Requires capabilities : [${missing.join(", ")}]`);
  }
  return given;
}
