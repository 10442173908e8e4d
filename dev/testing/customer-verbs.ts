import { randomUUID } from "node:crypto";
import { exportAccessLog } from "@/lib/access-log/export-access-log";
import { accessLogUsage, listAccessLog } from "@/lib/access-log/queries";
import { usesOfWeek } from "@/lib/access-log/uses-of-week";
import type { ActivityAction } from "@/lib/activity-log/record-activity";
import { announceAssumption } from "@/lib/assumptions/announce-assumption";
import { issueCredentials } from "@/lib/assumptions/issue-credentials";
import { getAssumption, readAnnounced } from "@/lib/assumptions/queries";
import { readIdentity } from "@/lib/assumptions/read-identity";
import { reportAssumption } from "@/lib/assumptions/report-assumption";
import { connectionHistory, listDrift } from "@/lib/audits/queries";
import { listReminders } from "@/lib/audits/reminder-queries";
import { abandonRotation } from "@/lib/connections/abandon-rotation";
import { markOfConnection, markOfConnections } from "@/lib/connections/changes";
import { completeIntegration } from "@/lib/connections/complete-integration";
import { createConnection } from "@/lib/connections/create-connection";
import { deleteConnection } from "@/lib/connections/delete-connection";
import { disconnectConnection } from "@/lib/connections/disconnect-connection";
import { checkEndedAccess } from "@/lib/connections/ended-access";
import { findRole } from "@/lib/connections/find-role";
import { followRotation } from "@/lib/connections/follow-rotation";
import { customerHome } from "@/lib/connections/home";
import { markLaunched } from "@/lib/connections/mark-launched";
import { pageOfConnections } from "@/lib/connections/page-of-connections";
import { pauseConnection, resumeConnection } from "@/lib/connections/pause-connection";
import * as connections from "@/lib/connections/queries";
import { listReceipts, readReceipt } from "@/lib/connections/receipts";
import { renameConnection } from "@/lib/connections/rename-connection";
import { reviseConnection } from "@/lib/connections/revise-connection";
import { rotationView } from "@/lib/connections/rotation-view";
import { startRotation } from "@/lib/connections/start-rotation";
import { submitRole } from "@/lib/connections/submit-role";
import { trustPolicyOf } from "@/lib/connections/trust-policy";
import { seal } from "@/lib/crossaccount-client/seal";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { getEvent, listEvents } from "@/lib/events/queries";
import type { Connection } from "@/lib/generated/prisma/client";
import { confirmAccount, rejectAccount } from "@/lib/links/confirm-account";
import { createLink } from "@/lib/links/create-link";
import { getLink, listLinks, proposedAccount } from "@/lib/links/queries";
import { revokeLink } from "@/lib/links/revoke-link";
import { changeRole } from "@/lib/people/change-role";
import { getCustomer } from "@/lib/people/customer-queries";
import { invitePerson } from "@/lib/people/invite-person";
import { adminNames, getInvitation, listInvitations, listMembers } from "@/lib/people/queries";
import { leaveTeam, removeMember } from "@/lib/people/remove-member";
import { renameCustomer } from "@/lib/people/rename-customer";
import { resendInvitation } from "@/lib/people/resend-invitation";
import { revokeInvitation } from "@/lib/people/revoke-invitation";
import type { CustomerAccess, PersonalAccess } from "@/lib/tenancy/access";
import { cancelVerification } from "@/lib/verifications/cancel-verification";
import { confirmUnreadable } from "@/lib/verifications/confirm-unreadable";
import { getVerification, latestVerification } from "@/lib/verifications/queries";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { launchStack, member, roleArnIn, signInAs } from "./fixtures";

/** Whom the owner of a target has invited. */
export const invitedEmail = "kim@invited.test";
/** In the account that was named already, because a link may bring no other. */
const otherRole = ({ account }: VerbTarget) => `arn:aws:iam::${account}:role/nimbus/nimbus-of-another-stack`;

/** A connection of a customer whose admin is `owner`, in an account of its own, with an open invitation beside it. */
export interface VerbTarget {
  owner: PersonalAccess;
  connection: Connection;
  account: string;
  invitationId: string;
}

