import { read } from "@/lib/api/endpoint";
import { ofCustomer } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { readIdentity } from "@/lib/assumptions/read-identity";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads through the customer's role whom AWS takes us for: the least that shows that the role works.",
    scope: "connections:assume",
    params: shapes.customerPath,
    query: shapes.customerDataQuery,
    answer: shapes.customerData,
    guard: ofCustomer,
    run: async ({ params: { customer }, query: { connection_id: connectionId } }, access) => {
      const { accountId, arn, ...session } = await readIdentity(access, connectionId);
      return {
        customer_id: customer,
        connection_id: session.connectionId,
        data: { account_id: accountId, arn },
        session_name: session.sessionName,
      };
    },
  }),
});
