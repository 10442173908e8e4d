import type { CrossAccountConfig } from "../config/config";
import { templateVersion, templateVersionOfRole } from "../template";
import type { Check } from "../types";
import { check, fact, finding, skipped } from "./check";

/** Compares the template version in the role's description with the current one. */
export function checkTemplateVersion(description: string | undefined, config: CrossAccountConfig): Check {
  const current = templateVersion(config);
  const found = templateVersionOfRole(description);
  if (!found) {
    return skipped(
      "template-version",
      "The role's description names no template version: a tool other than the stack made the role, or its description was edited.",
    );
  }
  const evidence = [fact("The role's template", found), fact("The current template", current)];
  if (found === current) return check("template-version", "passed", evidence);
  return check("template-version", "warning", evidence, finding("template-outdated", "certain"));
}
