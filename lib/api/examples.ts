import type { z } from "zod";
import type * as shapes from "./shapes";

type Shapes = typeof shapes;
type Examples = { [Name in keyof Shapes]?: Shapes[Name] extends z.ZodType ? z.input<Shapes[Name]> : never };

const ids = {
  connection: "0b0f6d0e-6a0e-4c57-9a43-2f3d5b7c9e11",
  verification: "5c1a7d52-0f57-4b8e-8f0a-3c9d1e7b2a64",
  assumption: "8f14e45f-ceea-467f-a8d3-6f2b1c0d9e75",
  person: "d3b07384-d9a0-4c4a-9f0e-7a5b3c1d2e86",
  key: "e4d909c2-90d0-4b1c-a068-ffaddf22cbd0",
};
const at = "2026-03-02T10:00:00.000Z";
const later = "2026-03-02T11:00:00.000Z";
const externalId = "nimbus-00112233445566778899aabbccddeeff";
const roleArn = "arn:aws:iam::111122223333:role/nimbus/nimbus-0b0f6d0e";
const sessionName = "nightly-report-0b0f6d0e-6a0e-4c57-9a43-2f3d5b7c9e11-1a2b3c4d";
const launchUrl =
  "https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/quickcreate?stackName=nimbus-0b0f6d0e";

const connectionSummary = {
  ...{ id: ids.connection, customer: "acme", name: "Production", status: "active" as const, partition: "aws" },
  ...{ region: "us-east-1", account_id: "111122223333", setup_permissions: "gone" as const },
  ...{ created_at: at, status_changed_at: later, last_verified_at: later },
};
const connection = {
  ...connectionSummary,
  ...{ external_id: externalId, role_arn: roleArn, role_name: "nimbus-0b0f6d0e", stack_name: "nimbus-0b0f6d0e" },
  ...{ features: [], launched_at: at, proven_at: at, setup_gone_at: later },
};
const check = {
  ...{
    id: "assume-role" as const,
    status: "passed" as const,
    title: "The role can be assumed",
    evidence: [],
    ways: [],
  },
};
const announced = {
  ...{ id: ids.assumption, connection_id: ids.connection, purpose: "nightly report", session_name: sessionName },
  ...{ region: "us-east-1", announced_at: at, expires_at: later },
};
const link = {
  ...{ id: ids.verification, purpose: "setup" as const, state: "open" as const, created_at: at },
  ...{ expires_at: "2026-03-09T10:00:00.000Z", opened_at: null, used_at: null },
};
const event = {
  ...{ id: ids.verification, sequence: 42, type: "connection.status_changed" as const, created_at: later },
  ...{ customer: "acme", connection: ids.connection, data: { from: "setup", to: "active" } },
};
const customer = { customer: "acme", name: "Acme Ltd", created_at: at };

