import { randomUUID } from "node:crypto";
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { DetachRolePolicyCommand, IAMClient, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { recordSignIn } from "@/lib/auth/record-sign-in";
import { config } from "@/lib/config";
import { createConnection } from "@/lib/connections/create-connection";
import { disconnectConnection } from "@/lib/connections/disconnect-connection";
import { askDue } from "@/lib/connections/ended-access";
import { markLaunched } from "@/lib/connections/mark-launched";
import { pauseConnection, pauseConnectionForStaff } from "@/lib/connections/pause-connection";
import { startRotation } from "@/lib/connections/start-rotation";
import { submitRole } from "@/lib/connections/submit-role";
import { parameterNames, renderTemplate, roleArnFor, setupExpiry, stackParameters } from "@/lib/crossaccount";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection, User } from "@/lib/generated/prisma/client";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import { type CustomerAccess, customerAccess, personOf, type StaffAccess } from "@/lib/tenancy/access";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { type DemoPerson, demoPeople } from "./demo-people";
import { clientAt, runJobs } from "./seed-past";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/**
 * Demo data of one machine: two customers with connections in different states, each with a real stack in the sandbox, brought
 * there by the portal's own verbs and used since by the library. Does nothing when there is a customer already.
 */
interface Demo {
  name: string;
  accountId: string;
  /** How long ago it was begun; now unless given. */
  daysAgo?: number;
  /** How far the customer came, or what happened to the role since. */
  story: "begun" | "launched" | "setup" | "active" | keyof typeof changes;
}

const customers: { subject: string; name: string; connections: Demo[] }[] = [
  {
    subject: "ana-ferreira",
    name: "Acme Robotics",
    connections: [
      { name: "Production", accountId: "210987654321", daysAgo: 26, story: "active" },
      { name: "Staging", accountId: "210987654322", daysAgo: 1, story: "setup" },
      { name: "Warehouse robots", accountId: "210987654323", daysAgo: 2, story: "insecure" },
      { name: "Research lab", accountId: "210987654324", story: "begun" },
      { name: "Data lake", accountId: "210987654325", daysAgo: 12, story: "rotating" },
      { name: "Test bench", accountId: "210987654326", daysAgo: 9, story: "paused" },
      { name: "Old factory", accountId: "210987654327", daysAgo: 14, story: "ended" },
    ],
  },
  {
    subject: "bo-lindqvist",
    name: "Borealis Health",
    connections: [
      { name: "Patient portal", accountId: "310987654321", daysAgo: 18, story: "active" },
      { name: "Analytics", accountId: "310987654322", daysAgo: 21, story: "degraded" },
      { name: "Old archive", accountId: "310987654323", daysAgo: 24, story: "broken" },
      { name: "Imaging", accountId: "310987654324", story: "launched" },
      { name: "Clinical trials", accountId: "310987654325", daysAgo: 6, story: "held" },
    ],
  },
];

interface Change {
  /** How long ago, in milliseconds. */
  ago: number;
  make: (subject: Subject, at: Date) => Promise<void>;
  /** Seen by a verification, unless it was done here. */
  verified?: true;
}

interface Subject {
  access: CustomerAccess;
  connection: Connection;
  accountId: string;
}

/** What happened to a connection that worked. */
const changes = {
  degraded: { ago: HOUR / 4, make: detachOngoing, verified: true },
  insecure: { ago: HOUR / 4, make: trustWithoutCondition, verified: true },
  broken: { ago: 3 * DAY, make: deleteStack, verified: true },
  paused: { ago: HOUR / 3, make: ({ access, connection }, at) => pauseConnection(access, connection.id, at) },
  held: { ago: DAY, make: async ({ connection }, at) => pauseConnectionForStaff(await support(), connection.id, at) },
  rotating: { ago: 2 * HOUR, make: ({ access, connection }, at) => startRotation(access, connection.id, at) },
  ended: { ago: 4 * DAY, make: endAndDelete },
} satisfies Record<string, Change>;

const now = new Date();
const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);

if ((await db.customer.count()) === 0) {
  await Promise.all(
    customers.map(async ({ subject, name, connections }) => {
      const access = await accessOf(subject, name);
      await Promise.all(connections.map((demo) => tell(access, demo)));
    }),
  );
}
await db.$disconnect();

async function accessOf(subject: string, customerName: string): Promise<CustomerAccess> {
  const person = demoPeople.find((candidate) => candidate.subject === subject);
  const reference = person?.customer?.[0];
  if (!person || !reference) throw new Error(`there is no demo admin ${subject}`);
  await db.customer.create({ data: { reference, name: customerName } });
  const user = await signIn(person, [{ reference, role: "admin" }]);
  const access = customerAccess(await personOf(db, user, env), reference, "admin");
  if (!access) throw new Error(`${subject} is no admin of ${customerName}`);
  return access;
}

