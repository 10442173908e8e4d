import "server-only";
import { unstable_rethrow } from "next/navigation";
import { after } from "next/server";
import type { z } from "zod";
import { AppError, type ErrorCode } from "./errors";
import { logFailure } from "./log-failure";
import { translateError } from "./translate-error";

export type ActionResult<T> =
  | { ok: true; data: T }
  | { ok: false; code: ErrorCode; message: string; fields?: Record<string, string>; retryAfterSeconds?: number };

/** Says who may act, from the session and the input; throws an AppError for everyone else. */
export type Guard<Input, Access> = (input: Input) => Promise<Access>;

/**
 * The one wrapper of server actions: schema, guard, one call, typed result. Expected failures come back with their message;
 * bugs are logged and masked.
 */
export function action<Schema extends z.ZodType, Access, Data>(definition: {
  schema: Schema;
  guard: Guard<z.output<Schema>, Access>;
  run: (input: z.output<Schema>, access: Access) => Promise<Data>;
}): (input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return async (raw) => {
    try {
      const input = parse(definition.schema, raw);
      const access = await definition.guard(input);
      return { ok: true, data: await definition.run(input, access) };
    } catch (error) {
      unstable_rethrow(error);
      return failure(error);
    }
  };
}

/** Does work once the answer is on its way, so that no one waits for it; the server finishes it before it stops. */
export function defer(work: () => Promise<void>): void {
  after(work);
}

function parse<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? "form")] ??= issue.message;
  throw new AppError("invalid-input", "Some of what was entered is not valid.", { fields });
}

export function failure(error: unknown): Extract<ActionResult<never>, { ok: false }> {
  const known = translateError(error);
  if (known.code === "internal" || known.code === "unavailable") logFailure(error, "action failed");
  return {
    ok: false,
    code: known.code,
    message: known.message,
    fields: known.fields,
    retryAfterSeconds: known.retryAfterSeconds,
  };
}
