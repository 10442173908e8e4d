"use server";

import { action, defer } from "@/lib/action";
import { customerAdmin } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
import { connectionInput } from "@/lib/tenancy/schema";
import { cancelVerification as cancel } from "./cancel-verification";
import { confirmUnreadable as confirm } from "./confirm-unreadable";
import { runVerification } from "./run-verification";
import { startVerificationInput } from "./schema";
import { startVerification as start } from "./start-verification";

/** Answers at once; the checks run on and are seen by `latestVerification`. */
export const startVerification = action({
  schema: startVerificationInput,
  guard: customerAdmin,
  run: async (input, access) => {
    const { verificationId, started } = await start(access, input, databaseTime());
    if (started) defer(() => runVerification(verificationId));
    return { verificationId };
  },
});

export const cancelVerification = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await cancel(access, connectionId, databaseTime());
    return { connectionId };
  },
});

export const confirmUnreadable = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await confirm(access, connectionId, databaseTime());
    return { connectionId };
  },
});