/** What each shape of the API looks like, for people who read its document. */
export const examples: Examples = {
  connectionsPage: { data: [connectionSummary], next_cursor: null },
  connection,
  wantedConnection: { customer: "acme", name: "Production", region: "us-east-1", account_id: "111122223333" },
  changedConnection: { name: "Production" },
  namedRole: { role_arn: roleArn },
  newConnection: {
    connection: { ...connection, status: "pending", role_arn: null, proven_at: null, setup_gone_at: null },
    launch_url: launchUrl,
    create_stack_command: "aws cloudformation create-stack --region us-east-1 --stack-name nimbus-0b0f6d0e …",
    template_url: "https://nimbus-templates.s3.us-east-1.amazonaws.com/nimbus/0123456789abcdef.json",
    setup_expires_at: "2026-03-09T10:00:00Z",
  },
  wantedVerification: { expect_setup: "gone" },
  verification: {
    ...{ id: ids.verification, connection_id: ids.connection, connection_status: "active", state: "finished" },
    ...{ outcome: "proven", waiting_for: null, started_at: at, finished_at: later, checks: [check] },
  },
  accessLogPage: {
    data: [
      {
        ...{ id: ids.assumption, connection_id: ids.connection, sequence: 7, at, outcome: "allowed", source: null },
        ...{ probe: false, actor: { type: "api-key", id: ids.key, name: null }, purpose: "nightly report" },
        ...{ session_name: sessionName, region: "us-east-1", sts_request_id: ids.verification, error_code: null },
        ...{ latency_ms: 84, expires_at: later },
      },
    ],
    next_cursor: null,
  },
  history: {
    data: [{ from: "setup", to: "active", cause: "The setup permissions are gone.", at }],
    older_before: null,
  },
  links: { data: [link] },
  wantedLink: { purpose: "setup" },
  newLink: { ...link, url: "https://connect.nimbus.example/link#…" },
  members: {
    data: [{ user_id: ids.person, name: "Ana Ferreira", email: "ana@acme.example", role: "admin", since: at }],
  },
  wantedMember: { email: "lee@acme.example", role: "viewer" },
  newMember: {
    ...{ id: ids.verification, email: "lee@acme.example", role: "viewer", state: "open" },
    ...{ expires_at: "2026-03-09T10:00:00.000Z", url: "https://connect.nimbus.example/invitation#…" },
  },
  customer,
  event,
  eventsPage: { data: [event], next_cursor: null },
  customersPage: { data: [customer], next_cursor: null },
  wantedCustomer: { customer: "acme", name: "Acme Ltd" },
  changedCustomer: { name: "Acme Ltd" },
  permissions: { permissions: [], managed_policies: [] },
  template: { AWSTemplateFormatVersion: "2010-09-09", Resources: {} },
  trustPolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": externalId } },
      },
    ],
  },
  receipt: { statement: "The role below was verified to have no setup permissions left.", proven_at: at },
  rotation: {
    running: {
      ...{ external_id: externalId, started_at: at, expires_at: "2026-04-01T10:00:00.000Z", is_accepted: false },
      ...{ seen: null, stack_name: "nimbus-0b0f6d0e", update_url: launchUrl },
      update_stack_command: "aws cloudformation update-stack --stack-name nimbus-0b0f6d0e …",
      change_set_command: "aws cloudformation create-change-set --stack-name nimbus-0b0f6d0e …",
      trust_command: "aws iam update-assume-role-policy --role-name nimbus-0b0f6d0e …",
    },
    last: null,
  },
  wantedAssumption: { purpose: "nightly report", duration_seconds: 3_600 },
  newAssumption: {
    ...announced,
    ...{
      role_arn: roleArn,
      external_id: externalId,
      other_external_id: null,
      partition: "aws",
      duration_seconds: 3_600,
    },
  },
  assumptionReport: { outcome: "allowed", sts_request_id: ids.verification, expires_at: later },
  assumption: {
    ...announced,
    report: {
      ...{ outcome: "allowed", error_code: null, sts_request_id: ids.verification, expires_at: later },
      ...{ reported_at: at, reported_by: { type: "api-key", id: ids.key } },
    },
  },
  wantedCredentials: { purpose: "nightly report", duration_seconds: 900 },
  wantedCustomerCredentials: { purpose: "nightly report", connection_id: ids.connection },
  credentials: {
    ...{ access_key_id: "ASIA…", secret_access_key: "…", session_token: "…", expires_at: later },
    ...{ connection_id: ids.connection, session_name: sessionName, region: "us-east-1" },
  },
  wantedIntegration: { customer_id: "acme", customer_name: "Acme Ltd", region: "us-east-1" },
  startedIntegration: {
    ...{ launch_url: launchUrl, external_id: externalId, stack_name: "nimbus-0b0f6d0e" },
    connection_id: ids.connection,
  },
  completedIntegration: { customer_id: "acme", role_arn: roleArn },
  integration: {
    ...{ status: "success", connection_id: ids.connection, connection_status: "setup" },
    ...{ verification_id: ids.verification, checks: [check] },
  },
  customerData: {
    ...{ customer_id: "acme", connection_id: ids.connection, session_name: sessionName },
    data: { account_id: "111122223333", arn: `arn:aws:sts::111122223333:assumed-role/nimbus-0b0f6d0e/${sessionName}` },
  },
};
