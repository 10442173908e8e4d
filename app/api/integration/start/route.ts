import { write } from "@/lib/api/endpoint";
import { type CustomerToBe, ofCustomerToBe } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { createConnection } from "@/lib/connections/create-connection";
import { getConnection, launchInstructions, suggestedConnection } from "@/lib/connections/queries";
import { crossAccount } from "@/lib/crossaccount-client/client";
import type { CustomerAccess } from "@/lib/tenancy/access";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: write({
    summary: "Begins an integration: a connection, and the link by which the customer makes its role.",
    scope: "connections:write",
    body: shapes.wantedIntegration,
    status: 200,
    answer: shapes.startedIntegration,
    guard: ofCustomerToBe,
    run: async ({ body: { customer_id, customer_name, region } }, customer: CustomerToBe, requestId) => {
      await crossAccount.templateUrl(region);
      const access = customer.known ?? (await customer.make(customer_name ?? customer_id));
      const { name } = await suggestedConnection(access);
      const { connectionId } = await createConnection(access, { name, region, requestId });
      return { id: connectionId, access };
    },
    show: async (done: { id: string; access?: CustomerAccess }, { body: { customer_name } }, { known, make }) => {
      // A request that is sent again finds the customer that the first one made.
      const access = done.access ?? known ?? (await make(customer_name ?? ""));
      const [made, how] = await Promise.all([getConnection(access, done.id), launchInstructions(access, done.id)]);
      return {
        launch_url: how.launchUrl,
        external_id: made.externalId,
        stack_name: made.stackName,
        connection_id: made.id,
      };
    },
  }),
});
