import { z } from "zod";
import { AwsError } from "../service";
import { invalid } from "./error";

export const accountId = z.string().regex(/^\d{12}$/);
export const parentId = z.string().regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);

/** What the sandbox has no parameter for, it refuses. */
export function parse<T>(schema: z.ZodType<T>, input: Record<string, unknown>): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const beyond = result.error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : []));
  if (beyond.length > 0) {
    throw new AwsError("UnsupportedAPIEndpointException", `The sandbox does not support ${beyond.join(", ")}`);
  }
  throw invalid(z.prettifyError(result.error));
}