export interface CustomerVerb<Access extends CustomerAccess = CustomerAccess> {
  /** What the owner did before. */
  prepare?: (target: VerbTarget) => Promise<unknown>;
  call: (access: Access, target: VerbTarget) => Promise<unknown>;
  /** What the activity log holds afterwards. */
  logs?: ActivityAction | readonly ActivityAction[];
  /** Tables of which it adds or changes rows, by name; what only reads has none. */
  writes?: readonly string[];
  /** It changes the customer itself. */
  changesCustomer?: true;
  /** Which member it changes, where it does. */
  changesMember?: (target: VerbTarget) => string | Promise<string>;
  /** Names something of a customer, so that whoever acts for another one finds nothing. */
  names?: true;
}

const now = () => new Date();
const asked = ["AccessLogEntry", "AccessLogHead", "AccessLogRegister"];
const named = ({ connection }: VerbTarget) => ({ connectionId: connection.id });
const toVerify = (target: VerbTarget) => ({ ...named(target), expectSetup: "present" as const });
const roleOf = (target: VerbTarget) => ({ ...named(target), roleArn: roleArnIn(target.account, target.connection) });

const launch = ({ connection, account }: VerbTarget) => launchStack(connection, account);
async function nameRole(target: VerbTarget) {
  await launch(target);
  await submitRole(target.owner, roleOf(target));
}
async function start(target: VerbTarget) {
  await submitRole(target.owner, roleOf(target));
  await startVerification(target.owner, toVerify(target), now());
}
async function hideTrust({ connection: { id, customerId } }: VerbTarget) {
  const [provenAt, trustReadAt, trustDeniedSince, trustDeniedAt] = [0, 0, 60_000, 660_000].map(
    (time) => new Date(time),
  );
  const seen = { trustReadAt, trustDeniedSince, trustDeniedAt };
  const proven = { provenAt, lastOutcome: "proven", setupPermissions: "present", status: "insecure" as const };
  await db.connection.update({ where: { id, customerId }, data: { ...proven, ...seen } });
}
const working = ({ connection: { id, customerId } }: VerbTarget) =>
  db.connection.update({
    where: { id, customerId },
    data: { status: "setup", provenAt: now(), lastOutcome: "proven", setupPermissions: "present" },
  });
/** Its role can be used. */
async function usable(target: VerbTarget) {
  await nameRole(target);
  await working(target);
}
async function announce(target: VerbTarget) {
  await usable(target);
  await announceAssumption(target.owner, { ...named(target), purpose: "report" }, randomUUID());
}
async function announcedOf({ connection: { id: connectionId } }: VerbTarget) {
  const { id: assumptionId } = await db.accessLogEntry.findFirstOrThrow({
    where: { connectionId, source: "announced" },
  });
  return { connectionId, assumptionId };
}
/** Verified, with a link that is open and a run that is under way. */
async function inUse(target: VerbTarget) {
  await makeLink(target);
  await start(target);
  await working(target);
}
/** Verified, and with a new external ID that its stack does not have yet. */
async function rotate(target: VerbTarget) {
  await usable(target);
  await startRotation(target.owner, target.connection.id, now());
}
async function storeReceipt({ connection: { id: connectionId, customerId } }: VerbTarget) {
  const ciphertext = await seal("{}", { customerId, connectionId }, "setupReceipt");
  await db.receipt.create({ data: { connectionId, customerId, kind: "setup", at: now(), ciphertext } });
}

async function proposeAccount({ connection: { id, customerId }, account }: VerbTarget) {
  await db.connection.update({ where: { id, customerId }, data: { accountId: account, accountProposedAt: now() } });
}
const makeLink = ({ owner, connection }: VerbTarget) =>
  createLink(owner, { connectionId: connection.id, purpose: "setup" }, now());
/** A viewer who joined the owner's team by an invitation. */
async function colleague({ customer: { id: customerId } }: PersonalAccess) {
  const { id: userId } = await signInAs({ email: `${randomUUID()}@colleague.test` });
  await db.membership.create({ data: { userId, customerId, role: "viewer", source: "invitation" } });
}
async function colleagueOf({ customer: { id: customerId } }: PersonalAccess): Promise<string> {
  return (await db.membership.findFirstOrThrow({ where: { customerId, source: "invitation" } })).userId;
}

/** By a link that is still open, and with a verification under way. */
async function bringAccount(target: VerbTarget) {
  await makeLink(target);
  await start(target);
  await proposeAccount(target);
}

