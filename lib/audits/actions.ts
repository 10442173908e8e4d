"use server";

import { z } from "zod";
import { action } from "@/lib/action";
import { staffMember } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
import { cancelRound as cancel, startRound as start } from "./rounds";
import { roundInput } from "./schema";

export const startRound = action({
  schema: z.strictObject({}),
  guard: staffMember,
  run: (_input, access) => start(access, databaseTime()),
});

export const cancelRound = action({
  schema: roundInput,
  guard: staffMember,
  run: async ({ roundId }, access) => {
    await cancel(access, roundId, databaseTime());
    return { roundId };
  },
});
