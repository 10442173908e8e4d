import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type {
  createConnectionInput,
  FindRoleResult,
  findRoleInput,
  reviseConnectionInput,
  submitRoleArnInput,
} from "@/lib/connections/schema";
import type { connectionInput } from "@/lib/tenancy/schema";

/** The server actions that the steps call. A page passes them in, so that components stay apart from the server's code. */
export type CreateConnection = (
  input: z.input<typeof createConnectionInput>,
) => Promise<ActionResult<{ connectionId: string }>>;

export type ReviseConnection = (
  input: z.input<typeof reviseConnectionInput>,
) => Promise<ActionResult<{ connectionId: string }>>;

export type MarkLaunched = (input: z.input<typeof connectionInput>) => Promise<ActionResult<unknown>>;

export type SubmitRoleArn = (input: z.input<typeof submitRoleArnInput>) => Promise<ActionResult<unknown>>;

export type FindRole = (input: z.input<typeof findRoleInput>) => Promise<ActionResult<FindRoleResult>>;
