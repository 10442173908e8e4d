import "server-only";
import type { ApiKeyRow } from "@/lib/api-keys/authenticate";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { createCustomer } from "@/lib/people/create-customer";
import { type CustomerAccess, impersonalAccess, impersonalStaffAccess, type StaffAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";

/** For the customer of the connection in the path, where the key is that customer's or the whole portal's. @throws AppError `not-found` */
export async function ofConnection(key: ApiKeyRow, { params }: { params: { id: string } }): Promise<CustomerAccess> {
  const id = connectionIdFrom(params.id);
  if (key.customer) return accessTo(key, key.customer);
  const connection = await db.connection.findUnique({
    where: { id },
    select: { customer: { select: customerColumns } },
  });
  if (!connection) throw notFound("connection");
  return accessTo(key, connection.customer);
}

/** For the customer of the verification in the path, whose connection it names too. @throws AppError `not-found` */
export async function ofVerification(
  key: ApiKeyRow,
  { params }: { params: { id: string } },
): Promise<{ access: CustomerAccess; connectionId: string }> {
  const run = await db.verification.findUnique({
    where: { id: idFrom(params.id, "verification"), ...(key.customer && { customerId: key.customer.id }) },
    select: { connectionId: true, connection: { select: { customer: { select: customerColumns } } } },
  });
  if (!run) throw notFound("verification");
  return { access: accessTo(key, run.connection.customer), connectionId: run.connectionId };
}

/** For the customer with the reference in the path. @throws AppError `not-found` */
export function ofCustomer(key: ApiKeyRow, { params }: { params: { customer: string } }): Promise<CustomerAccess> {
  return named(key, params.customer);
}

/** For the customer that the body names, or the key's own. @throws AppError `not-found`, `invalid-input` */
export function ofCustomerInBody(
  key: ApiKeyRow,
  { body }: { body: { customer?: string | undefined } },
): Promise<CustomerAccess> {
  return named(key, body.customer ?? ownReference(key));
}

/** For the whole portal; for one customer where the query or the key names one. @throws AppError `not-found` */
export async function ofCustomerOrPortal(
  key: ApiKeyRow,
  { query }: { query: { customer?: string | undefined } },
): Promise<CustomerAccess | StaffAccess> {
  if (key.customer === null && query.customer === undefined) return ofPortal(key);
  return named(key, query.customer ?? ownReference(key));
}

/** For the customer of the connection that the query names. @throws AppError `not-found` */
export function ofConnectionInQuery(
  key: ApiKeyRow,
  { query }: { query: { connection: string } },
): Promise<CustomerAccess> {
  return ofConnection(key, { params: { id: query.connection } });
}

/** For the customer that the body names as the guide does. @throws AppError `not-found` */
export function ofCustomerId(key: ApiKeyRow, { body }: { body: { customer_id: string } }): Promise<CustomerAccess> {
  return named(key, body.customer_id);
}

/** A customer that may be new. */
export interface CustomerToBe {
  /** Null where there is none yet. */
  known: CustomerAccess | null;
  /** Makes it; one that somebody else made at the same moment will do. */
  make: (name: string) => Promise<CustomerAccess>;
}

/** For the customer that the body names, which a key of the whole portal may make. @throws AppError `not-found` */
export async function ofCustomerToBe(
  key: ApiKeyRow,
  { body: { customer_id: reference } }: { body: { customer_id: string } },
): Promise<CustomerToBe> {
  if (key.customer) return { known: await named(key, reference), make: () => named(key, reference) };
  const find = () => db.customer.findUnique({ where: { reference }, select: customerColumns });
  const known = await find();
  return {
    known: known && accessTo(key, known),
    async make(name) {
      try {
        await createCustomer(ofPortal(key), { reference, name });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "conflict") throw error;
      }
      return named(key, reference);
    },
  };
}

/** Whom a hold is of: the customer's key holds for the customer, one of the whole portal for the vendor. */
export async function ofHolder(
  key: ApiKeyRow,
  input: { params: { id: string } },
): Promise<{ access: CustomerAccess; portal: StaffAccess | null }> {
  return { access: await ofConnection(key, input), portal: key.customer ? null : ofPortal(key) };
}

/** For the whole portal. @throws AppError `not-allowed` */
export function ofPortal(key: ApiKeyRow): StaffAccess {
  if (key.customer) {
    throw new AppError("not-allowed", "This API key is for one customer. Use one of the whole portal for this.");
  }
  return impersonalStaffAccess({ role: "support", actor: actorOf(key) });
}

/** For all that the key is for: its customer, or the whole portal. */
export function ofKey(key: ApiKeyRow): CustomerAccess | StaffAccess {
  return key.customer ? accessTo(key, key.customer) : ofPortal(key);
}

/** For what is the same for everyone. */
export function ofAnyone(): null {
  return null;
}

const customerColumns = { id: true, reference: true, name: true } as const;

async function named(key: ApiKeyRow, reference: string): Promise<CustomerAccess> {
  if (key.customer) {
    if (key.customer.reference !== reference) throw notFound("customer");
    return accessTo(key, key.customer);
  }
  const customer = await db.customer.findUnique({ where: { reference }, select: customerColumns });
  if (!customer) throw notFound("customer");
  return accessTo(key, customer);
}

function ownReference({ customer }: ApiKeyRow): string {
  if (customer) return customer.reference;
  const message = "Name the customer by your own reference: this API key is for all of them.";
  throw new AppError("invalid-input", message, { fields: { customer: message } });
}

function accessTo(key: ApiKeyRow, customer: CustomerAccess["customer"]): CustomerAccess {
  return impersonalAccess({ customer, role: "admin", actor: actorOf(key) });
}

function actorOf({ id }: ApiKeyRow) {
  return { type: "api-key", id } as const;
}
