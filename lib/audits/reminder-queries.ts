import "server-only";
import { verifiedAndNotEnded } from "@/lib/connection-status/conditions";
import { buildUpdateUrl } from "@/lib/crossaccount";
import { consoleUrl, crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection, Prisma, Reminder } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom, findOwnConnection } from "@/lib/tenancy/own-connection";
import type { OtherConnectionView, ReminderView, StaffReminderView } from "./schema";
import { type ReminderKind, reminderKinds, reminderKindsForStaff } from "./state";

/** After a roll-back there may be others, which only the newer version can tell and end. */
const known = { kind: { in: [...reminderKinds] } };

/** Open reminders of a connection, with the way to update where one is needed. @throws AppError `not-found` */
export async function listReminders(access: CustomerAccess, connectionId: string): Promise<ReminderView[]> {
  const connection = await findOwnConnection(access, connectionId);
  const all = await openReminders(connection.id, connection.customerId);
  const open = all.filter((reminder) => !isForStaff(reminder));
  return Promise.all(
    open.map(async ({ id, kind, since }) => ({
      id,
      kind: reminderKind(kind),
      since,
      updateUrl: kind === "template-update" ? await updateUrl(connection) : null,
      others: [],
    })),
  );
}

/** Open reminders of a connection, for staff, who cannot act in its account. */
export async function listRemindersForStaff(_access: StaffAccess, connectionId: string): Promise<ReminderView[]> {
  const id = connectionIdFrom(connectionId);
  const open = await openReminders(id);
  const others = open.some(isForStaff) ? await othersInAccount(id) : [];
  return open.map((reminder) => ({
    id: reminder.id,
    kind: reminderKind(reminder.kind),
    since: reminder.since,
    updateUrl: null,
    others: isForStaff(reminder) ? others : [],
  }));
}

function isForStaff({ kind }: Pick<Reminder, "kind">): boolean {
  return reminderKindsForStaff.includes(reminderKind(kind));
}

/** Verified connections of the same AWS account: those that this one shares the account, or even the role, with. */
async function othersInAccount(id: string): Promise<OtherConnectionView[]> {
  const { accountId } = await db.connection.findUniqueOrThrow({ where: { id }, select: { accountId: true } });
  const rows = await db.connection.findMany({
    where: { ...verifiedAndNotEnded, accountId, id: { not: id } },
    select: { id: true, name: true, customer: { select: { name: true } } },
    orderBy: [{ provenAt: "asc" }, { id: "asc" }],
    take: 20,
  });
  return rows.map((row) => ({ connectionId: row.id, connectionName: row.name, customerName: row.customer.name }));
}

/** What only staff can settle, then the reminders that wait for longest, of all customers. */
export async function listAllReminders(_access: StaffAccess): Promise<StaffReminderView[]> {
  const longest = (kind: Prisma.StringFilter) =>
    db.reminder.findMany({
      where: { endedAt: null, kind },
      orderBy: { since: "asc" },
      include: { connection: { select: { name: true, customer: { select: { name: true } } } } },
      take: 50,
    });
  const forStaff = [...reminderKindsForStaff];
  const forPeople = reminderKinds.filter((kind) => !forStaff.includes(kind));
  const rows = await Promise.all([longest({ in: forStaff }), longest({ in: forPeople })]);
  return rows.flat().map(({ id, kind, since, connectionId, connection }) => ({
    id,
    kind: reminderKind(kind),
    since,
    connectionId,
    connectionName: connection.name,
    customerName: connection.customer.name,
  }));
}

function openReminders(connectionId: string, customerId?: string): Promise<Reminder[]> {
  return db.reminder.findMany({
    where: { connectionId, customerId, endedAt: null, ...known },
    orderBy: { since: "asc" },
  });
}

function reminderKind(text: string): ReminderKind {
  const known = reminderKinds.find((kind) => kind === text);
  if (known) return known;
  throw new Error("This version does not know the kind of a stored reminder.");
}

/** Null when the template cannot be put where AWS reads it: a reminder without its link is better than no page. */
async function updateUrl({ id: connectionId, region, stackName }: Connection): Promise<string | null> {
  try {
    const templateUrl = await crossAccount.templateUrl(region);
    return buildUpdateUrl({ region, stackId: stackName, templateUrl, consoleUrl });
  } catch (error) {
    log.warn({ err: error, connectionId }, "the link for updating the template could not be made");
    return null;
  }
}
