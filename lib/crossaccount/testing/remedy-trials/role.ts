import {
  CreatePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import type { CrossAccountConfig } from "../../config/config";
import type { CustomerWorld } from "../customer-world";
import { accountId } from "../run-verification";
import { allow, both, bounded, boundedByAws, document, lasting, launched, newer, twoHours } from "./arrange";
import type { RemedyTrial } from "./trial";

export const boundaryTrials: RemedyTrial[] = [
  ...both(
    { cause: "boundary-gone", fault: "it was taken away", arrange: unbounded(bounded), config: bounded },
    "The policy is there still",
    "Give the stack the current template",
  ),
  ...both(
    {
      cause: "boundary-gone",
      fault: "one by AWS was taken away",
      arrange: unbounded(boundedByAws),
      config: boundedByAws,
    },
    "Set the role's boundary",
    "Give the stack the current template",
  ),
  ...both(
    {
      cause: "boundary-gone",
      fault: "another was set",
      arrange: unbounded(bounded, "arn:aws:iam::aws:policy/AdministratorAccess"),
      config: bounded,
    },
    "The policy is there still",
    "Give the stack the current template",
  ),
  {
    cause: "boundary-gone",
    fault: "the stack uses an older template without one",
    arrange: launched(),
    config: bounded,
    ways: ["Give the stack the current template"],
  },
  {
    cause: "boundary-edited",
    fault: "its policy was widened",
    arrange: async (world) => {
      await world.launch({}, world.stackName, bounded);
      const PolicyArn = `arn:aws:iam::${accountId}:policy/acme/${world.roleName}-Boundary`;
      const PolicyDocument = document(allow("*"));
      await world.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    },
    config: bounded,
    ways: ["Give the stack the current template"],
  },
];

function unbounded(config: CrossAccountConfig, other?: string) {
  return async ({ iam, launch, roleName: RoleName, stackName }: CustomerWorld) => {
    await launch({}, stackName, config);
    if (other) await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: other }));
    else await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
  };
}

export const roleTrials: RemedyTrial[] = [
  ...both(
    { cause: "session-too-long", fault: "longer sessions than the template's", arrange: lasting(43_200) },
    "Set the role's longest session",
    "Give the stack the current template",
  ),
  ...both(
    {
      cause: "session-too-short",
      fault: "an older template with shorter sessions",
      arrange: launched(),
      config: twoHours,
    },
    "Give the stack the current template",
  ),
  {
    cause: "session-too-short",
    fault: "shorter sessions than are needed",
    arrange: launched(),
    config: twoHours,
    // The template is another one too, which is another finding.
    ways: ["Set the role's longest session", "Give the stack the current template"],
  },
  ...both(
    { cause: "template-outdated", fault: "the config grants more since", arrange: launched(), config: newer },
    "With the AWS CLI",
    "In the console: leave",
  ),
];

export const setupTrials: RemedyTrial[] = [
  ...both(
    {
      cause: "setup-lingers",
      fault: "setup is done and its permissions are there",
      arrange: launched(),
      request: { expectSetup: "gone" },
      after: () => ({ expectSetup: "gone" }),
    },
    "With the AWS CLI",
    "In the console: keep",
  ),
  ...both(
    {
      cause: "setup-too-long",
      fault: "the end was set to a far year",
      arrange: launched({ SetupExpiresAt: "2099-01-01T00:00:00Z" }),
    },
    "With the AWS CLI",
    "In the console: keep",
  ),
  ...both(
    {
      cause: "setup-period-over",
      fault: "setup took longer than its period",
      arrange: launched({ SetupExpiresAt: "2020-01-01T00:00:00Z" }),
    },
    "With the AWS CLI",
    "In the console: keep",
  ),
];
