import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentials } from "../aws/sts-clients";
import { type CrossAccountConfig, parseConfig } from "../config/config";
import type { Check, DiagnosisCause } from "../types";
import type { VerifyRequest } from "../verification/request";
import { testConfigInput } from "./customer";
import type { CustomerWorld } from "./customer-world";
import { accountId, newExternalId, trust, vendor } from "./run-verification";

/** A fault that a customer's admin, AWS or the vendor makes, and a remedy that is printed for it. */
export interface RemedyTrial {
  cause: DiagnosisCause;
  fault: string;
  arrange: (world: CustomerWorld) => Promise<unknown>;
  /** Of the verification that finds it. */
  request?: Partial<VerifyRequest>;
  /** Of the one afterwards, where following the remedy changes it. */
  after?: (world: CustomerWorld) => Partial<VerifyRequest>;
  config?: CrossAccountConfig;
  /** Whose credentials the portal has, if not the vendor's administrator's. */
  identity?: (world: CustomerWorld) => Promise<AwsCredentials>;
  afterIdentity?: (world: CustomerWorld) => Promise<AwsCredentials>;
  /** Beginnings of the labels of the ways to follow, one after another. */
  ways?: readonly string[];
  /** What only words say, done as they say it. */
  words?: (world: CustomerWorld, check: Check) => Promise<unknown>;
  /** The cause is only named beside a likelier one, so its ways are asked for. */
  unranked?: true;
}

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string | string[], more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const deny = (Action: string, more: object = {}) => ({ Effect: "Deny", Action, Resource: "*", ...more });

const launched = (changed?: Record<string, string>) => (world: CustomerWorld) => world.launch(changed);
const afterLaunch = (change: (world: CustomerWorld) => Promise<unknown>) => async (world: CustomerWorld) => {
  await world.launch();
  await change(world);
};
const trusts = (policy: (world: CustomerWorld) => object) =>
  afterLaunch((world) =>
    world.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: world.roleName, PolicyDocument: JSON.stringify(policy(world)) }),
    ),
  );
const inline = (statement: object) =>
  afterLaunch(({ iam, roleName }) =>
    iam.send(
      new PutRolePolicyCommand({ RoleName: roleName, PolicyName: "ByHand", PolicyDocument: document(statement) }),
    ),
  );
const attached = (PolicyArn: string) =>
  afterLaunch(({ iam, roleName }) => iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn })));
const attachedOwn = (statement: object) =>
  afterLaunch(async ({ iam, roleName }) => {
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: "Foreign", PolicyDocument: document(statement) }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: made.Policy?.Arn }));
  });
const ongoingArn = ({ roleName }: CustomerWorld) => `arn:aws:iam::${accountId}:policy/acme/${roleName}-Ongoing`;
const editedOngoing = (...statements: object[]) =>
  afterLaunch((world) =>
    world.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: ongoingArn(world),
        PolicyDocument: document(...statements),
        SetAsDefault: true,
      }),
    ),
  );
const replacedOngoing = afterLaunch(async (world) => {
  const { iam, roleName: RoleName } = world;
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ongoingArn(world) }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "Vendor", PolicyDocument: document(allow(needed)) }));
});
const readsItself = allow(
  ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:GetPolicy"].concat([
    "iam:GetPolicyVersion",
    "iam:SimulatePrincipalPolicy",
  ]),
);
const lasting = (seconds: number) =>
  afterLaunch(({ iam, roleName }) =>
    iam.send(new UpdateRoleCommand({ RoleName: roleName, MaxSessionDuration: seconds })),
  );
