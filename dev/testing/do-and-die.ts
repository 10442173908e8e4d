import { z } from "zod";
import { abandonRotation } from "@/lib/connections/abandon-rotation";
import { disconnectConnection } from "@/lib/connections/disconnect-connection";
import { checkEndedAccess } from "@/lib/connections/ended-access";
import { startRotation } from "@/lib/connections/start-rotation";
import { db } from "@/lib/db";
import { impersonalAccess } from "@/lib/tenancy/access";
import { runVerification } from "@/lib/verifications/run-verification";

/** A process that does one thing with a connection, so that a test can end it in the middle. */
const verbs = {
  disconnectConnection,
  startRotation,
  abandonRotation,
  checkEndedAccess: (access, id) => checkEndedAccess(access, id),
  runVerification: async (_access, connectionId) => {
    const { id } = await db.verification.findFirstOrThrow({ where: { connectionId, state: "running" } });
    await runVerification(id);
  },
} satisfies Record<string, (...of: Parameters<typeof startRotation>) => Promise<unknown>>;

const [verb, customerId, connectionId] = z.tuple([z.string(), z.uuid(), z.uuid()]).parse(process.argv.slice(2));
const { id, reference, name } = await db.customer.findUniqueOrThrow({ where: { id: customerId } });
const actor = { type: "service", id: "dying" } as const;
const access = impersonalAccess({ customer: { id, reference, name }, role: "admin", actor });
await verbs[verb as keyof typeof verbs](access, connectionId, new Date());
