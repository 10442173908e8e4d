import "server-only";
import type { CustomerAccess, StaffAccess } from "@/lib/auth/access";
import { connectionIdFrom } from "@/lib/connections/connection-id";
import { findOwnConnection } from "@/lib/connections/find-own-connection";
import { consoleUrl, crossAccount } from "@/lib/connections/services";
import { buildUpdateUrl } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { Connection, Reminder } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log";
import type { ReminderView, StaffReminderView } from "./schema";
import { type ReminderKind, reminderKinds } from "./state";

/** Open reminders of a connection, with the way to update where one is needed. @throws AppError `not-found` */
export async function listReminders(access: CustomerAccess, connectionId: string): Promise<ReminderView[]> {
  const connection = await findOwnConnection(access, connectionId);
  const open = await openReminders(connection.id, connection.customerId);
  return Promise.all(
    open.map(async ({ id, kind, since }) => ({
      id,
      kind: reminderKind(kind),
      since,
      updateUrl: kind === "template-update" ? await updateUrl(connection, access.customer.name) : null,
    })),
  );
}

/** Open reminders of a connection, for staff, who cannot act in its account. */
export async function listRemindersForStaff(_access: StaffAccess, connectionId: string): Promise<ReminderView[]> {
  const open = await openReminders(connectionIdFrom(connectionId));
  return open.map(({ id, kind, since }) => ({ id, kind: reminderKind(kind), since, updateUrl: null }));
}

/** The reminders that wait for longest, of all customers. */
export async function listAllReminders(_access: StaffAccess): Promise<StaffReminderView[]> {
  const rows = await db.reminder.findMany({
    where: { endedAt: null },
    orderBy: { since: "asc" },
    include: { connection: { select: { name: true, customer: { select: { name: true } } } } },
    take: 50,
  });
  return rows.map(({ id, kind, since, connectionId, connection }) => ({
    id,
    kind: reminderKind(kind),
    since,
    connectionId,
    connectionName: connection.name,
    customerName: connection.customer.name,
  }));
}

function openReminders(connectionId: string, customerId?: string): Promise<Reminder[]> {
  return db.reminder.findMany({ where: { connectionId, customerId, endedAt: null }, orderBy: { since: "asc" } });
}

function reminderKind(text: string): ReminderKind {
  const known = reminderKinds.find((kind) => kind === text);
  if (known) return known;
  throw new Error("A stored reminder is of no kind that this version knows.");
}

/** Null when the template cannot be put where AWS reads it: a reminder without its link is better than no page. */
async function updateUrl(connection: Connection, customerName: string): Promise<string | null> {
  const { id: connectionId, customerId, region, stackName, roleName } = connection;
  const names = { customerId, customerName, connectionId, region, stackName, roleName };
  try {
    const { templateUrl } = await crossAccount.generateIntegrationUrl(names);
    return buildUpdateUrl({ region, stackId: stackName, templateUrl, parameters: {}, consoleUrl });
  } catch (error) {
    log.warn({ err: error, connectionId }, "the link for updating the template could not be made");
    return null;
  }
}
