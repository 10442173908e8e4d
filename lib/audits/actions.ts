"use server";

import { z } from "zod";
import { action } from "@/lib/action";
import { staffMember } from "@/lib/auth/guards";
import { cancelRound as cancel, startRound as start } from "./rounds";
import { roundInput } from "./schema";

export const startRound = action({
  schema: z.strictObject({}),
  guard: staffMember,
  run: (_input, access) => start(access, new Date()),
});

export const cancelRound = action({
  schema: roundInput,
  guard: staffMember,
  run: async ({ roundId }, access) => {
    await cancel(access, roundId, new Date());
    return { roundId };
  },
});
