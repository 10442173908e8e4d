import { setTimeout as delay } from "node:timers/promises";
import { after } from "next/server";
import { write } from "@/lib/api/endpoint";
import { ofCustomerId } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { completeIntegration } from "@/lib/connections/complete-integration";
import { databaseTime } from "@/lib/database-time";
import { getVerification } from "@/lib/verifications/queries";
import { runVerification } from "@/lib/verifications/run-verification";

/** Most verifications end sooner; one that waits for IAM is polled. */
const patienceMs = 10_000;

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: write({
    summary:
      "Names the role of an integration and verifies it. While IAM propagates the answer is 202: poll its address.",
    scope: "connections:write",
    body: shapes.completedIntegration,
    status: 200,
    pending: ({ status }) => status === "verifying",
    answer: shapes.integration,
    guard: ofCustomerId,
    run: async ({ body }, access) => {
      const { connection_id: connectionId, role_arn: roleArn, external_id: externalId } = body;
      const named = { connectionId, roleArn, externalId };
      const { verificationId, started } = await completeIntegration(access, named, databaseTime());
      if (started) {
        const running = runVerification(verificationId);
        after(() => running);
        await Promise.race([running, delay(patienceMs, undefined, { ref: false })]);
      }
      return { id: verificationId };
    },
    show: async ({ id }, _input, access) => views.integration(await getVerification(access, { verificationId: id })),
    location: ({ id }) => `/api/v1/verifications/${id}`,
  }),
});
