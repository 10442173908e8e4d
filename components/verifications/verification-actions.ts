import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type { connectionInput } from "@/lib/tenancy/schema";
import type { startVerificationInput } from "@/lib/verifications/schema";

export type StartVerification = (
  input: z.input<typeof startVerificationInput>,
) => Promise<ActionResult<{ verificationId: string }>>;

export type CancelVerification = (input: z.input<typeof connectionInput>) => Promise<ActionResult<unknown>>;
