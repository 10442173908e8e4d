import "server-only";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { type EventView, eventViewSchema } from "./schema";
import { type EventType, eventTypes } from "./types";

export interface WantedEvents {
  /** Those with a higher number; from the oldest on without it. */
  after?: number | undefined;
  type?: EventType | undefined;
  connectionId?: string | undefined;
  take: number;
}

export interface EventsPage {
  rows: EventView[];
  hasMore: boolean;
}

/** A page of what happened to a customer, oldest first, in the order of commits. */
export function listEvents(access: CustomerAccess, wanted: WantedEvents): Promise<EventsPage> {
  return find({ customerId: access.customer.id }, wanted);
}

/** The same over all customers. */
export function listEventsForStaff(_access: StaffAccess, wanted: WantedEvents): Promise<EventsPage> {
  return find({}, wanted);
}

/** @throws AppError `not-found` */
export function getEvent(access: CustomerAccess, eventId: string): Promise<EventView> {
  return findOne({ customerId: access.customer.id }, eventId);
}

/** @throws AppError `not-found` */
export function getEventForStaff(_access: StaffAccess, eventId: string): Promise<EventView> {
  return findOne({}, eventId);
}

const { shape } = eventViewSchema;
const withCustomer = { customer: { select: { reference: true } } } as const;
type Row = Prisma.EventGetPayload<{ include: typeof withCustomer }>;

async function find(
  scope: Prisma.EventWhereInput,
  { after = 0, type, connectionId, take }: WantedEvents,
): Promise<EventsPage> {
  const rows = await db.event.findMany({
    // Types of a later version, which was taken back, are not known here.
    where: { ...scope, connectionId, type: type ?? { in: [...eventTypes] }, sequence: { gt: after } },
    include: withCustomer,
    orderBy: { sequence: "asc" },
    take: take + 1,
  });
  return { rows: rows.slice(0, take).map(view), hasMore: rows.length > take };
}

async function findOne(scope: Prisma.EventWhereInput, eventId: string): Promise<EventView> {
  const row = await db.event.findFirst({
    where: { ...scope, id: idFrom(eventId, "event"), type: { in: [...eventTypes] } },
    include: withCustomer,
  });
  if (!row) throw notFound("event");
  return view(row);
}

function view({ id, sequence, type, createdAt, customer, connectionId, data }: Row): EventView {
  return {
    ...{ id, createdAt, connectionId, sequence: Number(sequence), customer: customer.reference },
    type: shape.type.parse(type),
    data: shape.data.parse(data),
  };
}
