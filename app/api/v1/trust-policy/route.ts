import { read } from "@/lib/api/endpoint";
import { ofConnectionInQuery } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { trustPolicyOf } from "@/lib/connections/trust-policy";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads the trust policy for a connection's role that is made by hand.",
    scope: "connections:read",
    query: shapes.trustPolicyQuery,
    answer: shapes.trustPolicy,
    guard: ofConnectionInQuery,
    run: async ({ query: { connection } }, access) => ({ ...(await trustPolicyOf(access, connection)) }),
  }),
});
