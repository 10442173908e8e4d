import type { DriftKind } from "@/lib/drift/state";

interface DriftWords {
  title: string;
  before: string;
  after: string;
  /** What to do about it. */
  remedy: string;
}

const update = "update the stack with the current template, then verify again";

export const driftWords: Record<DriftKind, DriftWords> = {
  "role-recreated": {
    title: "The role was deleted and recreated",
    before: "Role ID before",
    after: "Role ID now",
    remedy:
      "If someone on your team did that, verify again to accept the new role. If no one did, find out in CloudTrail who called CreateRole.",
  },
  "trust-policy": {
    title: "The trust policy changed",
    before: "Statements before",
    after: "Statements now",
    remedy: `If the change is intended and all checks pass, verify again to accept it. Otherwise ${update}.`,
  },
  "attached-policies": {
    title: "The permissions changed",
    before: "Policies that were removed or changed",
    after: "Policies that were added or changed",
    remedy: `If the change is intended and all checks pass, verify again to accept it. Otherwise detach what was added, or ${update}.`,
  },
  boundary: {
    title: "The permissions boundary changed",
    before: "Boundary before",
    after: "Boundary now",
    remedy:
      "A boundary takes permissions away. If checks pass with it, verify again to accept it; otherwise let it allow what the permission review lists.",
  },
  "session-duration": {
    title: "The longest session changed",
    before: "Before",
    after: "Now",
    remedy: `If the change is intended and all checks pass, verify again to accept it. Otherwise ${update}.`,
  },
  "template-version": {
    title: "The role was made from another version of the template",
    before: "The role's template",
    after: "The current template",
    remedy: "Update the stack with the current template. The role keeps its ARN and external ID.",
  },
};
