import { exportAccessLogForStaff } from "@/lib/access-log/export-access-log";
import { accessLogUsageForStaff, listAccessLogForStaff } from "@/lib/access-log/staff-queries";
import type { ActivityAction } from "@/lib/activity-log/record-activity";
import { keyUse, listApiRequests } from "@/lib/api/request-queries";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { getApiKey, listApiKeys } from "@/lib/api-keys/queries";
import { connectionHistoryForStaff, listDriftForStaff } from "@/lib/audits/queries";
import { listAllReminders, listRemindersForStaff } from "@/lib/audits/reminder-queries";
import { listRoundFindings } from "@/lib/audits/round-findings";
import { cancelRound, getRound, listRounds, startRound } from "@/lib/audits/rounds";
import { pageOfConnectionsForStaff } from "@/lib/connections/page-of-connections";
import { pauseConnectionForStaff, resumeConnectionForStaff } from "@/lib/connections/pause-connection";
import { getConnectionForStaff, listConnectionsForStaff } from "@/lib/connections/staff-queries";
import { db } from "@/lib/db";
import type { AppError } from "@/lib/errors";
import { getEventForStaff, listEventsForStaff } from "@/lib/events/queries";
import { listSetAside } from "@/lib/jobs/set-aside-queries";
import { createLinkForStaff } from "@/lib/links/create-link";
import { listLinksForStaff } from "@/lib/links/queries";
import { revokeLinkForStaff } from "@/lib/links/revoke-link";
import { createCustomer } from "@/lib/people/create-customer";
import { customerByReference, pageOfCustomers } from "@/lib/people/customer-queries";
import type { StaffAccess } from "@/lib/tenancy/access";
import { getVerificationForStaff, latestVerificationForStaff } from "@/lib/verifications/queries";

interface StaffVerb {
  /** `connectionId` is some customer's, `roundId` a round that runs where `needsRound`. */
  call: (access: StaffAccess, named: { connectionId: string; roundId: string }) => Promise<unknown>;
  needsRound?: true;
  /** What was so before. */
  prepare?: (named: { connectionId: string }) => Promise<unknown>;
  logs?: ActivityAction;
  /** It is logged with the customer whose connection it is about. */
  ofCustomer?: true;
  /** Tables of which it adds or changes rows, by name; what only reads has none. */
  writes?: readonly string[];
}

const ofConnection = (verb: (access: StaffAccess, connectionId: string) => Promise<unknown>): StaffVerb => ({
  call: (access, { connectionId }) => verb(access, connectionId),
});
const ofRound = (verb: (access: StaffAccess, roundId: string) => Promise<unknown>): StaffVerb => ({
  call: (access, { roundId }) => verb(access, roundId),
  needsRound: true,
});
const ofAll = (verb: (access: StaffAccess) => Promise<unknown>): StaffVerb => ({ call: (access) => verb(access) });

const openLinkOf = (connectionId: string) => db.link.findFirstOrThrow({ where: { connectionId, revokedAt: null } });

const ownerOf = (id: string) =>
  db.connection.findUniqueOrThrow({ where: { id }, select: { customerId: true, customer: true } });
const customerIdOf = async (id: string) => (await ownerOf(id)).customerId;
const customerOf = async (id: string) => (await ownerOf(id)).customer.reference;

const aKeyId = async () => (await db.apiKey.findFirstOrThrow()).id;

async function anApiKey() {
  const wanted = { name: "Test", scopes: ["links:write"], days: 1 };
  return createApiKey({ database: db, actor: { type: "system", id: "test" } }, wanted, new Date());
}

