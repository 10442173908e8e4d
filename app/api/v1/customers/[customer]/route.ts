import { read, write } from "@/lib/api/endpoint";
import { ofCustomer } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { getCustomer } from "@/lib/people/customer-queries";
import { renameCustomer } from "@/lib/people/rename-customer";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads a customer.",
    scope: "customers:read",
    params: shapes.customerPath,
    answer: shapes.customer,
    guard: ofCustomer,
    run: async (_input, access) => views.customer(await getCustomer(access)),
  }),
  PATCH: write({
    summary: "Renames a customer. Its reference stays.",
    scope: "customers:write",
    params: shapes.customerPath,
    body: shapes.changedCustomer,
    status: 200,
    answer: shapes.customer,
    guard: ofCustomer,
    run: async ({ body: { name } }, access) => {
      await renameCustomer(access, name);
      return { id: access.customer.id };
    },
    show: async (_done, _input, access) => views.customer(await getCustomer(access)),
  }),
});
