import { z } from "zod";
import { crossAccountErrors } from "@/lib/crossaccount";
import { programErrors } from "@/lib/errors";

const codes = [...new Set([...programErrors().map(({ code }) => code), ...Object.keys(crossAccountErrors)])];

/** https://www.rfc-editor.org/rfc/rfc9457 */
export const problem = z
  .strictObject({
    type: z.literal("about:blank"),
    title: z.string().describe("What the status means"),
    status: z.int(),
    code: z.union([z.enum(codes), z.string()]).describe("Stable; for programs. More may come"),
    detail: z.string().describe("What happened, and what to do; for people"),
    request_id: z.uuid().describe("As in X-Request-Id"),
    fields: z.record(z.string(), z.string()).optional().describe("Faults by field of the path, the query or the body"),
    try_again: z.boolean().describe("Whether the same request can succeed later"),
  })
  .describe("Why a request failed.");
