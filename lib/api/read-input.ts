import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/errors";

const bytesAtMost = 64 * 1_024;

/** @throws AppError `invalid-input` with its fields */
export function parseInput<Schema extends z.ZodType>(schema: Schema, given: unknown, where: string): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) fields[[...path, key].join(".")] ??= "There is no such field.";
    } else fields[path.join(".") || where] ??= issue.message;
  }
  const named = Object.entries(fields).map(([name, message]) => `${name}: ${message}`);
  throw new AppError("invalid-input", `Part of the ${where} is not valid. ${named.join(" ")}`, { fields });
}

/** Each name once; one that is there more often keeps all its values, which no schema takes. */
export function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const [value = "", ...more] = searchParams.getAll(name);
      return [name, more.length > 0 ? [value, ...more] : value];
    }),
  );
}

/** The text of a JSON body. @throws AppError `content-type-unsupported`, `body-too-large` */
export async function bodyTextOf(request: Request): Promise<string> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError(
      "content-type-unsupported",
      "Send the body as JSON, with the header Content-Type: application/json.",
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bytesAtMost) {
      throw new AppError("body-too-large", `The body is larger than ${bytesAtMost / 1_024} KiB. Send less.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** @throws AppError `invalid-input` */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid-input", "The body is not JSON. Check its quotes, commas and brackets.");
  }
}
