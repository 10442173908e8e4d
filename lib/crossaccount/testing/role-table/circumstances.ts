import { DeleteRoleCommand, DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { parseConfig } from "../../config/config";
import { testConfigInput } from "../customer";
import { accountId, newExternalId, vendor } from "../run-verification";
import { guide, type RoleRow, type RoleWorld, type TestFault } from "./row";

const api = (page: string) => `https://docs.aws.amazon.com/STS/latest/APIReference/${page}.html`;
const regions = guide("id_credentials_temp_enable-regions");
const consistency = guide("troubleshoot_general");
const sessions = guide("id_roles_use");
const arns = guide("reference_identifiers");

const active = { status: "active", outcome: "proven" } as const;
const degraded = { status: "degraded", outcome: "proven" } as const;
const failed = (check: "role-arn" | "assume-role") =>
  ({ status: "pending", outcome: "failed", checks: { [check]: "failed" } }) as const;
const unanswered = { status: "pending", outcome: "inconclusive", checks: { "assume-role": "warning" } } as const;

const faulty =
  (...rules: TestFault[]) =>
  async (world: RoleWorld) => {
    const customer = await world.make();
    world.sandbox.faults.set(rules);
    return customer;
  };
const pasted = (change: (roleArn: string) => string) => async (world: RoleWorld) => {
  const customer = await world.make();
  return { ...customer, roleArn: change(customer.roleArn) };
};
const roleOnly = async () => ({
  roleArn: `arn:aws:iam::${accountId}:role/acme/acme-CrossAccountRole`,
  externalId: newExternalId(),
});

const elsewhere: RoleRow[] = [
  {
    name: "a disabled Region",
    source: regions,
    arrange: (world) => {
      world.sandbox.setRegions({ accountId, disabled: ["eu-south-1"] });
      return world.make({ region: "us-east-1" });
    },
    request: { region: "eu-south-1" },
    ...failed("assume-role"),
    cause: "region-not-enabled",
  },
  {
    name: "another account than the connection's",
    source: arns,
    arrange: (world) => world.make(),
    request: { accountId: "444455556666" },
    ...failed("role-arn"),
    cause: "wrong-account",
  },
  {
    name: "another partition",
    source: "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
    arrange: pasted((arn) => arn.replace("arn:aws:", "arn:aws-us-gov:")),
    ...failed("role-arn"),
    cause: "wrong-partition",
  },
  { name: "role absent", source: guide("troubleshoot_roles"), arrange: roleOnly, ...failed("assume-role") },
  {
    name: "role absent, predicted",
    source: guide("troubleshoot_roles"),
    arrange: roleOnly,
    request: { arnPredicted: true },
    ...failed("assume-role"),
    cause: "role-not-found",
  },
  {
    name: "role deleted since it was proven",
    source: guide("troubleshoot_roles"),
    arrange: async (world) => {
      const { iam, roleName, ...customer } = await world.make();
      const PolicyArn = `arn:aws:iam::${accountId}:policy/acme/${roleName}-Ongoing`;
      await iam.send(new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
      await iam.send(new DeleteRoleCommand({ RoleName: roleName }));
      return customer;
    },
    request: { roleId: "AROAEXAMPLE" },
    ...failed("assume-role"),
    cause: "role-not-found",
  },
  {
    name: "name in another case",
    source: guide("troubleshoot_roles"),
    arrange: pasted((arn) => arn.replace("CrossAccountRole", "crossaccountrole")),
    ...failed("assume-role"),
  },
  {
    name: "path left out",
    source: arns,
    arrange: pasted((arn) => arn.replace("/acme/", "/")),
    ...failed("assume-role"),
  },
  {
    name: "ARN of a session",
    source: arns,
    arrange: pasted(() => `arn:aws:sts::${accountId}:assumed-role/acme-CrossAccountRole/someone`),
    ...failed("role-arn"),
  },
];

const ofTheRole: RoleRow[] = [
  {
    name: "re-created role",
    source: arns,
    arrange: (world) => world.make(),
    request: { roleId: "AROAEXAMPLE" },
    ...degraded,
    checks: { identity: "failed" },
  },
  {
    name: "old template",
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks.html",
    arrange: (world) => world.make({ description: "Lets acme in; template version 0123456789ab" }),
    ...active,
    checks: { "template-version": "warning" },
  },
  {
    name: "made by hand",
    source: guide("id_roles_create_for-user"),
    arrange: (world) => world.make({ description: "By hand" }),
    ...active,
    checks: { "template-version": "skipped" },
  },
  {
    name: "short session",
    source: sessions,
    arrange: (world) => world.make({ maxSessionDuration: 3_600 }),
    config: parseConfig({ ...testConfigInput, sessionDuration: 7_200 }),
    ...degraded,
    checks: { "session-duration": "failed" },
  },
  {
    name: "long session",
    source: sessions,
    arrange: (world) => world.make({ maxSessionDuration: 43_200 }),
    ...active,
    checks: { "session-duration": "warning" },
  },
];

const ofAws: RoleRow[] = [
  {
    name: "throttled",
    source: guide("reference_iam-quotas"),
    arrange: faulty({ kind: "throttle", service: "sts", operation: "AssumeRole" }),
    ...unanswered,
    cause: "throttled",
  },
  {
    name: "throttled for a moment",
    source: guide("reference_iam-quotas"),
    arrange: faulty({ kind: "throttle", count: 6 }),
    ...active,
  },
  {
    name: "outage of STS",
    source: api("CommonErrors"),
    arrange: faulty({ kind: "outage", service: "sts" }),
    ...unanswered,
    cause: "aws-unavailable",
  },
  {
    name: "connections that break",
    source: api("CommonErrors"),
    arrange: faulty({ kind: "drop", service: "sts" }),
    ...unanswered,
    cause: "aws-unavailable",
  },
  {
    name: "a proxy that answers for AWS",
    source: api("CommonErrors"),
    arrange: faulty({ kind: "garbage", service: "sts" }),
    ...unanswered,
    cause: "aws-unavailable",
  },
  {
    name: "an outage for a moment",
    source: api("CommonErrors"),
    arrange: faulty({ kind: "outage", count: 6 }),
    ...active,
  },
  {
    name: "outage of IAM",
    source: api("CommonErrors"),
    arrange: faulty({ kind: "outage", service: "iam" }),
    // Proven by STS alone; what is attached is not known, so setup is not said to be over.
    status: "setup",
    outcome: "proven",
    checks: {
      "trust-policy": "warning",
      "ongoing-permissions": "warning",
      "setup-permissions": "warning",
      "excess-permissions": "warning",
      "session-duration": "warning",
      "template-version": "warning",
    },
  },
  {
    name: "credentials of ours that nobody knows",
    source: api("CommonErrors"),
    arrange: (world) => world.make(),
    credentials: { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "wrong" },
    ...unanswered,
    cause: "own-identity",
  },
  {
    name: "credentials of ours in another account",
    source: api("API_GetCallerIdentity"),
    arrange: (world) => world.make(),
    credentials: { accessKeyId: "AKIASANDBOX222233334444", secretAccessKey: "sandbox" },
    ...unanswered,
    cause: "own-identity",
  },
];

const spreading: RoleRow[] = [
  {
    name: "made just now, waited for",
    source: consistency,
    arrange: (world) => {
      world.sandbox.setPropagation(20_000);
      return world.make();
    },
    request: { waitForPropagation: true },
    ...active,
  },
  {
    name: "made just now, not waited for",
    source: consistency,
    arrange: (world) => {
      world.sandbox.setPropagation(20_000);
      return world.make();
    },
    request: { launchedAt: new Date() },
    ...failed("assume-role"),
    cause: "still-propagating",
  },
];

export const circumstanceRows: readonly RoleRow[] = [...elsewhere, ...ofTheRole, ...ofAws, ...spreading];
