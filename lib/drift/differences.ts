import type { RolePicture } from "@/lib/crossaccount";
import { type DriftKind, driftKinds } from "./state";

export interface Difference {
  kind: DriftKind;
  /** Null: there was or is none. */
  before: string | null;
  after: string | null;
}

/**
 * What differs between two pictures of a role, and how its template differs from the current one. What either could not show
 * is not compared.
 */
export function differences(before: RolePicture, after: RolePicture, currentTemplate: string): Difference[] {
  const pairs: [DriftKind, string | null | undefined, string | null | undefined][] = [
    ["role-recreated", before.roleId, after.roleId],
    ["trust-policy", before.trustPolicy, after.trustPolicy],
    ["boundary", boundaryText(before), boundaryText(after)],
    ["session-duration", seconds(before), seconds(after)],
    ["template-version", after.templateVersion, currentTemplate],
  ];
  const single = pairs.flatMap(([kind, one, other]) =>
    one === undefined || other === undefined || one === other ? [] : [{ kind, before: one, after: other }],
  );
  return [...single, ...policyDifference(before, after)];
}

const shownBy: Record<DriftKind, keyof RolePicture> = {
  "role-recreated": "roleId",
  "trust-policy": "trustPolicy",
  "attached-policies": "policies",
  boundary: "boundary",
  "session-duration": "maxSessionDuration",
  "template-version": "templateVersion",
};

/** Kinds that the pictures show, so that a difference which is not there any more has ended. */
export function comparable(before: RolePicture, after: RolePicture): DriftKind[] {
  return driftKinds.filter((kind) => {
    const shows = (picture: RolePicture) => picture[shownBy[kind]] !== undefined;
    return shows(after) && (kind === "template-version" || shows(before));
  });
}

export function isBehind({ templateVersion }: RolePicture, currentTemplate: string): boolean {
  return templateVersion !== undefined && templateVersion !== currentTemplate;
}

/** Only the policies that differ, each under its name. */
function policyDifference(before: RolePicture, after: RolePicture): Difference[] {
  if (!before.policies || !after.policies) return [];
  const { policies: one } = before;
  const { policies: other } = after;
  const lost = one.filter((policy) => !other.some((same) => isSame(policy, same)));
  const gained = other.filter((policy) => !one.some((same) => isSame(policy, same)));
  if (lost.length === 0 && gained.length === 0) return [];
  return [{ kind: "attached-policies", before: text(lost), after: text(gained) }];
}

type Policy = NonNullable<RolePicture["policies"]>[number];

function isSame(one: Policy, other: Policy): boolean {
  return one.name === other.name && one.document === other.document;
}

function text(policies: readonly Policy[]): string | null {
  if (policies.length === 0) return null;
  return policies.map(({ name, document }) => `${name}\n${document}`).join("\n\n");
}

function boundaryText({ boundary }: RolePicture): string | null | undefined {
  return boundary ? `${boundary.name}\n${boundary.document}` : boundary;
}

function seconds({ maxSessionDuration }: RolePicture): string | undefined {
  return maxSessionDuration === undefined ? undefined : `${maxSessionDuration.toLocaleString("en-US")} seconds`;
}
