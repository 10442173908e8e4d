import { issue } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { issueCredentials } from "@/lib/assumptions/issue-credentials";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: issue({
    summary: "Issues temporary credentials of a connection's role. The access log has it first.",
    scope: "credentials:issue",
    params: shapes.connectionPath,
    body: shapes.wantedCredentials,
    answer: shapes.credentials,
    guard: ofConnection,
    run: async ({ params: { id: connectionId }, body }, access) =>
      views.credentials(await issueCredentials(access, { connectionId, ...views.readWantedCredentials(body) })),
  }),
});
