import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { CustomerWorld } from "../customer-world";
import { accountId, trust, vendor } from "../run-verification";
import {
  afterLaunch,
  both,
  document,
  edited,
  faulty,
  healed,
  launched,
  nothing,
  organization,
  perimeter,
  perimeterExcepting,
  trusts,
  trustWays,
} from "./arrange";
import type { RemedyTrial } from "./trial";

export const assumeTrials: RemedyTrial[] = [
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

export const arnTrials: RemedyTrial[] = [
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
