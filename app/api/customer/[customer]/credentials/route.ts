import { issue } from "@/lib/api/endpoint";
import { ofCustomer } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { issueCredentials } from "@/lib/assumptions/issue-credentials";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: issue({
    summary: "Issues temporary credentials of a customer's role. The access log has it first.",
    scope: "credentials:issue",
    params: shapes.customerPath,
    body: shapes.wantedCustomerCredentials,
    answer: shapes.credentials,
    guard: ofCustomer,
    run: async ({ body: { connection_id: connectionId, ...body } }, access) =>
      views.credentials(await issueCredentials(access, { connectionId, ...views.readWantedCredentials(body) })),
  }),
});
