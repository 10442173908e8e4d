import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "@/sandbox/server";
import { configWarnings, parseConfig } from "../config/config";
import { launchStack } from "../testing/launch-stack";
import { reviewPermissions } from "./permission-review";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

interface Statement {
  actions: string[];
  resources: string[];
  condition?: Record<string, Record<string, string | string[]>>;
  escalates?: string;
}
interface Shape {
  ongoing: Statement[];
  setup?: Statement[];
}

const own = { StringEquals: { "aws:ResourceTag/owner": "nimbus" } };
const marking = { StringEquals: { "aws:RequestTag/owner": "nimbus" } };
const whileMaking = { StringEquals: { "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateVolume"] } };
const limits = { ArnEquals: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/nimbus-worker-limits" } };
const only = (...names: string[]) => ({
  ArnEquals: { "iam:PolicyARN": names.map((name) => `arn:aws:iam::aws:policy/${name}`) },
});
const toService = (service: string) => ({ StringEquals: { "iam:PassedToService": `${service}.amazonaws.com` } });
const [instances, volumes, fleets] = ["instance", "volume", "fleet"].map((type) => `arn:aws:ec2:*:*:${type}/*`) as [
  string,
  string,
  string,
];
const launchable = ["image/*", "snapshot/*"].map((type) => `arn:aws:ec2:*::${type}`);
const network = ["subnet", "security-group", "network-interface", "key-pair"].map(
  (type) => `arn:aws:ec2:*:*:${type}/*`,
);
const workers = ["arn:aws:iam::*:role/nimbus-worker-*"];
const profiles = ["arn:aws:iam::*:instance-profile/nimbus-worker-*"];
const escalates = "The machines act as the role that setup makes for them, and so does what Nimbus runs on them.";

const readMachines: Statement = {
  actions: ["ec2:Describe*", "pricing:GetProducts", "servicequotas:ListServiceQuotas"],
  resources: ["*"],
};
const startMachines: Statement[] = [
  { actions: ["ec2:RunInstances", "ec2:CreateFleet"], resources: [instances, volumes, fleets], condition: marking },
  { actions: ["ec2:RunInstances", "ec2:CreateFleet"], resources: [...launchable, ...network] },
  { actions: ["ec2:CreateTags"], resources: [instances, volumes, fleets], condition: whileMaking },
  {
    actions: ["ec2:StartInstances", "ec2:StopInstances", "ec2:TerminateInstances"],
    resources: [instances],
    condition: own,
  },
];
const passWorkers: Statement = {
  actions: ["iam:PassRole"],
  resources: workers,
  condition: toService("ec2"),
  escalates,
};

const shapes: Record<string, Shape> = {
  "jobs on machines of the customer, with a role that setup makes within a boundary": {
    ongoing: [readMachines, ...startMachines, passWorkers],
    setup: [
      {
        actions: ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"],
        resources: workers,
        condition: limits,
        escalates,
      },
      { actions: ["iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"], resources: profiles },
    ],
  },
  "spot machines that replace others, in groups": {
    ongoing: [
      readMachines,
      ...startMachines,
      passWorkers,
      {
        actions: ["ec2:ModifyInstanceAttribute", "ec2:ReplaceIamInstanceProfileAssociation"],
        resources: [instances],
        condition: own,
        escalates,
      },
      {
        actions: ["autoscaling:UpdateAutoScalingGroup"],
        resources: ["arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/nimbus-*"],
      },
      {
        actions: ["iam:CreateServiceLinkedRole", "iam:PutRolePolicy"],
        resources: ["arn:aws:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"],
        condition: { StringLike: { "iam:AWSServiceName": "spot.amazonaws.com" } },
      },
    ],
  },
  "clusters for notebooks, commands sent to what it started": {
    ongoing: [
      readMachines,
      ...startMachines,
      passWorkers,
      { actions: ["ssm:SendCommand", "ssm:StartSession"], resources: [instances], condition: own, escalates },
      { actions: ["ssm:SendCommand"], resources: ["arn:aws:ssm:*:*:document/AWS-RunShellScript"] },
    ],
    setup: [
      { actions: ["iam:CreateRole"], resources: workers, escalates },
      {
        actions: ["iam:AttachRolePolicy"],
        resources: workers,
        condition: only("AmazonSSMManagedInstanceCore", "AmazonEC2ContainerRegistryReadOnly"),
        escalates,
      },
    ],
  },
  "data jobs on clusters that the customer marked": {
    ongoing: [
      {
        actions: ["elasticmapreduce:DescribeCluster", "elasticmapreduce:ListClusters", "elasticmapreduce:ListSteps"],
        resources: ["*"],
      },
      {
        actions: ["elasticmapreduce:AddJobFlowSteps"],
        resources: ["arn:aws:elasticmapreduce:*:*:cluster/*"],
        condition: own,
        escalates,
      },
    ],
  },
  "a stack of workers that it updates": {
    ongoing: [
      {
        actions: ["cloudformation:DescribeStacks", "cloudformation:UpdateStack"],
        resources: ["arn:aws:cloudformation:us-east-1:111122223333:stack/workers/*"],
        escalates,
      },
    ],
  },
  "node groups of a cluster, and access for what runs in it": {
    ongoing: [
      { actions: ["eks:DescribeCluster", "eks:ListNodegroups"], resources: ["*"] },
      {
        actions: ["eks:CreateNodegroup", "eks:UpdateNodegroupConfig"],
        resources: ["arn:aws:eks:*:*:cluster/nimbus-*", "arn:aws:eks:*:*:nodegroup/nimbus-*/*/*"],
      },
      { actions: ["iam:PassRole"], resources: workers, condition: toService("eks"), escalates },
    ],
    setup: [
      {
        actions: ["iam:CreateOpenIDConnectProvider"],
        resources: ["arn:aws:iam::*:oidc-provider/oidc.eks.*"],
        escalates: "Pods take their roles through the cluster's own issuer.",
      },
    ],
  },
};

const declare = (statements: readonly Statement[], phase: string) =>
  statements.map((statement, index) => ({
    sid: `${phase}${index}`,
    effect: "Allow",
    why: "Runs your jobs on machines in your account.",
    risk: "high",
    broad: "Which machines there will be is not known before.",
    ...statement,
  }));
const configOf = ({ ongoing, setup = [] }: Shape) => ({
  serviceName: "Nimbus",
  serviceAccountId: "123456789012",
  templateS3Bucket: "nimbus-templates",
  ongoingPermissions: declare(ongoing, "Ongoing"),
  setupPermissions: declare(setup, "Setup"),
  branding: { productName: "Nimbus", supportEmail: "support@nimbus.example" },
});
const withoutWord = ({ escalates: _why, ...statement }: Statement): Statement => statement;

describe("vendors that run machines in the customer's account", () => {
  const all = Object.entries(shapes);
  test("six shapes", () => expect(all).toHaveLength(6));

  test.each(all)("%s: a stack, and told in the review", async (_, shape) => {
    const config = parseConfig(configOf(shape));
    expect(configWarnings(config)).toEqual([]);
    expect(await launchStack(sandbox.url, config)).toEqual({ status: "CREATE_COMPLETE", reasons: [] });
    const told = reviewPermissions(config).filter((statement) => statement.escalates);
    const acknowledged = [...shape.ongoing, ...(shape.setup ?? [])].filter((statement) => statement.escalates);
    expect(told).toHaveLength(acknowledged.length);
    expect(told.flatMap(({ leadsTo }) => leadsTo)).not.toEqual([]);
  });

  test.each(all)("%s: refused where nobody says why", (_, { ongoing, setup = [] }) => {
    const silent = configOf({ ongoing: ongoing.map(withoutWord), setup: setup.map(withoutWord) });
    expect(() => parseConfig(silent)).toThrow(/say why it is needed in "escalates"/);
  });

  test.each(all)(
    "%s: refused where it may also mark what it did not start, or pass any role",
    (_, { ongoing, setup }) => {
      const more: Statement[] = [
        { actions: ["ec2:CreateTags", "elasticmapreduce:AddTags"], resources: ["*"] },
        { actions: ["iam:PassRole"], resources: ["*"], escalates },
        { actions: ["iam:PutRolePolicy"], resources: workers, escalates },
      ];
      expect(() => parseConfig(configOf({ ongoing: [...ongoing, ...more], setup }))).toThrow(
        /excuses only what is narrowed/,
      );
    },
  );
});
