import { read, write } from "@/lib/api/endpoint";
import { ofKey, ofPortal } from "@/lib/api/guards";
import { readReferenceCursor, writeReferenceCursor } from "@/lib/api/reference-cursor";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { createCustomer } from "@/lib/people/create-customer";
import { customerByReference, getCustomer, pageOfCustomers } from "@/lib/people/customer-queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists customers in the order of their references. A key of one customer is shown that one.",
    scope: "customers:read",
    query: shapes.customersQuery,
    answer: shapes.customersPage,
    guard: ofKey,
    run: async ({ query: { limit: take, cursor } }, access) => {
      if ("customer" in access) return { data: [views.customer(await getCustomer(access))], next_cursor: null };
      const { rows, nextAfter } = await pageOfCustomers(access, {
        after: cursor === undefined ? undefined : readReferenceCursor(cursor),
        take,
      });
      return { data: rows.map(views.customer), next_cursor: nextAfter && writeReferenceCursor(nextAfter) };
    },
  }),
  POST: write({
    summary: "Makes a customer, before any of its people come. It takes a key of the whole portal.",
    scope: "customers:write",
    body: shapes.wantedCustomer,
    status: 201,
    answer: shapes.customer,
    guard: ofPortal,
    run: ({ body: { customer: reference, name } }, access) => createCustomer(access, { reference, name }),
    show: async (_done, { body: { customer } }, access) => views.customer(await customerByReference(access, customer)),
  }),
});