/** Each verb of staff, by its name. None needs a person. */
export const staffVerbs: Record<string, StaffVerb> = {
  startRound: {
    ...ofAll((access) => startRound(access, new Date())),
    logs: "audit-round.started",
    writes: ["ActivityLogEntry", "AuditItem", "AuditRound"],
  },
  cancelRound: {
    ...ofRound((access, id) => cancelRound(access, id, new Date())),
    logs: "audit-round.cancelled",
    writes: ["ActivityLogEntry", "AuditItem", "AuditRound"],
  },
  getRound: ofRound(getRound),
  listRounds: ofAll(listRounds),
  listRoundFindings: ofRound(listRoundFindings),
  latestVerificationForStaff: ofConnection((access, id) => latestVerificationForStaff(access, id, new Date())),
  getVerificationForStaff: ofConnection(async (access, connectionId) => {
    // None was made, which staff are told by the same word as everyone.
    await getVerificationForStaff(access, { connectionId, verificationId: connectionId }).catch((error: AppError) => {
      if (error.code !== "not-found") throw error;
    });
  }),
  listConnectionsForStaff: ofAll(listConnectionsForStaff),
  pageOfConnectionsForStaff: ofAll((access) => pageOfConnectionsForStaff(access, { take: 10 })),
  getConnectionForStaff: ofConnection(getConnectionForStaff),
  connectionHistoryForStaff: ofConnection(connectionHistoryForStaff),
  listDriftForStaff: ofConnection(listDriftForStaff),
  listRemindersForStaff: ofConnection(listRemindersForStaff),
  listAllReminders: ofAll(listAllReminders),
  listAccessLogForStaff: ofAll(listAccessLogForStaff),
  accessLogUsageForStaff: ofConnection(accessLogUsageForStaff),
  exportAccessLogForStaff: {
    ...ofAll((access) => exportAccessLogForStaff(access, { format: "json" })),
    writes: ["RateLimiterFlexible"],
  },
  listSetAside: ofAll(listSetAside),
  pageOfCustomers: ofAll((access) => pageOfCustomers(access, { take: 10 })),
  customerByReference: ofConnection(async (access, id) => customerByReference(access, await customerOf(id))),
  createCustomer: {
    ...ofConnection(async (access, id) =>
      createCustomer(access, { reference: `beside ${await customerIdOf(id)}`, name: "Made" }),
    ),
    ...{ logs: "customer.created", writes: ["ActivityLogEntry", "Customer", "Event"] },
  },
  listEventsForStaff: ofAll((access) => listEventsForStaff(access, { take: 10 })),
  getEventForStaff: ofConnection(async (access, connectionId) =>
    getEventForStaff(access, (await db.event.findFirstOrThrow({ where: { connectionId } })).id),
  ),
  listApiKeys: ofAll((access) => listApiKeys(access)),
  getApiKey: { ...ofAll(async (access) => getApiKey(access, await aKeyId())), prepare: anApiKey },
  keyUse: { ...ofAll(async (access) => keyUse(access, await aKeyId())), prepare: anApiKey },
  listApiRequests: ofAll((access) => listApiRequests(access)),
  pauseConnectionForStaff: {
    ...ofConnection((access, id) => pauseConnectionForStaff(access, id, new Date())),
    ...{ logs: "connection.paused", ofCustomer: true },
    writes: ["ActivityLogEntry", "Connection", "ConnectionStatusChange", "Event"],
  },
  resumeConnectionForStaff: {
    prepare: ({ connectionId }) =>
      db.connection.update({
        where: { id: connectionId },
        data: { status: "paused", heldByStaffAt: new Date(), staffHoldByType: "api-key", staffHoldById: "somebody" },
      }),
    ...ofConnection((access, id) => resumeConnectionForStaff(access, id, new Date())),
    ...{ logs: "connection.resumed", ofCustomer: true },
    writes: ["ActivityLogEntry", "Connection", "ConnectionStatusChange", "Event"],
  },
  createLinkForStaff: {
    call: (access, { connectionId }) => createLinkForStaff(access, { connectionId, purpose: "setup" }, new Date()),
    ...{ logs: "link.created", ofCustomer: true, writes: ["ActivityLogEntry", "Link", "RateLimiterFlexible"] },
  },
  revokeLinkForStaff: {
    call: async (access, { connectionId }) =>
      revokeLinkForStaff(access, (await openLinkOf(connectionId)).id, new Date()),
    ...{ logs: "link.revoked", ofCustomer: true, writes: ["ActivityLogEntry", "Link"] },
  },
  listLinksForStaff: ofConnection(listLinksForStaff),
};
