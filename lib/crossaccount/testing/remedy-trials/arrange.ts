import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { type CrossAccountConfig, parseConfig } from "../../config/config";
import { testConfigInput } from "../customer";
import type { CustomerWorld } from "../customer-world";
import { accountId, newExternalId, vendor } from "../run-verification";
import type { RemedyTrial } from "./trial";

export const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
export const allow = (Action: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});
export const deny = (Action: string, more: object = {}) => ({ Effect: "Deny", Action, Resource: "*", ...more });

export const launched = (changed?: Record<string, string>) => (world: CustomerWorld) => world.launch(changed);
export const afterLaunch = (change: (world: CustomerWorld) => Promise<unknown>) => async (world: CustomerWorld) => {
  await world.launch();
  await change(world);
};
export const trusts = (policy: (world: CustomerWorld) => object) =>
  afterLaunch((world) =>
    world.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: world.roleName, PolicyDocument: JSON.stringify(policy(world)) }),
    ),
  );
export const inline = (statement: object) =>
  afterLaunch(({ iam, roleName }) =>
    iam.send(
      new PutRolePolicyCommand({ RoleName: roleName, PolicyName: "ByHand", PolicyDocument: document(statement) }),
    ),
  );
export const attached = (PolicyArn: string) =>
  afterLaunch(({ iam, roleName }) => iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn })));
export const attachedOwn = (statement: object) =>
  afterLaunch(async ({ iam, roleName }) => {
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: "Foreign", PolicyDocument: document(statement) }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: made.Policy?.Arn }));
  });
export const ongoingArn = ({ roleName }: CustomerWorld) => `arn:aws:iam::${accountId}:policy/acme/${roleName}-Ongoing`;
export const editedOngoing = (...statements: object[]) =>
  afterLaunch((world) =>
    world.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: ongoingArn(world),
        PolicyDocument: document(...statements),
        SetAsDefault: true,
      }),
    ),
  );
export const replacedOngoing = afterLaunch(async (world) => {
  const { iam, roleName: RoleName } = world;
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ongoingArn(world) }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "Vendor", PolicyDocument: document(allow(needed)) }));
});
export const readsItself = allow(
  ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:GetPolicy"].concat([
    "iam:GetPolicyVersion",
    "iam:SimulatePrincipalPolicy",
  ]),
);
export const lasting = (seconds: number) =>
  afterLaunch(({ iam, roleName }) =>
    iam.send(new UpdateRoleCommand({ RoleName: roleName, MaxSessionDuration: seconds })),
  );
export const needed = ["ec2:DescribeInstances", "s3:ListAllMyBuckets"];
export const organization = {
  deny: (kind: "serviceControlPolicies" | "resourceControlPolicies", statement: object) =>
    afterLaunch(async ({ sandbox }) =>
      sandbox.setOrganization({ accountId, [kind]: [{ Version: "2012-10-17", Statement: [statement] }] }),
    ),
  /** What whoever manages the organization is asked for. */
  except:
    (kind: "serviceControlPolicies" | "resourceControlPolicies", statement: object) =>
    async ({ sandbox }: CustomerWorld) =>
      sandbox.setOrganization({ accountId, [kind]: [{ Version: "2012-10-17", Statement: [statement] }] }),
};
export const perimeter = {
  ...deny("sts:AssumeRole", { Principal: "*" }),
  Condition: { StringNotEquals: { "aws:PrincipalAccount": accountId } },
};
export const perimeterExcepting = {
  ...perimeter,
  Condition: { StringNotEquals: { "aws:PrincipalAccount": [accountId, vendor] } },
};
export const faulty = (kind: "throttle" | "outage") =>
  afterLaunch(async ({ sandbox }) => sandbox.faults.set([{ kind, service: "sts", operation: "AssumeRole" }]));
export const healed = async ({ sandbox }: CustomerWorld) => sandbox.faults.set([]);
export const nothing = async () => {};

export const newer = parseConfig({
  ...testConfigInput,
  ongoingPermissions: testConfigInput.ongoingPermissions.map((one) => ({
    ...one,
    actions: [...(one.actions ?? []), "ec2:DescribeVpcs"],
  })),
});
export const bound = (sid: string, actions: string[]) => ({
  ...{ sid, effect: "Allow", actions, resources: ["*"], why: "At most.", risk: "low" },
});
export const bounded = parseConfig({ ...testConfigInput, role: { boundary: [bound("AtMost", ["ec2:*", "s3:*"])] } });
export const boundedByAws = parseConfig({
  ...testConfigInput,
  setupPermissions: [],
  role: { boundary: "arn:aws:iam::aws:policy/SecurityAudit" },
});
export const byAws = (name: string) => ({ arn: `arn:aws:iam::aws:policy/${name}`, why: "To see.", risk: "low" });
export const audited = parseConfig({
  ...testConfigInput,
  ongoingManagedPolicies: [byAws("SecurityAudit")],
  setupManagedPolicies: [byAws("job-function/ViewOnlyAccess")],
});
/** With so many policies by AWS that the feature's own lies inside the role. */
export const crowded = parseConfig({
  ...testConfigInput,
  setupPermissions: [],
  ongoingManagedPolicies: [
    ...[
      "SecurityAudit",
      "IAMReadOnlyAccess",
      "AmazonEC2ReadOnlyAccess",
      "AmazonS3ReadOnlyAccess",
      "AWSLambda_ReadOnlyAccess",
    ],
    ...["AmazonRDSReadOnlyAccess", "AmazonSNSReadOnlyAccess", "AmazonSQSReadOnlyAccess", "AmazonVPCReadOnlyAccess"],
  ].map(byAws),
  features: [
    {
      ...{ id: "Logs", title: "Logs", why: "To see.", default: true },
      ongoingPermissions: [bound("Logs", ["logs:FilterLogEvents"])],
    },
  ],
});
export const detached = (config: CrossAccountConfig, PolicyArn: string) => async (world: CustomerWorld) => {
  await world.launch({}, world.stackName, config);
  await world.iam.send(new DetachRolePolicyCommand({ RoleName: world.roleName, PolicyArn }));
};
export const twoHours = parseConfig({ ...testConfigInput, sessionDuration: 7_200 });

export const both = (trial: Omit<RemedyTrial, "ways">, ...ways: readonly string[]): RemedyTrial[] =>
  ways.map((way) => ({ ...trial, ways: [way] }));

export const trustWays = ["Set the role's trust", "In the console, edit the trust", "Or let the stack undo"];
export const edited = newExternalId();
