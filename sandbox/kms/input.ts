import { z } from "zod";
import { AwsError } from "../service";

/** A parameter of KMS that the sandbox does not implement: refused when it asks for anything. */
export const unsupported = z
  .unknown()
  .optional()
  .refine((value) => value === undefined || value === false || (Array.isArray(value) && value.length === 0), {
    error: "not-supported",
  });

export const keyId = z.string().min(1).max(2048);
export const aliasName = z.string().min(1).max(256);
export const encryptionContext = z.record(z.string(), z.string()).default({});
export const algorithm = z.literal("SYMMETRIC_DEFAULT").optional();
export const tags = z.array(z.strictObject({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) }));

export const page = {
  Limit: z.number().int().min(1).max(1000).default(100),
  Marker: z.string().min(1).max(1024).optional(),
};

/** A base64 member of `minimum` to `maximum` bytes. */
export function blob(maximum: number, minimum = 1) {
  return z
    .base64()
    .transform((text) => Buffer.from(text, "base64"))
    .refine((bytes) => bytes.length >= minimum && bytes.length <= maximum, {
      error: `Member must have length between ${minimum} and ${maximum}`,
    });
}

export function parse<T>(schema: z.ZodType<T>, input: Record<string, unknown>): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues;
  const beyond = issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys;
    return issue.message === "not-supported" ? [issue.path.join(".")] : [];
  });
  if (beyond.length > 0) {
    throw new AwsError("UnsupportedOperationException", `The sandbox does not support ${beyond.join(", ")}`);
  }
  const faults = issues.map(
    ({ path, message }) => `Value at '${path.join(".")}' failed to satisfy constraint: ${message}`,
  );
  throw new AwsError(
    "ValidationException",
    `${issues.length} validation error${issues.length > 1 ? "s" : ""} detected: ${faults.join("; ")}`,
  );
}

/** One page of `items`; the marker is the number of items seen so far. */
export function pageOf<T>(items: T[], limit: number, marker?: string) {
  const from = marker === undefined ? 0 : Number(marker);
  if (!Number.isInteger(from) || from < 0 || from > items.length) {
    throw new AwsError("InvalidMarkerException", "The marker is not valid");
  }
  const next = from + limit;
  return next < items.length
    ? { items: items.slice(from, next), Truncated: true, NextMarker: String(next) }
    : { items: items.slice(from), Truncated: false };
}
