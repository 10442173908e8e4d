import { read } from "@/lib/api/endpoint";
import { ofVerification } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { getVerification } from "@/lib/verifications/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads a verification, also while it runs.",
    scope: "connections:write",
    params: shapes.verificationPath,
    answer: shapes.verification,
    guard: ofVerification,
    run: async ({ params: { id: verificationId } }, { access, connectionId }) =>
      views.verification(await getVerification(access, { connectionId, verificationId })),
  }),
});