/** A verb that reads and names a connection. */
const reads = (verb: (access: CustomerAccess, connectionId: string) => Promise<unknown>): CustomerVerb => ({
  call: (access, { connection }) => verb(access, connection.id),
  names: true,
});

/** Each verb of a customer that any actor may call, by its name. */
export const customerVerbs = {
  createConnection: {
    call: (access: CustomerAccess) =>
      createConnection(access, { name: "Made", region: "us-east-1", requestId: randomUUID() }),
    logs: "connection.created",
    writes: ["ActivityLogEntry", "Connection", "Event"],
  },
  markLaunched: {
    call: (access, { connection }) => markLaunched(access, connection.id, now()),
    logs: "connection.launched",
    writes: ["ActivityLogEntry", "Connection"],
    names: true,
  },
  submitRole: {
    prepare: start,
    call: (access, target) => submitRole(access, { ...named(target), roleArn: otherRole(target) }),
    logs: "connection.role-submitted",
    writes: ["ActivityLogEntry", "Connection", "RateLimiterFlexible", "Verification"],
    names: true,
  },
  findRole: {
    prepare: launch,
    call: (access, target) => findRole(access, { ...named(target), accountId: target.account }),
    logs: "connection.role-found",
    writes: [...asked, "ActivityLogEntry", "Connection", "RateLimiterFlexible"],
    names: true,
  },
  renameConnection: {
    call: (access, target) => renameConnection(access, { ...named(target), name: "Renamed" }),
    logs: "connection.renamed",
    writes: ["ActivityLogEntry", "Connection"],
    names: true,
  },
  deleteConnection: {
    call: (access, { connection }) => deleteConnection(access, connection.id),
    logs: "connection.deleted",
    writes: ["ActivityLogEntry", "Connection"],
    names: true,
  },
  pauseConnection: {
    prepare: working,
    call: (access, { connection }) => pauseConnection(access, connection.id, now()),
    logs: "connection.paused",
    writes: ["ActivityLogEntry", "Connection", "ConnectionStatusChange", "Event"],
    names: true,
  },
  resumeConnection: {
    prepare: async (target) => {
      await working(target);
      await pauseConnection(target.owner, target.connection.id, now());
      // So that anyone may resume it.
      await db.connection.update({ where: { id: target.connection.id }, data: { customerHoldByType: "api-key" } });
    },
    call: (access, { connection }) => resumeConnection(access, connection.id, now()),
    logs: "connection.resumed",
    writes: ["ActivityLogEntry", "Connection", "ConnectionStatusChange", "Event"],
    names: true,
  },
  disconnectConnection: {
    prepare: inUse,
    call: (access, { connection }) => disconnectConnection(access, connection.id, now()),
    logs: "connection.disconnected",
    writes: [
      "ActivityLogEntry",
      "Connection",
      "ConnectionStatusChange",
      "EndedAccess",
      "Event",
      "Link",
      "Verification",
    ],
    names: true,
  },
  startRotation: {
    prepare: working,
    call: (access, { connection }) => startRotation(access, connection.id, now()),
    logs: "rotation.started",
    writes: ["ActivityLogEntry", "Connection", "Event", "Rotation"],
    names: true,
  },
  followRotation: {
    prepare: rotate,
    call: (access, { connection }) => followRotation(access, connection.id, now()),
    writes: [...asked, "RateLimiterFlexible"],
    names: true,
  },
  abandonRotation: {
    prepare: rotate,
    call: (access, { connection }) => abandonRotation(access, connection.id, now()),
    logs: "rotation.abandoned",
    writes: [...asked, "ActivityLogEntry", "Connection", "RateLimiterFlexible", "Receipt", "Rotation"],
    names: true,
  },
  rotationView: { ...reads(rotationView), prepare: rotate },
  checkEndedAccess: {
    prepare: async (target) => {
      await inUse(target);
      await disconnectConnection(target.owner, target.connection.id, now());
    },
    call: (access, { connection }) => checkEndedAccess(access, connection.id),
    logs: "connection.access-checked",
    writes: [...asked, "ActivityLogEntry", "Connection", "EndedAccess", "RateLimiterFlexible", "Receipt"],
    names: true,
  },
  listReceipts: { ...reads(listReceipts), prepare: storeReceipt },
  readReceipt: {
    prepare: storeReceipt,
    call: async (access, { connection: { id: connectionId } }) => {
      const { id: receiptId } = await db.receipt.findFirstOrThrow({ where: { connectionId } });
      return readReceipt(access, connectionId, { receiptId });
    },
    names: true,
  },
  announceAssumption: {
    prepare: usable,
    call: (access, target) => announceAssumption(access, { ...named(target), purpose: "report" }, randomUUID()),
    writes: asked,
    names: true,
  },
  reportAssumption: {
    prepare: announce,
    call: async (access, target) =>
      reportAssumption(access, { ...(await announcedOf(target)), outcome: "allowed" }, now()),
    writes: asked.slice(0, 2),
    names: true,
  },
  getAssumption: {
    prepare: announce,
    call: async (access, target) => getAssumption(access, await announcedOf(target)),
    names: true,
  },
  readAnnounced: {
    prepare: announce,
    call: async (access, target) => readAnnounced(access, await announcedOf(target)),
    names: true,
  },
  readIdentity: {
    prepare: usable,
    call: (access, target) => readIdentity(access, target.connection.id),
    writes: asked,
    names: true,
  },
  completeIntegration: {
    prepare: launch,
    call: (access, target) => completeIntegration(access, roleOf(target), now()),
    logs: ["connection.role-submitted", "verification.started"],
    writes: ["ActivityLogEntry", "Connection", "RateLimiterFlexible", "Verification"],
    names: true,
  },
  trustPolicyOf: reads(trustPolicyOf),
  getCustomer: { call: (access) => getCustomer(access) },
  renameCustomer: {
    call: (access) => renameCustomer(access, "Renamed"),
    changesCustomer: true,
    logs: "customer.renamed",
    writes: ["ActivityLogEntry", "Customer"],
  },
  getInvitation: {
    call: (access, { invitationId }) => getInvitation(access, invitationId),
    names: true,
  },
  issueCredentials: {
    prepare: usable,
    call: (access, target) => issueCredentials(access, { ...named(target), purpose: "report" }),
    writes: asked,
    names: true,
  },
  startVerification: {
    prepare: nameRole,
    async call(access, target) {
      const { verificationId } = await startVerification(access, toVerify(target), now());
      await runVerification(verificationId);
    },
    logs: "verification.started",
    writes: [
      ...asked,
      ...["ActivityLogEntry", "AuditSchedule", "CheckResult", "Connection", "ConnectionStatusChange", "Event"],
      ...["RateLimiterFlexible", "RolePicture", "Verification"],
    ],
    names: true,
  },
  cancelVerification: {
    prepare: start,
    call: (access, { connection }) => cancelVerification(access, connection.id, now()),
    logs: "verification.cancelled",
    writes: ["ActivityLogEntry", "Verification"],
    names: true,
  },
  revokeInvitation: {
    call: (access, { invitationId }) => revokeInvitation(access, invitationId, now()),
    logs: "invitation.revoked",
    writes: ["ActivityLogEntry", "Invitation"],
    names: true,
  },
  createLink: {
    call: (access, target) => createLink(access, { ...named(target), purpose: "setup" }, now()),
    logs: "link.created",
    writes: ["ActivityLogEntry", "Link", "RateLimiterFlexible"],
    names: true,
  },
  revokeLink: {
    prepare: makeLink,
    call: async (access, { connection }) => {
      const link = await db.link.findFirstOrThrow({ where: { connectionId: connection.id } });
      return revokeLink(access, link.id, now());
    },
    logs: "link.revoked",
    writes: ["ActivityLogEntry", "Link"],
    names: true,
  },
  getLink: {
    prepare: makeLink,
    call: async (access, { connection: { id: connectionId } }) => {
      const link = await db.link.findFirstOrThrow({ where: { connectionId } });
      return getLink(access, { connectionId, linkId: link.id });
    },
    names: true,
  },
  listEvents: { call: (access) => listEvents(access, { take: 10 }) },
  getEvent: {
    call: async (access, { connection: { id: connectionId } }) =>
      getEvent(access, (await db.event.findFirstOrThrow({ where: { connectionId } })).id),
    names: true,
  },
  listLinks: { ...reads(listLinks), prepare: makeLink },
  proposedAccount: { ...reads(proposedAccount), prepare: proposeAccount },
  changeRole: {
    prepare: ({ owner }) => colleague(owner),
    changesMember: ({ owner }) => colleagueOf(owner),
    call: async (access, { owner }) => changeRole(access, { userId: await colleagueOf(owner), role: "admin" }),
    logs: "member.role-changed",
    writes: ["ActivityLogEntry", "Membership"],
    names: true,
  },
  removeMember: {
    prepare: ({ owner }) => colleague(owner),
    changesMember: ({ owner }) => colleagueOf(owner),
    call: async (access, { owner }) => removeMember(access, await colleagueOf(owner)),
    logs: "member.removed",
    writes: ["ActivityLogEntry", "Event", "Membership"],
    names: true,
  },
  launchInstructions: reads(connections.launchInstructions),
  dropSetupInstructions: reads(connections.dropSetupInstructions),
  getConnection: reads(connections.getConnection),
  getConnectionAndVerification: reads(connections.getConnectionAndVerification),
  connectionOfRequest: {
    call: async (access, { connection }) => {
      const made = await connections.connectionOfRequest(access, connection.requestId);
      if (made !== connection.id) throw notFound("connection");
    },
    names: true,
  },
  suggestedConnection: { call: connections.suggestedConnection },
  customerHome: { call: (access) => customerHome(access) },
  markOfConnection: reads(markOfConnection),
  markOfConnections: { call: markOfConnections },
  pageOfConnections: { call: (access) => pageOfConnections(access, { take: 10 }) },
  listConnections: { call: connections.listConnections },
  latestVerification: reads(latestVerification),
  getVerification: {
    prepare: start,
    call: async (access, target) => {
      const { connectionId } = named(target);
      const run = await db.verification.findFirstOrThrow({ where: { connectionId } });
      return getVerification(access, { connectionId, verificationId: run.id });
    },
    names: true,
  },
  connectionHistory: reads(connectionHistory),
  listDrift: reads(listDrift),
  listReminders: reads(listReminders),
  listAccessLog: reads(listAccessLog),
  accessLogUsage: reads(accessLogUsage),
  usesOfWeek: { call: (access) => usesOfWeek(access) },
  adminNames: { call: (access) => adminNames(access) },
  exportAccessLog: {
    ...reads((access, id) => exportAccessLog(access, id, { format: "csv" })),
    writes: ["RateLimiterFlexible"],
  },
  listMembers: { call: (access) => listMembers(access) },
  listInvitations: { call: (access) => listInvitations(access) },
} satisfies Record<string, CustomerVerb>;

