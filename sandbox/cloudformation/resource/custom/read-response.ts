import { z } from "zod";
import type { Json } from "../../template/json";
import { asText } from "./as-text";

const MOST_BYTES = 4096;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const schema = z.object({
  Status: z.enum(["SUCCESS", "FAILED"]),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string().min(1).max(1024),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  NoEcho: z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]).default(false),
  Data: z.record(z.string(), z.json()).nullish(),
});

export interface ProviderResponse {
  failure: string | undefined;
  physicalId: string;
  attributes: Record<string, Json>;
  noEcho: boolean;
}

export interface AskedFor {
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
}

/** Reads what a provider answered; throws what is wrong with it. */
export function readResponse(body: string, asked: AskedFor): ProviderResponse {
  if (Buffer.byteLength(body) > MOST_BYTES) throw new Error("Response object is too long.");
  const result = schema.safeParse(parsed(body));
  if (!result.success) {
    const { path, message } = result.error.issues[0] ?? { path: [], message: "" };
    throw new Error(`Invalid response of the custom resource: ${[path.join("."), message].filter(Boolean).join(": ")}`);
  }
  const { Status, Reason, PhysicalResourceId, NoEcho, Data } = result.data;
  for (const name of ["StackId", "RequestId", "LogicalResourceId"] as const) {
    if (result.data[name] !== asked[name]) {
      throw new Error(`Invalid response of the custom resource: ${name} is not that of the request`);
    }
  }
  return {
    failure: Status === "FAILED" ? failure(Reason, asked) : undefined,
    physicalId: PhysicalResourceId,
    attributes: asText(Data ?? {}) as Record<string, Json>,
    noEcho: NoEcho,
  };
}

function failure(reason: string | undefined, { RequestId }: AskedFor): string {
  const told = reason ? ` Message returned: ${reason}` : "";
  return `Received response status [FAILED] from custom resource.${told} (RequestId: ${RequestId})`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error("Invalid response of the custom resource: it is not JSON");
  }
}
