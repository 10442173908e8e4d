import "server-only";
import type { z } from "zod";
import type { AccessLogPage } from "@/lib/access-log/schema";
import type { AssumptionSecrets, AssumptionView } from "@/lib/assumptions/schema";
import type { PermissionReviewView } from "@/lib/connections/review-schema";
import type { RotationView } from "@/lib/connections/rotation-schema";
import type { ConnectionDetail, ConnectionSummary } from "@/lib/connections/schema";
import type { IssuedCredentials } from "@/lib/crossaccount";
import type { EventView } from "@/lib/events/schema";
import type { LinkView } from "@/lib/links/schema";
import type { CustomerView, InvitationView } from "@/lib/people/schema";
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
      const { id, sequence, outcome, source, probe, actor, purpose, region } = entry;
      return {
        ...{
          id,
          connection_id: entry.connectionId,
          sequence,
          at: iso(entry.at),
          outcome,
          source,
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

export function event({
  id,
  sequence,
  type,
  createdAt,
  customer,
  connectionId,
  data,
}: EventView): Shown<typeof shapes.event> {
  const connection = connectionId === null ? {} : { connection: connectionId };
  return { id, sequence, type, created_at: iso(createdAt), customer, ...connection, data };
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

function announced(view: AssumptionView) {
  const { id, purpose, region } = view;
  return {
    ...{ id, connection_id: view.connectionId, purpose, session_name: view.sessionName, region },
    ...{ announced_at: iso(view.at), expires_at: iso(view.expiresAt) },
  };
}

export function assumption(view: AssumptionView): Shown<typeof shapes.assumption> {
  const { report } = view;
  return {
    ...announced(view),
    report: report && {
      ...{ outcome: report.outcome, error_code: report.errorCode, sts_request_id: report.requestId },
      ...{ expires_at: isoOrNull(report.expiresAt), reported_at: iso(report.at), reported_by: report.by },
    },
  };
}

export function newAssumption(told: AssumptionSecrets): Shown<typeof shapes.newAssumption> {
  const { assumption: view, roleArn, externalId, otherExternalId, partition } = told;
  return {
    ...announced(view),
    ...{ role_arn: roleArn, external_id: externalId, other_external_id: otherExternalId, partition },
    duration_seconds: told.durationSeconds,
  };
}

export function credentials(issued: IssuedCredentials): Shown<typeof shapes.credentials> {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = issued.credentials;
  return {
    ...{ access_key_id: accessKeyId, secret_access_key: secretAccessKey, session_token: sessionToken },
    ...{ expires_at: iso(expiration), connection_id: issued.connectionId },
    ...{ session_name: issued.sessionName, region: issued.region },
  };
}

export function readWantedCredentials(body: z.output<typeof shapes.wantedCredentials>) {
  const { purpose, duration_seconds: durationSeconds, session_policy: sessionPolicy } = body;
  return { purpose, durationSeconds, sessionPolicy };
}

export function customer({ reference, name, createdAt }: CustomerView): Shown<typeof shapes.customer> {
  return { customer: reference, name, created_at: iso(createdAt) };
}

export function invitation(view: InvitationView): Shown<typeof shapes.newMember> {
  const { id, email, role, state, expiresAt } = view;
  return { id, email, role, state, expires_at: iso(expiresAt) };
}

export function rotation({ running, last }: RotationView): Shown<typeof shapes.rotation> {
  return {
    running: running && {
      ...{ external_id: running.externalId, started_at: iso(running.startedAt), expires_at: iso(running.expiresAt) },
      ...{ is_accepted: running.isAccepted, seen: running.seen, stack_name: running.stackName },
      update_url: running.updateUrl,
      update_stack_command: running.updateStackCommand,
      change_set_command: running.changeSetCommand,
      trust_command: running.trustCommand,
    },
    last: last && { outcome: last.outcome, ended_at: iso(last.endedAt) },
  };
}

export function integration(run: VerificationView): Shown<typeof shapes.integration> {
  const { id, connection_id, connection_status, checks } = verification(run);
  const ended = run.outcome === "proven" ? "success" : "failed";
  return {
    status: run.state === "running" ? "verifying" : ended,
    ...{ connection_id, connection_status, verification_id: id, checks },
  };
}
