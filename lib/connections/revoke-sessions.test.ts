import { IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { reload } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { listDrift } from "@/lib/audits/queries";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { followCommand } from "@/lib/crossaccount/testing/follow-command";
import { followPage } from "@/lib/crossaccount/testing/follow-page";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { parseRoute } from "@/sandbox/console/client/route";
import { pauseConnection, resumeConnection } from "./pause-connection";
import { exitInstructions, getConnection } from "./queries";

let scene: AuditScene;
beforeAll(async () => {
  scene = await auditScene();
});
afterAll(() => scene.queue.stop());

type Credentials = Awaited<ReturnType<ReturnType<typeof crossAccount.assumeCustomerRole>>>;
const use = ({ customerId, id: connectionId }: Connection) =>
  crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "report" })();

/** Something that every session of the template's role may do, unless all is denied. */
async function reads({ roleName }: Connection, credentials: Credentials): Promise<boolean> {
  const iam = new IAMClient({ endpoint: (await testSandbox()).url, region: "us-east-1", credentials });
  return iam.send(new ListRolePoliciesCommand({ RoleName: roleName })).then(
    () => true,
    () => false,
  );
}

async function audit(connection: Connection): Promise<void> {
  scene.advance(2 * 60 * 60_000);
  await db.auditSchedule.update({ where: { connectionId: connection.id }, data: { nextAuditAt: scene.now() } });
  await scene.workOff();
}

test.each(["command", "page"] as const)("sessions issued before a pause end by AWS's own step (%s)", async (way) => {
  const { access, connection, account } = await provenConnection();
  const before = await use(connection);
  expect(await reads(connection, before)).toBe(true);
  await pauseConnection(access, connection.id, new Date());
  // A pause stops us, and AWS knows nothing of it.
  expect(await reads(connection, before)).toBe(true);

  const { url } = await testSandbox();
  const told = exitInstructions(await getConnection(access, connection.id), new Date());
  if (!told) throw new Error("nothing is told");
  if (way === "command") await followCommand(told.revokeCommand, { endpoint: url, accountId: account });
  else
    await followPage({ kind: "page", label: "Revoke", value: told.revokeUrl }, { url, accountId: account, parseRoute });
  expect(await reads(connection, before)).toBe(false);

  // The command ends what was issued up to the end of its second, as AWS dates sessions to the second.
  const end = Date.parse(/"aws:TokenIssueTime":"([^"]+)"/.exec(told.revokeCommand)?.[1] ?? "");
  await eventually(async () => expect(Date.now()).toBeGreaterThan(end));
  await resumeConnection(access, connection.id, new Date());
  expect(await reads(connection, await use(connection))).toBe(true);

  const seen = await verifyAsPerson(access, connection);
  expect(seen?.checks.filter(({ status }) => status === "failed")).toEqual([]);
  const excess = seen?.checks.find(({ id }) => id === "excess-permissions");
  expect(excess).toMatchObject({
    status: "passed",
    evidence: [
      { value: "Nothing is attached" },
      {
        label: "Revoked sessions, by inline policy AWSRevokeOlderSessions",
        value: expect.stringMatching(/^Those issued before 20/) as string,
      },
    ],
  });
});

test("an audit calls it no change of the role, and any other policy of that name it does", async () => {
  const { access, connection, account } = await provenConnection();
  await audit(connection);
  const told = exitInstructions(await getConnection(access, connection.id), new Date("2026-01-01T00:00:00Z"));
  const { url } = await testSandbox();
  await followCommand(told?.revokeCommand ?? "", { endpoint: url, accountId: account });
  await audit(connection);
  expect(await listDrift(access, connection.id)).toEqual([]);
  expect((await reload(connection)).status).toBe("setup");

  const iam = new IAMClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: `AKIASANDBOX${account}`, secretAccessKey: "sandbox" },
  });
  const statement = { Effect: "Deny", Action: "ce:*", Resource: "*" };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: connection.roleName,
      PolicyName: "AWSRevokeOlderSessions",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
  await audit(connection);
  expect(await listDrift(access, connection.id)).toMatchObject([{ kind: "attached-policies" }]);
});
