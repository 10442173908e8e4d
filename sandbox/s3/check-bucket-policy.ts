import { z } from "zod";
import { S3Error } from "./error";
import { type Bucket, bucketArn } from "./state";

const MAXIMUM_BYTES = 20 * 1024;

const texts = z.union([z.string(), z.array(z.string()).min(1)]);
const principal = z.union([
  z.literal("*"),
  z.strictObject({ AWS: texts.optional(), Service: texts.optional(), Federated: texts.optional() }),
]);
const statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Principal: principal.optional(),
    NotPrincipal: principal.optional(),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
  })
  .refine(({ Principal, NotPrincipal }) => (Principal === undefined) !== (NotPrincipal === undefined), {
    error: "Missing required field Principal",
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: "Missing required field Action",
  })
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined), {
    error: "Missing required field Resource",
  });
const document = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement).min(1)]),
});

export function checkBucketPolicy(policy: string, bucket: Bucket): void {
  if (Buffer.byteLength(policy) > MAXIMUM_BYTES) throw malformed("Policy exceeds the maximum allowed size");
  const result = document.safeParse(json(policy));
  if (!result.success) throw malformed(result.error.issues[0]?.message ?? "Invalid policy syntax.");
  const arn = bucketArn(bucket);
  for (const { Resource, NotResource } of result.data.Statement) {
    for (const resource of [Resource ?? NotResource ?? []].flat()) {
      if (resource !== arn && !resource.startsWith(`${arn}/`) && resource !== `${arn}*`) {
        throw malformed("Policy has invalid resource");
      }
    }
  }
  for (const { Action, NotAction } of result.data.Statement) {
    if (![Action ?? NotAction ?? []].flat().every((action) => action === "*" || /^s3:/i.test(action))) {
      throw malformed("Policy has invalid action");
    }
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
}

function malformed(message: string): S3Error {
  return new S3Error("MalformedPolicy", message, 400);
}
