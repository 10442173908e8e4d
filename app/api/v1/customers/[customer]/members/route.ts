import { read } from "@/lib/api/endpoint";
import { ofCustomer } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { listMembers } from "@/lib/people/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists the people of a customer.",
    scope: "customers:read",
    params: shapes.customerPath,
    answer: shapes.members,
    guard: ofCustomer,
    run: async (_input, access) => ({
      data: (await listMembers(access)).map(({ userId, name, email, role, since }) => ({
        ...{ user_id: userId, name, email, role, since: since.toISOString() },
      })),
    }),
  }),
});
