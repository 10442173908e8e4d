import { write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { getConnection } from "@/lib/connections/queries";
import { submitRole } from "@/lib/connections/submit-role";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: write({
    summary: "Names the role of a connection. It is used once a verification has proven it.",
    scope: "connections:write",
    params: shapes.connectionPath,
    body: shapes.namedRole,
    status: 200,
    answer: shapes.connection,
    guard: ofConnection,
    run: async ({ params: { id }, body }, access) => {
      await submitRole(access, { connectionId: id, roleArn: body.role_arn });
      return { id };
    },
    show: async ({ id }, _input, access) => views.connection(await getConnection(access, id)),
  }),
});
