import { randomUUID } from "node:crypto";
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import {
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { recordSignIn } from "@/lib/auth/record-sign-in";
import { config } from "@/lib/config";
import { createConnection } from "@/lib/connections/create-connection";
import {
  type ParameterName,
  parameterNames,
  renderTemplate,
  roleArnFor,
  setupExpiry,
  stackParameters,
} from "@/lib/crossaccount";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import type { CustomerAccess, Person, PersonalAccess, PersonalStaffAccess } from "@/lib/tenancy/access";
import { customerAccess, personOf, staffAccess } from "@/lib/tenancy/access";
import { testSandbox } from "./sandbox";

/** Signs a person in as an identity provider would report them. */
export async function signInAs(claims: {
  email?: string;
  emailVerified?: boolean;
  groups?: string[];
  customers?: { reference: string; role: CustomerRole }[];
}): Promise<Person> {
  const { user } = await recordSignIn(
    db,
    {
      issuer: "https://id.test",
      subject: randomUUID(),
      email: claims.email ?? null,
      emailVerified: claims.emailVerified ?? true,
      trustedEmail: null,
      name: "Somebody",
      groups: claims.groups ?? [],
      customers: claims.customers ?? [],
    },
    new Date(),
  );
  return personOf(db, user, env);
}

/** A member of a customer of their own, or of the one named. */
export async function member(role: CustomerRole = "admin", reference: string = randomUUID()): Promise<PersonalAccess> {
  const person = await signInAs({ customers: [{ reference, role }] });
  const access = customerAccess(person, reference, role);
  if (!access) throw new Error("the fixture's member has no access");
  return access;
}

export async function staffMember(): Promise<PersonalStaffAccess> {
  const access = staffAccess(await signInAs({ email: "sam@vendor.test" }), "support");
  if (!access) throw new Error("the fixture's staff has no access");
  return access;
}

export async function newConnection(access: CustomerAccess, name = "Production"): Promise<Connection> {
  const { connectionId } = await createConnection(access, { name, region: "us-east-1", requestId: randomUUID() });
  return db.connection.findUniqueOrThrow({ where: { id: connectionId } });
}

export function reload({ id }: { id: string }): Promise<Connection> {
  return db.connection.findUniqueOrThrow({ where: { id } });
}

export function roleArnIn(accountId: string, { roleName }: Pick<Connection, "roleName">): string {
  return roleArnFor(config, { partition: "aws", accountId, roleName });
}

/** The vendor's bucket, from which AWS reads the template of a launch link. */
export async function makeTemplateBucket(): Promise<void> {
  const s3 = new S3Client({ ...(await administrator(config.serviceAccountId)), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: config.templateS3Bucket }));
}

/** Makes the connection's stack in an account of the sandbox, as its admin would; `edited` are parameters they changed. */
export async function launchStack(
  connection: Connection,
  accountId: string,
  edited: { externalId?: string; setupPhase?: boolean; stackName?: string } = {},
): Promise<void> {
  const parameters = stackParameters(config, {
    region: connection.region,
    externalId: edited.externalId ?? (await readExternalId(connection)),
    roleName: connection.roleName,
    setupPhase: edited.setupPhase ?? true,
    setupExpiresAt: setupExpiry(config, new Date()),
  });
  await (await cloudFormation(accountId)).send(
    new CreateStackCommand({
      StackName: edited.stackName ?? connection.stackName,
      TemplateBody: renderTemplate(config),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
  );
}

/** Updates the stack so that its setup permissions are gone. */
export function dropSetup(connection: Connection, accountId: string): Promise<void> {
  return setParameter(connection, accountId, "SetupPhase", "false");
}

/** Updates the stack so that its role is for another external ID. */
export function giveExternalId(connection: Connection, accountId: string, externalId: string): Promise<void> {
  return setParameter(connection, accountId, "ExternalId", externalId);
}

async function setParameter(
  connection: Connection,
  accountId: string,
  ParameterKey: ParameterName,
  ParameterValue: string,
): Promise<void> {
  const kept = parameterNames.filter((name) => name !== ParameterKey);
  await (await cloudFormation(accountId)).send(
    new UpdateStackCommand({
      StackName: connection.stackName,
      UsePreviousTemplate: true,
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: [
        { ParameterKey, ParameterValue },
        ...kept.map((name) => ({ ParameterKey: name, UsePreviousValue: true })),
      ],
    }),
  );
}

export async function deleteStack(connection: Connection, accountId: string): Promise<void> {
  await (await cloudFormation(accountId)).send(new DeleteStackCommand({ StackName: connection.stackName }));
}

/** Uses the role past the portal, with the vendor's own credentials. */
export async function assumeElsewhere(connection: Connection, accountId: string): Promise<void> {
  const ExternalId = await readExternalId(connection);
  const assume = { RoleArn: roleArnIn(accountId, connection), RoleSessionName: "elsewhere", ExternalId };
  const vendor = await administrator(config.serviceAccountId);
  const { Credentials } = await new STSClient(vendor).send(new AssumeRoleCommand(assume));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken,
  };
  await new STSClient({ ...vendor, credentials }).send(new GetCallerIdentityCommand({}));
}

/** Lets the role's sessions last two hours. */
export async function lengthenSessions({ roleName }: Connection, accountId: string): Promise<void> {
  const iam = new IAMClient(await administrator(accountId));
  await iam.send(new UpdateRoleCommand({ RoleName: roleName, MaxSessionDuration: 7_200 }));
}

/** Replaces the trust policy's condition; none trusts the vendor's account without any. */
export async function trustWith(connection: Connection, accountId: string, condition?: object): Promise<void> {
  const iam = new IAMClient(await administrator(accountId));
  await iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: connection.roleName,
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${config.serviceAccountId}:root` },
            Action: "sts:AssumeRole",
            ...(condition && { Condition: condition }),
          },
        ],
      }),
    }),
  );
}

/** Hides the role's trust policy from its own sessions. */
export async function denyReadingItself({ roleName }: Connection, accountId: string): Promise<void> {
  const statement = { Effect: "Deny", Action: "iam:GetRole", Resource: "*" };
  const iam = new IAMClient(await administrator(accountId));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: roleName,
      PolicyName: "Hidden",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
}

/** Takes back what `denyReadingItself` did. */
export async function allowReadingItself({ roleName }: Connection, accountId: string): Promise<void> {
  const iam = new IAMClient(await administrator(accountId));
  await iam.send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: "Hidden" }));
}

async function cloudFormation(accountId: string): Promise<CloudFormationClient> {
  return new CloudFormationClient(await administrator(accountId));
}

async function administrator(accountId: string) {
  const { url } = await testSandbox();
  return {
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" },
  };
}
