import "server-only";
import type { z } from "zod";
import type { AccessLogPage } from "@/lib/access-log/schema";
import type { PermissionReviewView } from "@/lib/connections/review-schema";
import type { ConnectionDetail, ConnectionSummary } from "@/lib/connections/schema";
import type { LinkView } from "@/lib/links/schema";
import type { VerificationView } from "@/lib/verifications/schema";
import type * as shapes from "./shapes";

type Shown<Shape extends z.ZodType> = z.input<Shape>;

const iso = (at: Date) => at.toISOString();
const isoOrNull = (at: Date | null) => at && iso(at);

export function connectionSummary(view: ConnectionSummary): Shown<typeof shapes.connectionSummary> {
  const { id, customer, name, status, partition, region } = view;
  return {
    ...{ id, customer, name, status, partition, region, account_id: view.accountId },
    setup_permissions: view.setupPermissions,
    created_at: iso(view.createdAt),
    status_changed_at: iso(view.statusChangedAt),
    last_verified_at: isoOrNull(view.lastVerifiedAt),
  };
}

export function connection(view: ConnectionDetail): Shown<typeof shapes.connection> {
  return {
    ...connectionSummary(view),
    external_id: view.externalId,
    role_arn: view.roleArn,
    role_name: view.roleName,
    stack_name: view.stackName,
    features: view.features,
    launched_at: isoOrNull(view.launchedAt),
    proven_at: isoOrNull(view.provenAt),
    setup_gone_at: isoOrNull(view.setupGoneAt),
  };
}

export function verification(view: VerificationView): Shown<typeof shapes.verification> {
  const { id, state, outcome } = view;
  return {
    ...{ id, connection_id: view.connectionId, connection_status: view.connectionStatus, state, outcome },
    waiting_for: view.waitingFor,
    started_at: iso(view.startedAt),
    finished_at: isoOrNull(view.finishedAt),
    checks: view.checks.map(({ id, status, title, evidence, cause, confidence, remedy, ways }) => ({
      ...{ id, status, title, evidence, cause, confidence, remedy, ways },
    })),
  };
}

export function accessLogPage({ rows, nextCursor }: AccessLogPage): Shown<typeof shapes.accessLogPage> {
  return {
    data: rows.map((entry) => {
      const { id, sequence, outcome, probe, actor, purpose, region } = entry;
      return {
        ...{
          id,
          connection_id: entry.connectionId,
          sequence,
          at: iso(entry.at),
          outcome,
          probe,
          actor,
          purpose,
          region,
        },
        session_name: entry.sessionName,
        sts_request_id: entry.requestId,
        error_code: entry.errorCode,
        latency_ms: entry.latencyMs,
        expires_at: isoOrNull(entry.expiresAt),
      };
    }),
    next_cursor: nextCursor,
  };
}

export function link({ id, purpose, state, ...times }: LinkView): Shown<typeof shapes.link> {
  return {
    ...{ id, purpose, state, created_at: iso(times.createdAt), expires_at: iso(times.expiresAt) },
    ...{ opened_at: isoOrNull(times.openedAt), used_at: isoOrNull(times.usedAt) },
  };
}

export function permissions(review: PermissionReviewView): Shown<typeof shapes.permissions> {
  return {
    permissions: review.permissions.map(
      ({ notActions, notResources, limitedBy, leadsTo, upkeep: _upkeep, ...same }) => ({
        ...same,
        ...{ not_actions: notActions, not_resources: notResources, limited_by: limitedBy, leads_to: leadsTo },
      }),
    ),
    managed_policies: review.managedPolicies.map(({ readOnly, ...same }) => ({ ...same, read_only: readOnly })),
  };
}
