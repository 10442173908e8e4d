import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type { createApiKeyInput, NewApiKeyView, revokeApiKeyInput, rotateApiKeyInput } from "@/lib/api-keys/schema";

type Asks<Input extends z.ZodType, Data = unknown> = (input: z.input<Input>) => Promise<ActionResult<Data>>;

export type CreateApiKey = Asks<typeof createApiKeyInput, NewApiKeyView>;
export type RotateApiKey = Asks<typeof rotateApiKeyInput, NewApiKeyView>;
export type RevokeApiKey = Asks<typeof revokeApiKeyInput>;
