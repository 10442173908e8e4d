import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type OneOfEach, oneOfEach } from "@/dev/testing/one-of-each";
import { reviewBoundary, reviewManagedPolicies } from "@/lib/crossaccount";
import { exportAccessLog } from "./access-log/export-access-log";
import { accessLogUsage, listAccessLog } from "./access-log/queries";
import { accessLogUsageForStaff, listAccessLogForStaff } from "./access-log/staff-queries";
import { usesOfWeek } from "./access-log/uses-of-week";
import { keyUse, listApiRequests } from "./api/request-queries";
import { createApiKey } from "./api-keys/create-api-key";
import { getApiKey, listApiKeys } from "./api-keys/queries";
import { announceAssumption } from "./assumptions/announce-assumption";
import { getAssumption, readAnnounced } from "./assumptions/queries";
import { connectionHistory, connectionHistoryForStaff, listDrift, listDriftForStaff } from "./audits/queries";
import { listAllReminders, listReminders, listRemindersForStaff } from "./audits/reminder-queries";
import { listRoundFindings } from "./audits/round-findings";
import { getRound, listRounds } from "./audits/rounds";
import { config } from "./config";
import { findRole } from "./connections/find-role";
import { followRotation } from "./connections/follow-rotation";
import { customerHome } from "./connections/home";
import {
  dropSetupInstructions,
  exitInstructions,
  getConnection,
  getConnectionAndVerification,
  launchInstructions,
  listConnections,
  permissionReview,
  rotationView,
  stackRepairs,
} from "./connections/queries";
import { listReceipts, readReceipt } from "./connections/receipts";
import { getConnectionForStaff, listConnectionsForStaff } from "./connections/staff-queries";
import { startRotation } from "./connections/start-rotation";
import { readExternalId } from "./crossaccount-client/secrets";
import { db } from "./db";
import { listEvents } from "./events/queries";
import type { Connection } from "./generated/prisma/client";
import { listSetAside } from "./jobs/set-aside-queries";
import { createLink } from "./links/create-link";
import { heldLink } from "./links/link-access";
import { listLinks, listLinksForStaff, proposedAccount } from "./links/queries";
import { linkProgress, showLink } from "./links/show-link";
import { getCustomer } from "./people/customer-queries";
import { invitePerson } from "./people/invite-person";
import { listInvitations, listMembers } from "./people/queries";
import { readInvitation } from "./people/read-invitation";
import type { ReceiptKind } from "./receipts/schema";
import { latestVerification } from "./verifications/queries";

const files = globSync("*/{*-,}schema.ts", { cwd: "lib" });
const modules = await Promise.all(
  files.map((file): Promise<Record<string, unknown>> => import(`./${dirname(file)}/${basename(file, ".ts")}.ts`)),
);

/** Every shape that leaves a feature, by the name of its export. What comes in is called `…Input`. */
const shapes = Object.fromEntries(
  modules
    .flatMap((module) => Object.entries(module))
    .filter((entry): entry is [string, z.ZodType] => entry[0].endsWith("Schema") && entry[1] instanceof z.ZodType),
);

let each: OneOfEach;
beforeAll(async () => {
  each = await oneOfEach();
  const noted = { at: new Date(), method: "GET", path: "/api/v1/connections", status: 200, milliseconds: 1 };
  const { id: apiKeyId } = await newApiKey();
  await db.apiRequest.createMany({
    data: [
      { ...noted, id: randomUUID(), apiKeyId },
      { ...noted, id: randomUUID(), status: 401, code: "key-invalid" },
    ],
  });
});
afterAll(() => each.end());

const newApiKey = (customer?: string) =>
  createApiKey(
    { database: db, actor: each.staff.actor },
    { name: "Billing", scopes: ["links:write"], customer, days: 1 },
    new Date(),
  );
const detail = () => getConnectionForStaff(each.staff, each.proven.id);
const history = () => connectionHistory(each.access, each.proven.id);

const receipt = async (kind: ReceiptKind, { id }: Connection) => {
  const { text } = await readReceipt(each.access, id, { kind });
  return shapes[`${kind}ReceiptSchema`]?.parse(JSON.parse(text));
};

const bounding = [
  { sid: "Most", effect: "Allow", actions: ["ec2:*"], resources: ["*"], why: "At most.", risk: "low" },
] as const;

async function announced() {
  const connectionId = each.running.id;
  const { id } = await announceAssumption(each.access, { connectionId, purpose: "report" }, randomUUID());
  return { connectionId, assumptionId: id };
}

