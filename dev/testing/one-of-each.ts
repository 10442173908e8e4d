import { randomUUID } from "node:crypto";
import { createAccessLog } from "@/lib/access-log/prisma-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { startRound } from "@/lib/audits/rounds";
import { abandonRotation } from "@/lib/connections/abandon-rotation";
import { disconnectConnection } from "@/lib/connections/disconnect-connection";
import { checkEndedAccess } from "@/lib/connections/ended-access";
import { pauseConnection, pauseConnectionForStaff } from "@/lib/connections/pause-connection";
import { startRotation } from "@/lib/connections/start-rotation";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { createLink, createLinkForStaff } from "@/lib/links/create-link";
import { openSetupLink } from "@/lib/links/link-access";
import { findRoleByLink, verifyByLink } from "@/lib/links/use-link";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { invitePerson } from "@/lib/people/invite-person";
import { revokeInvitation } from "@/lib/people/revoke-invitation";
import type { CustomerAccess, PersonalAccess, PersonalStaffAccess, StaffAccess } from "@/lib/tenancy/access";
import { createCheckRecorder } from "@/lib/verifications/check-recorder";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { logEntry } from "./access-log";
import { auditScene, provenConnection, verifyAsPerson } from "./audits";
import {
  deleteStack,
  dropSetup,
  launchStack,
  lengthenSessions,
  makeTemplateBucket,
  member,
  newConnection,
  signInAs,
  staffMember,
} from "./fixtures";

export interface OneOfEach {
  access: PersonalAccess;
  staff: PersonalStaffAccess;
  /** Proven to have no setup permissions; then its role changed, and a round saw it. */
  proven: Connection;
  /** A verification of it is halfway. */
  running: Connection;
  /** Its stack is there, and no role was named. */
  launched: Connection;
  untouched: Connection;
  /** By its customer and by staff, after a rotation of its external ID was abandoned. */
  paused: Connection;
  /** Its stack was deleted, and AWS refused us since. */
  ended: Connection;
  /** A link brought its account, which an admin is to confirm. */
  proposed: Connection;
  /** Of the link of `proposed`, whose purpose is reached, and of one of `launched`. */
  linkTokens: string[];
  /** The account of `launched`. */
  account: string;
  roundId: string;
  end(): Promise<void>;
}

/** Rows of every kind that a feature shows, of one customer and with it, for tests of what is handed out. */
export async function oneOfEach(): Promise<OneOfEach> {
  await makeTemplateBucket();
  await crossAccount.publishTemplate("us-east-1");
  const scene = await auditScene();
  const [access, staff] = [await member(), await staffMember()];
  const { connection: proven, account: changed } = await provenConnection(access);
  const { connection: running } = await provenConnection(access);
  const { connection: gone, account: deleted } = await provenConnection();
  await dropSetup(proven, changed);
  await verifyAsPerson(access, proven, { expectSetup: "gone" });
  await lengthenSessions(proven, changed);
  await deleteStack(gone, deleted);
  scene.advance(60 * 60_000);
  const { roundId } = await startRound(staff, scene.now());
  await scene.workOff();
  await startHalfway(access, running);

  const [launched, untouched] = [await newConnection(access, "Launched"), await newConnection(access, "Begun")];
  const account = "600000000001";
  await launchStack(launched, account);
  const proposed = await newConnection(access, "Handed over");
  const linkTokens = [await handOver(access, staff, proposed), await newLink(access, launched)];
  await db.connection.update({ where: { id: gone.id }, data: { accountId: changed } });
  const owner = { customerId: proven.customerId, connectionId: proven.id };
  for (const kind of ["template-update", "account-shared", "setup-lingers"])
    await db.reminder.create({ data: { ...owner, kind, since: scene.now() } });
  await writeUses(owner, { access, staff });
  await db.setAsideJob.create({
    data: { queue: "audit", jobId: randomUUID(), why: "too-large", detail: "9,000 bytes", setAsideAt: scene.now() },
  });
  await inviteInEveryState(access);
  return {
    access,
    staff,
    proven,
    running,
    launched,
    untouched,
    paused: await pausedByBoth(access, staff),
    ended: await endedAndGone(access),
    proposed,
    linkTokens,
    account,
    roundId,
    end: () => scene.queue.stop(),
  };
}

