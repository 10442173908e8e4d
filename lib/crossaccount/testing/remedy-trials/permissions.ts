import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import type { CustomerWorld } from "../customer-world";
import { accountId } from "../run-verification";
import {
  afterLaunch,
  allow,
  attached,
  attachedOwn,
  audited,
  both,
  crowded,
  deny,
  detached,
  document,
  editedOngoing,
  inline,
  launched,
  needed,
  newer,
  ongoingArn,
  organization,
  readsItself,
  replacedOngoing,
} from "./arrange";
import type { RemedyTrial } from "./trial";

export const permissionTrials: RemedyTrial[] = [
  {
    cause: "missing-permission",
    fault: "the template's policy was edited",
    arrange: editedOngoing(readsItself),
    ways: ["Give the stack the current template"],
  },
  {
    cause: "role-unreadable",
    fault: "the template's policy was detached",
    arrange: afterLaunch((world) =>
      world.iam.send(new DetachRolePolicyCommand({ RoleName: world.roleName, PolicyArn: ongoingArn(world) })),
    ),
    ways: ["Or, where a stack made it"],
  },
  ...both(
    {
      cause: "missing-permission",
      fault: "a policy by AWS was detached",
      arrange: detached(audited, "arn:aws:iam::aws:policy/SecurityAudit"),
      config: audited,
    },
    "Attach SecurityAudit",
    "Give the stack the current template",
  ),
  {
    cause: "missing-permission",
    fault: "a policy by AWS for setup was detached",
    arrange: detached(audited, "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"),
    config: audited,
    ways: ["Attach ViewOnlyAccess"],
  },
  ...both(
    {
      cause: "missing-permission",
      fault: "a policy of the template inside the role was deleted",
      arrange: async (world: CustomerWorld) => {
        await world.launch({}, world.stackName, crowded);
        const inside = { RoleName: world.roleName, PolicyName: `${world.roleName}-Feature-Logs` };
        await world.iam.send(new DeleteRolePolicyCommand(inside));
      },
      config: crowded,
    },
    "Write acme-CrossAccount",
    "Give the stack the current template",
  ),
  {
    cause: "missing-permission",
    fault: "the stack uses an older template",
    arrange: launched(),
    config: newer,
    ways: ["Give the stack the current template"],
  },
  {
    cause: "role-unreadable",
    fault: "the reading of itself was taken out of the policy",
    arrange: editedOngoing(allow(needed)),
    ways: ["Or, where a stack made it"],
  },
  {
    cause: "role-unreadable",
    fault: "the template's policy was replaced by another",
    arrange: replacedOngoing,
    ways: ["Let the role read itself"],
  },
  {
    cause: "policy-unreadable",
    fault: "a policy that the role may not read was attached",
    arrange: attachedOwn(allow("ec2:DescribeInstances")),
    ways: ["Take Foreign away"],
  },
  { cause: "explicit-deny", fault: "an inline Deny", arrange: inline(deny("s3:*")), ways: ["Take ByHand away"] },
  {
    cause: "denied-in-part",
    fault: "an inline Deny under a condition",
    arrange: inline(deny("s3:*", { Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } })),
    ways: ["Take ByHand away"],
  },
  {
    cause: "permissions-boundary",
    fault: "a boundary that leaves something out",
    arrange: afterLaunch(async ({ iam, roleName }) => {
      const PolicyDocument = document(allow(["iam:*", "ec2:*"]));
      const made = await iam.send(new CreatePolicyCommand({ PolicyName: "Bound", Path: "/acme/", PolicyDocument }));
      await iam.send(
        new PutRolePermissionsBoundaryCommand({ RoleName: roleName, PermissionsBoundary: made.Policy?.Arn }),
      );
    }),
    words: ({ iam }, check) => {
      const actions = check.evidence.flatMap(({ label, value }) =>
        label.startsWith("Not allowed by permissions boundary Bound") ? value.split(", ") : [],
      );
      return iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: `arn:aws:iam::${accountId}:policy/acme/Bound`,
          PolicyDocument: document(allow(["iam:*", "ec2:*"]), allow(actions)),
          SetAsDefault: true,
        }),
      );
    },
  },
  {
    cause: "service-control-policy",
    fault: "a service control policy",
    arrange: organization.deny("serviceControlPolicies", deny("s3:*")),
    words: organization.except("serviceControlPolicies", {
      ...deny("s3:*"),
      Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${accountId}:role/acme/*` } },
    }),
  },
];

export const excessTrials: RemedyTrial[] = [
  {
    cause: "excess-escalation",
    fault: "AdministratorAccess was attached",
    arrange: attached("arn:aws:iam::aws:policy/AdministratorAccess"),
    ways: ["Take AdministratorAccess away"],
  },
  {
    cause: "excess-escalation",
    fault: "an inline policy allows IAM",
    arrange: inline(allow("iam:*")),
    ways: ["Take ByHand away"],
  },
  { cause: "excess", fault: "an inline policy", arrange: inline(allow("s3:GetObject")), ways: ["Take ByHand away"] },
  {
    cause: "excess",
    fault: "the template's own policy was widened",
    arrange: editedOngoing(readsItself, allow([...needed, "s3:GetObject"])),
    ways: ["Give the stack the current template"],
  },
];
