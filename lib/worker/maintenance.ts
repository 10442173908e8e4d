import "server-only";
import { pruneAccessLog } from "@/lib/access-log/prune-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { purgeIdempotentRequests } from "@/lib/api/idempotency";
import { purgeRequests } from "@/lib/api/request-log";
import { purgeVerifications } from "@/lib/audits/purge";
import { updateReminders } from "@/lib/audits/reminders";
import { config } from "@/lib/config";
import { askDue } from "@/lib/connections/ended-access";
import type { CrossAccountClient } from "@/lib/crossaccount";
import { digester } from "@/lib/crossaccount-client/encryption";
import { fillRoleDigests } from "@/lib/crossaccount-client/fill-role-digests";
import { renewDigests } from "@/lib/crossaccount-client/renew-digests";
import { readExternalId, readNextExternalId, readRoleArn } from "@/lib/crossaccount-client/secrets";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { purgeEvents } from "@/lib/events/purge";
import type { MaintenanceTask } from "@/lib/jobs/contracts";
import { purgeSetAside } from "@/lib/jobs/set-aside";
import { purgeLinks } from "@/lib/links/purge";
import { log } from "@/lib/log";
import { logFailure } from "@/lib/log-failure";
import { purgeLimits } from "@/lib/rate-limits";
import type { AuditPolicy } from "@/lib/verifications/audit-policy";
import { expireRotations } from "@/lib/verifications/expire-rotations";
import { rotationPolicy } from "@/lib/verifications/rotation-policy";

/** What is done once in a while, whichever worker does it; the signal ends it early. */
export function createMaintenance(
  policy: AuditPolicy,
  signal: AbortSignal,
  client: Pick<CrossAccountClient, "probeAccess">,
): Record<MaintenanceTask, () => Promise<void>> {
  return {
    async "purge-verifications"() {
      const before = new Date(databaseTime().getTime() - policy.keepForMs);
      const purged = await purgeVerifications(db, before, { signal });
      const links = await purgeLinks(db, before);
      const setAside = await purgeSetAside(db, databaseTime());
      const limits = await purgeLimits();
      const requests = await purgeIdempotentRequests(db, databaseTime());
      const apiRequests = await purgeRequests(db, databaseTime(), signal);
      const events = await purgeEvents(db, databaseTime(), signal);
      log.info({ ...purged, links, setAside, limits, requests, apiRequests, events }, "old rows were purged");
    },
    async "purge-access-log"() {
      const retentionDays = env.ACCESS_LOG_RETENTION_DAYS;
      const pruned = await pruneAccessLog(accessLogDependencies, { retentionDays, signal });
      if (pruned.tampered.length > 0) {
        log.error(pruned, "the access log was tampered with; run verify-access-log and see docs/operators.md");
      } else {
        log.info(pruned, "old access log entries were purged");
      }
    },
    async "expire-rotations"() {
      const retired = await expireRotations({
        policy: rotationPolicy(config.rotation),
        now: databaseTime(),
        signal,
        onError: (error, connectionId) =>
          logFailure(error, "a rotation that is over was not looked at", { connectionId }),
      });
      if (retired > 0) log.info({ retired }, "external IDs that were not used were retired");
    },
    async "ask-ended-access"() {
      await askDue({ client, signal, clock: databaseTime });
    },
    async remind() {
      const now = databaseTime();
      await claimRoles(now);
      await updateReminders(db, { ...policy, ...rotationPolicy(config.rotation) }, now);
    },
  };
}

/** Finds connections that share a role, of earlier versions or of another AUTH_SECRET, before staff are reminded of them. */
async function claimRoles(now: Date): Promise<void> {
  const onUnreadable = (error: unknown, connectionId: string) =>
    log.error({ err: error, connectionId }, "a stored role or external ID cannot be read");
  const dependencies = { database: db, digester, readExternalId, readNextExternalId, readRoleArn, onUnreadable };
  const renewed = await renewDigests(dependencies);
  if (renewed > 0)
    log.warn(
      { renewed },
      "digests of connections were keyed by another AUTH_SECRET and have been made again with this one",
    );
  const { shared } = await fillRoleDigests(dependencies, now);
  if (shared > 0) log.error({ shared }, "some connections share a role; staff see which under Audits");
}