const needed = ["ec2:DescribeInstances", "s3:ListAllMyBuckets"];
const organization = {
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
const perimeter = {
  ...deny("sts:AssumeRole", { Principal: "*" }),
  Condition: { StringNotEquals: { "aws:PrincipalAccount": accountId } },
};
const perimeterExcepting = {
  ...perimeter,
  Condition: { StringNotEquals: { "aws:PrincipalAccount": [accountId, vendor] } },
};
const faulty = (kind: "throttle" | "outage") =>
  afterLaunch(async ({ sandbox }) => sandbox.faults.set([{ kind, service: "sts", operation: "AssumeRole" }]));
const healed = async ({ sandbox }: CustomerWorld) => sandbox.faults.set([]);
const nothing = async () => {};

const newer = parseConfig({
  ...testConfigInput,
  ongoingPermissions: testConfigInput.ongoingPermissions.map((one) => ({
    ...one,
    actions: [...(one.actions ?? []), "ec2:DescribeVpcs"],
  })),
});
const bound = (sid: string, actions: string[]) => ({
  ...{ sid, effect: "Allow", actions, resources: ["*"], why: "At most.", risk: "low" },
});
const bounded = parseConfig({ ...testConfigInput, role: { boundary: [bound("AtMost", ["ec2:*", "s3:*"])] } });
const boundedByAws = parseConfig({
  ...testConfigInput,
  setupPermissions: [],
  role: { boundary: "arn:aws:iam::aws:policy/SecurityAudit" },
});
const byAws = (name: string) => ({ arn: `arn:aws:iam::aws:policy/${name}`, why: "To see.", risk: "low" });
const audited = parseConfig({
  ...testConfigInput,
  ongoingManagedPolicies: [byAws("SecurityAudit")],
  setupManagedPolicies: [byAws("job-function/ViewOnlyAccess")],
});
/** With so many policies by AWS that the feature's own lies inside the role. */
const crowded = parseConfig({
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
const detached = (config: CrossAccountConfig, PolicyArn: string) => async (world: CustomerWorld) => {
  await world.launch({}, world.stackName, config);
  await world.iam.send(new DetachRolePolicyCommand({ RoleName: world.roleName, PolicyArn }));
};
const twoHours = parseConfig({ ...testConfigInput, sessionDuration: 7_200 });

const both = (trial: Omit<RemedyTrial, "ways">, ...ways: readonly string[]): RemedyTrial[] =>
  ways.map((way) => ({ ...trial, ways: [way] }));

const trustWays = ["Set the role's trust", "In the console, edit the trust", "Or let the stack undo"];
const edited = newExternalId();

const assumeTrials: RemedyTrial[] = [
  {
    cause: "still-propagating",
    fault: "AWS has not spread the role yet",
    arrange: async (world) => {
      world.sandbox.setPropagation(60_000);
      await world.launch();
    },
    request: { launchedAt: new Date() },
    words: async ({ time }) => {
      time.waitedMs += 60_000;
    },
  },
  {
    cause: "role-not-found",
    fault: "no stack was made",
    arrange: nothing,
    request: { arnPredicted: true },
    ways: ["There is no such stack: make it"],
  },
  {
    cause: "role-not-found",
    fault: "no stack was made, by the command",
    arrange: nothing,
    request: { arnPredicted: true },
    ways: ["There is no such stack: make it, with the AWS CLI"],
  },
  {
    cause: "role-not-found",
    fault: "the first stack was rolled back, because a role of its name was there",
    arrange: async (world) => {
      const blocking = {
        RoleName: world.roleName,
        AssumeRolePolicyDocument: JSON.stringify(trust(undefined, { AWS: accountId })),
      };
      await world.iam.send(new CreateRoleCommand(blocking));
      const status = await world.launch();
      if (status !== "ROLLBACK_COMPLETE") throw new Error(`The stack is ${status}`);
      await world.iam.send(new DeleteRoleCommand({ RoleName: world.roleName }));
    },
    request: { arnPredicted: true },
    ways: ["Look whether the stack", "The stack is in ROLLBACK_COMPLETE", "There is no such stack: make it"],
  },
  {
    cause: "role-not-found",
    fault: "the role was deleted by hand",
    arrange: afterLaunch(async ({ iam, roleName }) => {
      for (const name of ["Ongoing", "Setup"]) {
        const PolicyArn = `arn:aws:iam::${accountId}:policy/acme/${roleName}-${name}`;
        await iam.send(new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
      }
      await iam.send(new DeleteRoleCommand({ RoleName: roleName }));
    }),
    request: { arnPredicted: true },
    ways: ["The stack is there, and its role"],
  },
  ...both(
    {
      cause: "wrong-external-id",
      fault: "the parameter was edited in the form",
      arrange: launched({ ExternalId: edited }),
    },
    "Give the stack the right",
    "In the console: keep",
  ),
  ...both(
    {
      cause: "wrong-external-id",
      fault: "the external ID was changed in the trust policy",
      arrange: trusts(() => trust({ StringEquals: { "sts:ExternalId": edited } })),
    },
    "Give the stack the right",
    "The stack has that external ID already: set",
    "The stack has that external ID already: in the console",
  ),
  ...both(
    {
      cause: "wrong-vendor-principal",
      fault: "the trust policy names another account",
      arrange: trusts(({ externalId }) =>
        trust({ StringEquals: { "sts:ExternalId": externalId } }, { AWS: "arn:aws:iam::444455556666:root" }),
      ),
      unranked: true,
    },
    ...trustWays,
  ),
  {
    cause: "resource-control-policy",
    fault: "a resource control policy keeps outsiders out",
    arrange: organization.deny("resourceControlPolicies", perimeter),
    words: organization.except("resourceControlPolicies", perimeterExcepting),
  },
  {
    cause: "region-not-enabled",
    fault: "the Region is disabled in the account",
    arrange: afterLaunch(async ({ sandbox }) => sandbox.setRegions({ accountId, disabled: ["eu-south-1"] })),
    request: { region: "eu-south-1" },
    words: async ({ sandbox }) => sandbox.setRegions({ accountId, disabled: [] }),
  },
  { cause: "throttled", fault: "AWS limits requests", arrange: faulty("throttle"), words: healed },
  { cause: "aws-unavailable", fault: "AWS is out of order", arrange: faulty("outage"), words: healed },
  {
    cause: "own-identity",
    fault: "the portal's credentials are wrong",
    arrange: launched(),
    identity: async () => ({ accessKeyId: "AKIASANDBOX444455556666", secretAccessKey: "sandbox" }),
    words: nothing,
  },
  {
    cause: "own-identity",
    fault: "the portal's own policy does not reach the role's path",
    arrange: launched(),
    identity: (world) => portalIdentity(world, "arn:aws:iam::*:role/other/*"),
    afterIdentity: (world) => portalIdentity(world, "arn:aws:iam::*:role/acme/*"),
    words: nothing,
  },
];

/** A role of the vendor's own, of another path than IAM's default, whose policy does not reach the roles that customers make. */
async function portalIdentity({ sandbox }: CustomerWorld, resource: string, roleName = "Portal") {
  const credentials = { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "sandbox" };
  const access = { endpoint: sandbox.url, region: "us-east-1", credentials };
  const iam = new IAMClient(access);
  const itself = `arn:aws:iam::${vendor}:role/service/${roleName}`;
  await iam
    .send(
      new CreateRoleCommand({
        RoleName: roleName,
        Path: "/service/",
        AssumeRolePolicyDocument: document({
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${vendor}:root` },
          Action: "sts:AssumeRole",
        }),
      }),
    )
    .catch(() => undefined);
  const PolicyDocument = document(
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: resource },
    { Effect: "Allow", Action: ["iam:GetRole", "iam:SimulatePrincipalPolicy"], Resource: itself },
  );
  await iam.send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: "Assume", PolicyDocument }));
  const { Credentials } = await new STSClient(access).send(
    new AssumeRoleCommand({ RoleArn: itself, RoleSessionName: "portal" }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
}

const arnTrials: RemedyTrial[] = [
  {
    cause: "role-arn-unusable",
    fault: "the stack's ARN was pasted",
    arrange: launched(),
    request: { roleArn: `arn:aws:cloudformation:us-east-1:${accountId}:stack/acme/0` },
    words: nothing,
  },
  {
    cause: "wrong-account",
    fault: "the ARN of a role in another account was pasted",
    arrange: launched(),
    request: { roleArn: "arn:aws:iam::444455556666:role/acme/x", accountId },
    after: () => ({ accountId }),
    words: nothing,
  },
  {
    cause: "wrong-partition",
    fault: "the connection's Region is of another partition than the role",
    arrange: launched(),
    request: { region: "us-gov-west-1" },
    words: nothing,
  },
  {
    cause: "request-not-accepted",
    fault: "AWS refuses the request's form",
    arrange: launched(),
    // STS takes no external ID with a space.
    request: { externalId: "acme with a space" },
    words: nothing,
  },
];

const trustTrials: RemedyTrial[] = [
  ...[
    ["has no condition", () => trust(undefined)],
    [
      "ends in IfExists",
      ({ externalId }: CustomerWorld) => trust({ StringEqualsIfExists: { "sts:ExternalId": externalId } }),
    ],
    ["has a wildcard", () => trust({ StringLike: { "sts:ExternalId": "acme-*" } })],
    [
      "names another account too",
      ({ externalId }: CustomerWorld) =>
        trust(
          { StringEquals: { "sts:ExternalId": externalId } },
          {
            AWS: [`arn:aws:iam::${vendor}:root`, "arn:aws:iam::444455556666:root"],
          },
        ),
    ],
  ].flatMap(([what, policy]) =>
    both(
      {
        cause: "trust-open",
        fault: `the trust policy ${what as string}`,
        arrange: trusts(policy as (world: CustomerWorld) => object),
      },
      ...trustWays,
    ),
  ),
  ...both(
    {
      cause: "trust-wider",
      fault: "the trust policy allows more than AssumeRole",
      arrange: trusts(({ externalId }) => {
        const [statement] = trust({ StringEquals: { "sts:ExternalId": externalId } }).Statement;
        return {
          Version: "2012-10-17",
          Statement: [{ ...statement, Action: ["sts:AssumeRole", "sts:AssumeRoleWithSAML"] }],
        };
      }),
    },
    ...trustWays,
  ),
  ...both(
    {
      cause: "trust-differs",
      fault: "the trust policy lists an ID that nobody needs",
      arrange: trusts(({ externalId }) => trust({ StringEquals: { "sts:ExternalId": [externalId, edited] } })),
    },
    ...trustWays,
  ),
];

const identityTrials: RemedyTrial[] = [
  {
    cause: "role-made-again",
    fault: "the role has another ID than before",
    arrange: launched(),
    request: { roleId: "AROA0000000000000000" },
    words: nothing,
  },
  {
    cause: "used-by-others",
    fault: "the role was used before we ever did",
    arrange: afterLaunch(async (world) => {
      await world.verify();
      world.time.waitedMs += 6 * 60_000;
    }),
    request: { lastAssumedAt: null },
    after: ({ time }) => ({ lastAssumedAt: time.clock() }),
    words: nothing,
  },
];

const permissionTrials: RemedyTrial[] = [
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

const excessTrials: RemedyTrial[] = [
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

const boundaryTrials: RemedyTrial[] = [
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

const roleTrials: RemedyTrial[] = [
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

const setupTrials: RemedyTrial[] = [
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

export const remedyTrials: readonly RemedyTrial[] = [
  ...assumeTrials,
  ...arnTrials,
  ...trustTrials,
  ...identityTrials,
  ...permissionTrials,
  ...excessTrials,
  ...boundaryTrials,
  ...roleTrials,
  ...setupTrials,
];