/** What the features hand out, by its shape. */
const views: Record<string, () => Promise<unknown>> = {
  connectionSummarySchema: () => listConnections(each.access),
  connectionDetailSchema: () =>
    Promise.all([each.proven, each.untouched].map(({ id }) => getConnection(each.access, id))),
  customerHomeSchema: () => customerHome(each.access),
  homeRowSchema: async () => (await customerHome(each.access)).rows,
  eventViewSchema: async () => (await listEvents(each.access, { take: 100 })).rows,
  usesOfWeekSchema: () => usesOfWeek(each.access),
  staffConnectionSummarySchema: async () => (await listConnectionsForStaff(each.staff)).rows,
  staffConnectionDetailSchema: async () => [await detail(), await getConnectionForStaff(each.staff, each.untouched.id)],
  staffConnectionListSchema: () => listConnectionsForStaff(each.staff),
  holdViewSchema: async () => [
    ...(await getConnection(each.access, each.paused.id)).holds,
    ...(await getConnectionForStaff(each.staff, each.paused.id)).holds,
  ],
  endViewSchema: async () => [
    (await getConnection(each.access, each.ended.id)).end,
    (await getConnectionForStaff(each.staff, each.ended.id)).end,
  ],
  receiptViewSchema: () => listReceipts(each.access, each.ended.id),
  endReceiptSchema: () => receipt("end", each.ended),
  rotationReceiptSchema: () => receipt("rotation", each.paused),
  exitInstructionsSchema: async () => exitInstructions(await getConnection(each.access, each.ended.id)),
  launchInstructionsSchema: () => launchInstructions(each.access, each.launched.id),
  stackRepairsSchema: async () => stackRepairs(await getConnection(each.access, each.launched.id)),
  rotationViewSchema: async () => {
    const before = await rotationView(each.access, each.proven.id);
    await startRotation(each.access, each.proven.id, new Date());
    return [before, await rotationView(each.access, each.proven.id)];
  },
  assumptionViewSchema: async () => [await getAssumption(each.access, await announced())],
  assumptionSecretsSchema: async () => [await readAnnounced(each.access, await announced())],
  followedRotationSchema: async () => (await followRotation(each.access, each.proven.id, new Date())).followed,
  dropSetupInstructionsSchema: () => dropSetupInstructions(each.access, each.running.id),
  findRoleResultSchema: () =>
    Promise.all(
      [each.launched, each.untouched].map(({ id }) =>
        findRole(each.access, { connectionId: id, accountId: each.account }),
      ),
    ),
  reviewedPermissionSchema: async () => permissionReview().permissions,
  reviewedManagedPolicySchema: async () => {
    const arn = "arn:aws:iam::aws:policy/SecurityAudit";
    return reviewManagedPolicies({ ...config, ongoingManagedPolicies: [{ arn, why: "To see.", risk: "low" }] });
  },
  reviewedBoundarySchema: async () =>
    [bounding, "arn:aws:iam::aws:policy/SecurityAudit"].map((boundary) =>
      reviewBoundary({ ...config, role: { boundary } }),
    ),
  verdictFactsSchema: async () => permissionReview().verdict,
  permissionReviewSchema: async () => permissionReview(),
  verificationViewSchema: async () => [
    await latestVerification(each.access, each.proven.id),
    (await getConnectionAndVerification(each.access, each.running.id)).verification,
  ],
  checkViewSchema: async () => (await latestVerification(each.access, each.proven.id))?.checks,
  statusChangeSchema: async () => (await history()).changes,
  setupReceiptSchema: () => receipt("setup", each.proven),
  driftViewSchema: async () => [
    ...(await listDrift(each.access, each.proven.id)),
    ...(await listDriftForStaff(each.staff, each.proven.id)),
  ],
  reminderViewSchema: async () => [
    ...(await listReminders(each.access, each.proven.id)),
    ...(await listRemindersForStaff(each.staff, each.proven.id)),
  ],
  staffReminderViewSchema: () => listAllReminders(each.staff),
  runViewSchema: async () => (await history()).runs,
  historyViewSchema: async () => [await history(), await connectionHistoryForStaff(each.staff, each.running.id)],
  roundFindingViewSchema: () => listRoundFindings(each.staff, each.roundId),
  roundViewSchema: async () => [...(await listRounds(each.staff)), await getRound(each.staff, each.roundId)],
  accessLogEntryViewSchema: async () => (await listAccessLog(each.access, each.proven.id)).rows,
  accessLogPageSchema: () => listAccessLog(each.access, each.proven.id),
  staffAccessLogEntryViewSchema: async () => (await listAccessLogForStaff(each.staff)).rows,
  staffAccessLogPageSchema: () => listAccessLogForStaff(each.staff),
  accessLogUsageSchema: async () => [
    await accessLogUsage(each.access, each.proven.id),
    await accessLogUsageForStaff(each.staff, each.untouched.id),
  ],
  accessLogRecordSchema: async () => {
    const { body } = await exportAccessLog(each.access, each.proven.id, { format: "json" });
    const records = JSON.parse(await new Response(body).text()) as unknown[];
    return records.map((record) => shapes.accessLogRecordSchema?.parse(record));
  },
  setAsideViewSchema: () => listSetAside(each.staff),
  setAsideGroupSchema: async () => (await listSetAside(each.staff)).groups,
  linkViewSchema: async () => [
    ...(await listLinks(each.access, each.proposed.id)),
    ...(await listLinksForStaff(each.staff, each.proposed.id)),
  ],
  newLinkSchema: () => createLink(each.access, { connectionId: each.untouched.id, purpose: "setup" }, new Date()),
  proposedAccountSchema: () => proposedAccount(each.access, each.proposed.id),
  linkProgressSchema: async () =>
    Promise.all(each.linkTokens.map(async (token) => linkProgress(await heldLink({ token })))),
  linkPageSchema: async () =>
    Promise.all(each.linkTokens.map(async (token) => showLink(await heldLink({ token }), new Date()))),
  newApiKeySchema: () => newApiKey(),
  apiKeyViewSchema: async () => [
    await getApiKey(each.staff, (await newApiKey(each.access.customer.reference)).id),
    await getApiKey(each.staff, (await newApiKey()).id),
  ],
  apiKeyPageSchema: () => listApiKeys(each.staff),
  apiRequestViewSchema: async () => (await listApiRequests(each.staff)).rows,
  apiRequestPageSchema: () => listApiRequests(each.staff),
  keyUseSchema: async () => keyUse(each.staff, (await newApiKey()).id),
  customerViewSchema: () => getCustomer(each.access),
  memberViewSchema: () => listMembers(each.access),
  invitationViewSchema: () => listInvitations(each.access),
  invitationLinkSchema: async () => {
    const { token, ...made } = await invitePerson(each.access, { email: "new@example.com", role: "admin" }, new Date());
    return { ...made, url: `https://portal.example.com/invitation#${token}` };
  },
  invitationPreviewSchema: async () => {
    const { token } = await invitePerson(each.access, { email: "read@example.com", role: "admin" }, new Date());
    return Promise.all([each.access.person, null].map((person) => readInvitation(person, token, new Date())));
  },
};

