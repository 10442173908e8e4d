import { read, write } from "@/lib/api/endpoint";
import { ofCustomerInBody, ofCustomerOrPortal } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { createConnection } from "@/lib/connections/create-connection";
import { pageOfConnections, pageOfConnectionsForStaff } from "@/lib/connections/page-of-connections";
import { getConnection, launchInstructions } from "@/lib/connections/queries";
import { crossAccount } from "@/lib/crossaccount-client/client";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists connections, newest first.",
    scope: "connections:read",
    query: shapes.connectionsQuery,
    answer: shapes.connectionsPage,
    guard: ofCustomerOrPortal,
    run: async ({ query: { status, q: search, limit: take, cursor } }, access) => {
      const wanted = { status, search, take, cursor };
      const { rows, nextCursor } =
        "customer" in access
          ? await pageOfConnections(access, wanted)
          : await pageOfConnectionsForStaff(access, wanted);
      return { data: rows.map(views.connectionSummary), next_cursor: nextCursor };
    },
  }),
  POST: write({
    summary: "Makes a connection with an external ID of its own.",
    scope: "connections:write",
    body: shapes.wantedConnection,
    status: 201,
    answer: shapes.newConnection,
    guard: ofCustomerInBody,
    run: async ({ body: { name, region, account_id: accountId, features } }, access, requestId) => {
      // What the answer needs is there before anything is made, or a failure would leave a connection that nobody was told of.
      await crossAccount.templateUrl(region);
      const wanted = { name, region, accountId, features, requestId };
      const { connectionId } = await createConnection(access, wanted);
      return { id: connectionId };
    },
    show: async ({ id }, _input, access) => {
      const [made, how] = await Promise.all([getConnection(access, id), launchInstructions(access, id)]);
      return {
        connection: views.connection(made),
        launch_url: how.launchUrl,
        create_stack_command: how.createStackCommand,
        template_url: how.templateUrl,
        setup_expires_at: how.setupExpiresAt,
      };
    },
    location: ({ id }) => `/api/v1/connections/${id}`,
  }),
});