async function signIn(
  { subject, email, name, groups }: DemoPerson,
  customers: { reference: string; role: CustomerRole }[] = [],
): Promise<User> {
  const identity = { issuer: env.OIDC_ISSUER, subject, email, emailVerified: true, trustedEmail: null };
  const { user } = await recordSignIn(db, { ...identity, name, groups, customers }, new Date());
  return user;
}

async function tell(access: CustomerAccess, { name, accountId, daysAgo = 0, story }: Demo): Promise<void> {
  const begun = before(daysAgo * DAY);
  const connection = await begin(access, name, begun);
  if (story === "begun") return;
  const { id: connectionId, roleName } = connection;
  await markLaunched(access, connectionId, begun);
  if (story === "launched") return;

  const drops = story !== "setup" && story !== "insecure";
  // Setup permissions that ended long ago could not be seen to be dropped.
  await createStack(connection, accountId, setupExpiry(config, drops ? now : begun));
  const roleArn = roleArnFor(config, { partition: "aws", accountId, roleName });
  await submitRole(access, { connectionId, roleArn });
  await verify(access, connectionId, "present", begun);
  if (drops) {
    await dropSetup(connection, accountId);
    await verify(access, connectionId, "gone", new Date(begun.getTime() + HOUR));
  }
  const change: Change | null = story === "setup" || story === "active" ? null : changes[story];
  const changed = before(change?.ago ?? HOUR / 4);
  await runJobs(connection, begun, changed);
  if (!change) return;

  await change.make({ access, connection, accountId }, changed);
  if (change.verified) await verify(access, connectionId, drops ? "gone" : "present", changed);
  if (story !== "ended") await runJobs(connection, changed, now);
}

/** Someone of the vendor who helps. */
async function support(): Promise<StaffAccess> {
  const sam = demoPeople.find(({ subject }) => subject === "sam-okafor");
  if (!sam) throw new Error("there is no demo person of support");
  const { id } = await signIn(sam);
  return { role: "support", actor: { type: "staff", id } };
}

/** As a customer does who leaves: AWS would let the vendor in at first, and refuses once the stack is deleted. */
async function endAndDelete(subject: Subject, at: Date): Promise<void> {
  const { access, connection } = subject;
  await disconnectConnection(access, connection.id, at);
  const ask = (asked: Date) =>
    askDue({ client: clientAt(asked), clock: () => asked, signal: new AbortController().signal });
  await ask(new Date(at.getTime() + HOUR / 12));
  await deleteStack(subject);
  await ask(new Date(at.getTime() + HOUR / 2));
}

async function begin(access: CustomerAccess, name: string, createdAt: Date): Promise<Connection> {
  const input = { name, region: config.defaultRegion, requestId: randomUUID() };
  const { connectionId: id } = await createConnection(access, input);
  return db.connection.update({ where: { id }, data: { createdAt, statusChangedAt: createdAt } });
}

async function verify(
  access: CustomerAccess,
  connectionId: string,
  expectSetup: "present" | "gone",
  at: Date,
): Promise<void> {
  const { verificationId } = await startVerification(access, { connectionId, expectSetup }, at);
  await runVerification(verificationId, { client: clientAt(at) });
}

async function createStack(connection: Connection, accountId: string, setupExpiresAt: string): Promise<void> {
  const parameters = stackParameters(config, {
    region: connection.region,
    externalId: await readExternalId(connection),
    roleName: connection.roleName,
    setupPhase: true,
    setupExpiresAt,
  });
  await cloudFormation(accountId).send(
    new CreateStackCommand({
      StackName: connection.stackName,
      TemplateBody: renderTemplate(config),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
  );
}

async function dropSetup({ stackName }: Connection, accountId: string): Promise<void> {
  const kept = parameterNames.filter((name) => name !== "SetupPhase");
  await cloudFormation(accountId).send(
    new UpdateStackCommand({
      StackName: stackName,
      UsePreviousTemplate: true,
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: [
        { ParameterKey: "SetupPhase", ParameterValue: "false" },
        ...kept.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
      ],
    }),
  );
}

async function deleteStack({ connection: { stackName }, accountId }: Subject): Promise<void> {
  await cloudFormation(accountId).send(new DeleteStackCommand({ StackName: stackName }));
}

async function detachOngoing({ connection: { roleName }, accountId }: Subject): Promise<void> {
  const PolicyArn = `arn:aws:iam::${accountId}:policy/${config.serviceName}/${roleName}-Ongoing`;
  await iam(accountId).send(new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
}

/** What a hurried admin does: trusts the vendor's whole account, whatever external ID it sends. */
async function trustWithoutCondition({ connection: { roleName }, accountId }: Subject): Promise<void> {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${config.serviceAccountId}:root` },
    Action: "sts:AssumeRole",
  };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam(accountId).send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument }));
}

function cloudFormation(accountId: string): CloudFormationClient {
  return new CloudFormationClient(administrator(accountId));
}

function iam(accountId: string): IAMClient {
  return new IAMClient(administrator(accountId));
}

function administrator(accountId: string) {
  return {
    endpoint: env.AWS_ENDPOINT_URL,
    region: config.defaultRegion,
    credentials: { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" },
  };
}