/** Shapes of which the external ID is a part: it is what its own customer gives to AWS. */
const withExternalId = [
  ...[
    "assumptionSecretsSchema",
    "connectionDetailSchema",
    "launchInstructionsSchema",
    "linkPageSchema",
    "rotationViewSchema",
    "stackRepairsSchema",
  ],
];

test("every shape that leaves a feature is tried below, and none is a bare interface", async () => {
  expect(Object.keys(views).toSorted()).toEqual(Object.keys(shapes).toSorted());
  for (const file of files) expect(await readFile(`lib/${file}`, "utf8"), file).not.toMatch(/^export interface/m);
});

describe.each(Object.entries(shapes))("%s", (name, shape) => {
  const told = z.toJSONSchema(shape, { io: "input" });

  test("fits what is handed out, and nothing more fits it", async () => {
    const all = [await views[name]?.()].flat();
    expect(all.length).toBeGreaterThan(0);
    for (const view of all) {
      const left = JSON.stringify(z.encode(shape, view));
      expect(z.encode(shape, shape.parse(JSON.parse(left)))).toEqual(JSON.parse(left));
      expect(() => z.encode(shape, { ...(view as object), externalIdCiphertext: "AAEC" })).toThrow(/unrecognized_keys/);
      for (const connection of [each.proven, each.running, each.launched, each.proposed, each.paused, each.ended])
        if (!withExternalId.includes(name)) expect(left).not.toContain(await readExternalId(connection));
    }
  });

  test("is told to others without loss: every value has a type, and no object takes more than it says", () => {
    const nodes = nodesOf(told);
    expect(nodes.length).toBeGreaterThan(1);
    for (const node of nodes) {
      expect(Object.keys(node), JSON.stringify(node)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^(type|enum|const|anyOf|oneOf)$/)]),
      );
      if (node.type === "object" && node.properties)
        expect(node.additionalProperties, JSON.stringify(node)).toBe(false);
    }
  });

  test("says what it is, and of each field that may be null what that means", () => {
    expect(told.description).toMatch(/^[A-Z].*\.$/);
    const nullable = nodesOf(told).flatMap(({ properties = {} }) =>
      Object.entries(properties).filter(([, { anyOf = [] }]) => anyOf.some(({ type }) => type === "null")),
    );
    for (const [field, { description }] of nullable) expect(description, field).toMatch(/null|before/i);
  });
});

test("a date is told as text, and is one", () => {
  const { properties } = z.toJSONSchema(shapes.roundViewSchema ?? z.never(), { io: "input" });
  expect(properties?.startedAt).toMatchObject({ type: "string", format: "date-time" });
});

interface Node {
  type?: string;
  description?: string;
  properties?: Record<string, Node>;
  additionalProperties?: boolean | Node;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
}

/** A JSON Schema and everything below it. */
function nodesOf(schema: object): Node[] {
  const node = schema as Node;
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = node;
  const below = [...Object.values(properties), ...anyOf, ...oneOf, ...(items ? [items] : [])];
  if (typeof additionalProperties === "object") below.push(additionalProperties);
  return [node, ...below.flatMap(nodesOf)];
}