/** Those that only a person may call. */
export const personalVerbs: Record<string, CustomerVerb<PersonalAccess>> = {
  reviseConnection: {
    call: (access, target) =>
      reviseConnection(access, { ...named(target), name: "Revised", region: "eu-west-1", accountId: target.account }),
    logs: "connection.revised",
    writes: ["ActivityLogEntry", "Connection"],
    names: true,
  },
  confirmUnreadable: {
    prepare: hideTrust,
    call: (access, { connection }) => confirmUnreadable(access, connection.id, now()),
    logs: "connection.unreadable-confirmed",
    writes: ["ActivityLogEntry", "Connection", "ConnectionStatusChange", "Event"],
    names: true,
  },
  confirmAccount: {
    prepare: proposeAccount,
    call: (access, target) => confirmAccount(access, { ...named(target), accountId: target.account }, now()),
    logs: "connection.account-confirmed",
    writes: ["ActivityLogEntry", "Connection"],
    names: true,
  },
  rejectAccount: {
    prepare: bringAccount,
    call: (access, target) => rejectAccount(access, { ...named(target), accountId: target.account }, now()),
    logs: "connection.account-rejected",
    writes: ["ActivityLogEntry", "Connection", "Link", "Verification"],
    names: true,
  },
  leaveTeam: {
    prepare: ({ owner }) => member("admin", owner.customer.reference),
    changesMember: ({ owner }) => owner.person.id,
    call: (access) => leaveTeam(access),
    logs: "member.left",
    writes: ["ActivityLogEntry", "Event", "Membership"],
  },
  resendInvitation: {
    call: (access, { invitationId }) => resendInvitation(access, invitationId, now()),
    logs: "invitation.created",
    writes: ["ActivityLogEntry", "Invitation", "RateLimiterFlexible"],
    names: true,
  },
  invitePerson: {
    call: (access) => invitePerson(access, { email: invitedEmail, role: "viewer" }, now()),
    logs: "invitation.created",
    writes: ["ActivityLogEntry", "Invitation", "RateLimiterFlexible"],
  },
};