async function pausedByBoth(access: CustomerAccess, staff: StaffAccess): Promise<Connection> {
  const { connection } = await provenConnection(access);
  await startRotation(access, connection.id, new Date());
  await abandonRotation(access, connection.id, new Date());
  await pauseConnection(access, connection.id, new Date());
  await pauseConnectionForStaff(staff, connection.id, new Date());
  return connection;
}

async function endedAndGone(access: CustomerAccess): Promise<Connection> {
  const { connection, account } = await provenConnection(access);
  await disconnectConnection(access, connection.id, new Date());
  await deleteStack(connection, account);
  await checkEndedAccess(access, connection.id);
  return connection;
}

async function newLink(access: CustomerAccess, { id: connectionId }: Connection): Promise<string> {
  const { url } = await createLink(access, { connectionId, purpose: "setup" }, new Date());
  return new URL(url).hash.slice(1);
}

/** As far as a hand-off goes before an admin confirms the account. */
async function handOver(access: CustomerAccess, staff: StaffAccess, connection: Connection): Promise<string> {
  const token = await newLink(access, connection);
  await createLinkForStaff(staff, { connectionId: connection.id, purpose: "setup" }, new Date());
  const account = "600000000002";
  await launchStack(connection, account);
  await findRoleByLink(await openSetupLink({ token }), account, new Date());
  const { verificationId } = await verifyByLink(await openSetupLink({ token }), new Date());
  await runVerification(verificationId);
  return token;
}

/** One check has ended, the next waits for AWS. */
async function startHalfway(access: CustomerAccess, { id: connectionId, customerId }: Connection): Promise<void> {
  const { verificationId: id } = await startVerification(access, { connectionId, expectSetup: "present" }, new Date());
  const recorder = createCheckRecorder({ id, connectionId, customerId }, { roleArn: "", onStopped: () => undefined });
  const evidence = [{ label: "Role", value: "{roleArn}", format: "code" as const }];
  const check = { id: "role-arn", status: "passed", title: "The ARN is a role's", evidence } as const;
  recorder.record({ phase: "done", id: "role-arn", check });
  recorder.record({ phase: "waiting", id: "assume-role", title: "It can be assumed", waitingFor: "retry", attempt: 1 });
  await recorder.written();
}

async function writeUses(
  owner: { customerId: string; connectionId: string },
  { access, staff }: { access: PersonalAccess; staff: PersonalStaffAccess },
): Promise<void> {
  const log = createAccessLog(accessLogDependencies);
  const write = (changed: Parameters<typeof logEntry>[0]) =>
    log.record(logEntry({ ...owner, at: new Date(), ...changed }));
  await write({ actor: { type: "customer", id: access.person.id } });
  await write({ actor: { type: "staff", id: staff.person.id }, outcome: "refused", errorCode: "AccessDenied" });
  await write({ actor: { type: "api-key", id: "key" }, outcome: "error", requestId: undefined, expiresAt: undefined });
}

async function inviteInEveryState(access: PersonalAccess): Promise<void> {
  const invite = (email: string) => invitePerson(access, { email, role: "viewer" }, new Date());
  await invite("open@example.com");
  const accepted = await invite("accepted@example.com");
  await acceptInvitation(await signInAs({ email: "accepted@example.com" }), accepted.token, new Date());
  const revoked = await invite("revoked@example.com");
  await revokeInvitation(access, revoked.invitationId, new Date());
  const { invitationId: id } = await invite("late@example.com");
  await db.invitation.update({ where: { id }, data: { expiresAt: new Date(0) } });
}
