"use server";

import { action, defer } from "@/lib/action";
import { customerAdmin } from "@/lib/auth/guards";
import { cancelVerification as cancel } from "./cancel-verification";
import { createConnection as create } from "./create-connection";
import { findRole as find } from "./find-role";
import { markLaunched as mark } from "./mark-launched";
import { runVerification } from "./run-verification";
import {
  connectionInput,
  createConnectionInput,
  findRoleInput,
  startVerificationInput,
  submitRoleArnInput,
} from "./schema";
import { startVerification as start } from "./start-verification";
import { submitRole } from "./submit-role";

export const createConnection = action({
  schema: createConnectionInput,
  guard: customerAdmin,
  run: ({ customer: _customer, ...input }, access) => create(access, input),
});

export const markLaunched = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await mark(access, connectionId, new Date());
    return { connectionId };
  },
});

export const submitRoleArn = action({
  schema: submitRoleArnInput,
  guard: customerAdmin,
  run: (input, access) => submitRole(access, input),
});

export const findRole = action({
  schema: findRoleInput,
  guard: customerAdmin,
  run: (input, access) => find(access, input),
});

/** Answers at once; the checks run on and are seen by `latestVerification`. */
export const startVerification = action({
  schema: startVerificationInput,
  guard: customerAdmin,
  run: async (input, access) => {
    const { verificationId, started } = await start(access, input, new Date());
    if (started) defer(() => runVerification(verificationId));
    return { verificationId };
  },
});

export const cancelVerification = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await cancel(access, connectionId, new Date());
    return { connectionId };
  },
});
