import { after } from "next/server";
import { write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { databaseTime } from "@/lib/database-time";
import { getVerification } from "@/lib/verifications/queries";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: write({
    summary: "Starts a verification, or answers with the one that runs. It goes on after the answer: poll its address.",
    scope: "connections:write",
    params: shapes.connectionPath,
    body: shapes.wantedVerification,
    status: 202,
    answer: shapes.verification,
    guard: ofConnection,
    run: async ({ params: { id: connectionId }, body: { expect_setup: expectSetup } }, access) => {
      const { verificationId, started } = await startVerification(
        access,
        { connectionId, expectSetup },
        databaseTime(),
      );
      if (started) after(() => runVerification(verificationId));
      return { id: verificationId };
    },
    show: async ({ id: verificationId }, { params: { id: connectionId } }, access) =>
      views.verification(await getVerification(access, { connectionId, verificationId })),
    location: ({ id }) => `/api/v1/verifications/${id}`,
  }),
});
